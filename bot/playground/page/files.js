// Files and pictures: shown in messages, uploaded from forms.

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** The address of a slack_file object, {url} or {id}. */
export const slackFile = (file) => (file ? file.url ?? `/files/-/${encodeURIComponent(file.id)}/file` : null);

async function api(method, fields) {
  const response = await fetch(`/api/${method}`, { method: "POST", headers: { authorization: "Bearer xoxb-playground" }, body: new URLSearchParams(fields) });
  return response.json();
}

/** Uploads files as an app's client would; answers their descriptions, or null when it failed. */
export async function upload(chosen) {
  try {
    const ids = [];
    for (const file of chosen) {
      const { upload_url: address, file_id: id } = await api("files.getUploadURLExternal", { filename: file.name, length: file.size });
      await fetch(new URL(address).pathname, { method: "POST", body: file });
      ids.push({ id, title: file.name });
    }
    return ids.length ? (await api("files.completeUploadExternal", { files: JSON.stringify(ids) })).files ?? null : [];
  } catch {
    return null;
  }
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function one(file) {
  const title = file.title || file.name || "File";
  if (file.mimetype?.startsWith("image/")) {
    const picture = h("img", { class: "picture", src: file.url_private, alt: file.alt_txt || title, loading: "lazy" });
    return h("figure", { class: "file-picture" }, h("a", { href: file.url_private, target: "_blank", rel: "noopener" }, picture), h("figcaption", { dir: "auto" }, title));
  }
  const words = h("span", { class: "file-words" }, h("strong", { dir: "auto" }, title), h("small", {}, [file.mimetype, size(file.size)].filter(Boolean).join(" · ")));
  return h("a", { class: "file-card", href: file.url_private, target: "_blank", rel: "noopener", download: file.name ?? "" }, icon("file", 22), words);
}

export function files(list) {
  return list?.length ? h("div", { class: "files" }, list.map(one)) : null;
}
