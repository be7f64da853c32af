// Files and pictures: shown in messages, and given by people in the message box and in forms.

import { h } from "./dom.js";
import { icon, iconPress } from "./icons.js";
import { store } from "./store.js";

/** The address of a slack_file object, {url} or {id}, on this page's own host, which may have another name here. */
export const slackFile = (file) => (file ? local(file.url ?? `/files/-/${encodeURIComponent(file.id)}/file`) : null);

const local = (address) => new URL(address, location.href).pathname;
const known = new Map(); // id -> file, as the server describes it

async function upload(file) {
  try {
    const query = new URLSearchParams({ user: store.me, name: file.name });
    const answer = await (await fetch(`/page/files?${query}`, { method: "POST", body: file })).json();
    if (answer.ok) known.set(answer.file.id, answer.file);
    return answer.file?.id;
  } catch {
    return null;
  }
}

/** The files that a person gives: chosen or dropped, uploaded at once, listed with a way to take each one back. */
export class Picker {
  #ids = [];
  #pending = []; // names on their way

  constructor(zone, button, { most = 10, kinds = [], problem, tell, onChange }) {
    const input = h("input", { type: "file", hidden: true, multiple: most > 1, accept: kinds.map((kind) => `.${kind}`).join() || null });
    this.list = h("ul", { class: "picked", "aria-label": "Files", "aria-live": "polite" });
    this.options = { button, problem, tell, onChange };
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.take([...input.files]);
      input.value = "";
    });
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
    zone.append(input);
  }

  get ids() {
    return this.#ids;
  }

  get busy() {
    return this.#pending.length > 0;
  }

  /** Shows these files from now on. */
  show(ids) {
    this.#ids = ids;
    this.#pending = [];
    this.#draw();
  }

  async take(files) {
    const [ids, pending, { problem, tell, onChange }] = [this.#ids, this.#pending, this.options];
    for (const file of files) {
      const wrong = problem(file, ids.length + pending.length);
      tell(wrong);
      if (wrong) return;
      pending.push(file.name);
      this.#draw();
      const id = await upload(file);
      pending.splice(pending.indexOf(file.name), 1);
      if (id) ids.push(id);
      else tell(`${file.name} could not be uploaded. It must hold at least one byte and at most 1 GB; choose it again.`);
      this.#draw();
      onChange(ids);
    }
  }

  #remove(id) {
    this.#ids.splice(this.#ids.indexOf(id), 1);
    this.#draw();
    this.options.button.focus(); // the one pressed is gone
    this.options.onChange(this.#ids);
  }

  #draw() {
    const line = (id) => {
      const { name, size: bytes } = known.get(id);
      return h("li", {}, icon("file", 16), h("span", { dir: "auto" }, name), h("small", {}, size(bytes)), iconPress("close", `Take out ${name}`, { class: "icon-only quiet", on: { click: () => this.#remove(id) } }, 14));
    };
    this.list.replaceChildren(...this.#ids.map(line), ...this.#pending.map((name) => h("li", { class: "muted" }, `${name} is being uploaded…`)));
  }
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function one(file) {
  const title = file.title;
  if (file.mimetype.startsWith("image/")) {
    const address = local(file.url_private);
    const picture = h("img", { class: "picture", src: address, alt: file.alt_txt || title, loading: "lazy" });
    return h("figure", {}, h("figcaption", { dir: "auto" }, title), h("a", { href: address, target: "_blank", rel: "noopener" }, picture));
  }
  const about = [title === file.name ? "" : file.name, file.filetype.toUpperCase(), size(file.size)].filter(Boolean).join(" · ");
  const words = h("span", { class: "file-words" }, h("strong", { dir: "auto" }, title), h("small", {}, about));
  return h("a", { class: "file-card", href: local(file.url_private_download), download: file.name, "aria-label": `Download ${title}, ${about}`, data: { testid: "file" } }, icon("file", 22), words, icon("download"));
}

export function files(list) {
  return list?.length ? h("div", { class: "files" }, list.map(one)) : null;
}
