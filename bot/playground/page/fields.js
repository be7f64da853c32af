// The block elements in which one types or picks: text, numbers, addresses, dates, times and files.

import { freshId, h } from "./dom.js";
import { Picker } from "./files.js";
import { icon } from "./icons.js";
import { showError } from "./inputblock.js";
import { act } from "./interactions.js";
import { chosen, naming } from "./choices.js";
import { words } from "./mrkdwn.js";

function acts(element, wiring, trigger) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return wiring.dispatch && triggers.includes(trigger);
}

/** plain_text_input, email_text_input, url_text_input and number_input. */
export function textInput(element, context, blockId, wiring) {
  const initial = element.initial_value ?? null;
  const value = context.inputs.start(blockId, element.action_id, initial);
  const types = { email_text_input: "email", url_text_input: "url", number_input: "number" };
  const common = {
    class: "text-input",
    dir: "auto",
    placeholder: words(element.placeholder) || null,
    maxlength: element.max_length,
    autocomplete: "off",
    ...naming(element, blockId, wiring),
    ...wiring.aria,
  };
  const node = element.multiline
    ? h("textarea", { ...common, rows: "4" })
    : h("input", { ...common, type: types[element.type] ?? "text", min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : null });
  node.value = value ?? "";
  if (element.focus_on_load) node.dataset.focusOnLoad = "yes";
  node.addEventListener("input", () => {
    context.inputs.set(blockId, element.action_id, node.value === "" ? null : node.value);
    wiring.onChange?.();
    if (acts(element, wiring, "on_character_entered")) act(context, blockId, element, node.value);
  });
  node.addEventListener("keydown", (event) => {
    const enter = event.key === "Enter" && !event.isComposing && (!element.multiline || event.ctrlKey || event.metaKey);
    if (enter && acts(element, wiring, "on_enter_pressed")) {
      event.preventDefault();
      act(context, blockId, element, node.value);
    }
  });
  return node;
}

const PICKERS = { datepicker: ["date", "initial_date"], timepicker: ["time", "initial_time"] };

/** datepicker and timepicker, as the browser's own. */
export function moment(element, context, blockId, wiring) {
  const [type, initial] = PICKERS[element.type];
  const value = context.inputs.start(blockId, element.action_id, element[initial] ?? null);
  const node = h("input", { class: "text-input moment", type, ...naming(element, blockId, wiring), ...wiring.aria });
  node.value = value ?? "";
  node.addEventListener("change", () => chosen(context, blockId, element, node.value || null, wiring));
  return node;
}

/** file_input; its value is the list of the files' ids. */
export function fileInput(element, context, blockId, wiring) {
  const [most, kinds] = [element.max_files ?? 10, element.filetypes ?? []];
  const { "aria-labelledby": labelledBy, ...rest } = naming(element, blockId, wiring);
  const words = h("span", { id: freshId("choose") }, most === 1 ? "Choose a file" : "Choose files");
  const button = h("button", { class: "button", ...rest, "aria-labelledby": `${labelledBy} ${words.id}` }, icon("clip", 16), words);
  const hint = [kinds.join(", "), "10 MB at most", "or drop it here"].filter(Boolean).join(" · ");
  const zone = h("div", { class: "drop" }, button, h("small", {}, hint));
  const problem = (file, count) => {
    if (count >= most) return `Choose at most ${most} ${most === 1 ? "file: take the other one out first" : "files"}.`;
    const ending = file.name.split(".").pop().toLowerCase();
    if (kinds.length && !kinds.some((kind) => kind.toLowerCase() === ending)) return `${file.name} can't be used here: choose ${kinds.join(", ")}.`;
    return file.size > 1e7 ? `${file.name} is larger than 10 MB, the most that Slack takes in a form.` : "";
  };
  const tell = (text) => showError(zone.parentNode, text);
  const picker = new Picker(zone, button, { most, kinds, problem, tell, onChange: (ids) => chosen(context, blockId, element, ids, wiring) });
  picker.show(context.inputs.start(blockId, element.action_id, []));
  zone.append(picker.list);
  return zone;
}
