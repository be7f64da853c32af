// Turns Block Kit blocks into DOM nodes; a kind it does not know becomes a quiet labelled box.

import * as buttons from "./buttons.js";
import * as choices from "./choices.js";
import { arrange, h, keepingFocus } from "./dom.js";
import * as fields from "./fields.js";
import { icon } from "./icons.js";
import { inputBlock } from "./inputblock.js";
import { markdown } from "./markdown.js";
import { mrkdwn, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { slackFile } from "./files.js";

const ELEMENTS = {
  button: buttons.button,
  icon_button: buttons.iconButton,
  feedback_buttons: buttons.feedbackButtons,
  overflow: buttons.overflow,
  radio_buttons: choices.radios,
  checkboxes: choices.checkboxes,
  plain_text_input: fields.textInput,
  email_text_input: fields.textInput,
  url_text_input: fields.textInput,
  number_input: fields.textInput,
  datepicker: fields.moment,
  timepicker: fields.moment,
  file_input: fields.fileInput,
};

/** One element of a block; `wiring` says how it is labelled and whether a choice acts at once. */
export function element(part, context, blockId, wiring = { dispatch: true }) {
  if (!part) return null;
  if (part.type === "image") return picture(part, "thumb");
  if (/^multi_.*select$/.test(part.type)) return choices.multiSelect(part, context, blockId, wiring);
  if (/_select$/.test(part.type)) return choices.select(part, context, blockId, wiring);
  const make = ELEMENTS[part.type];
  return make ? make(part, context, blockId, wiring) : h("span", { class: "unknown" }, `Element “${part.type}” can't be shown here`);
}

function picture(part, kind) {
  return h("img", { class: kind, src: part.image_url ?? slackFile(part.slack_file), alt: part.alt_text ?? "", loading: "lazy" });
}

const said = (text, kind = "text") => text && h("div", { class: kind, dir: "auto" }, textObject(text));

function section(block, context, id) {
  const cells = block.fields?.map((field) => said(field));
  const side = element(block.accessory, context, id);
  const words = h("div", { class: "section-words" }, said(block.text), cells && h("div", { class: "fields" }, cells));
  return h("div", { class: "block section" }, words, side && h("div", { class: "accessory" }, side));
}

function contextBlock(block, context, id) {
  const part = (piece) =>
    piece.type === "image" ? picture(piece, "context-image") : h("span", { class: "text", dir: "auto" }, textObject(piece));
  return h("div", { class: "block context" }, (block.elements ?? []).map(part));
}

function actions(block, context, id) {
  return h("div", { class: "block actions" }, (block.elements ?? []).map((part) => element(part, context, id)));
}

function image(block) {
  return h("figure", { class: "block" }, block.title && h("figcaption", { dir: "auto" }, textObject(block.title)), picture(block, "picture"));
}

function cell(value, tag, settings) {
  const align = settings?.align ? { "text-align": settings.align } : {};
  const inner = value?.type === "rich_text" ? richText(value) : String(value?.text ?? value?.value ?? "");
  return h(tag, { style: align, dir: "auto", class: settings?.is_wrapped === false ? "nowrap" : "", scope: tag === "th" ? "col" : null }, inner);
}

function table(block) {
  const [head, ...rows] = block.rows ?? [];
  const line = (row, tag) => h("tr", {}, row.map((value, index) => cell(value, tag, block.column_settings?.[index])));
  const caption = block.caption && h("caption", { dir: "auto" }, textObject(block.caption));
  const inner = h("table", {}, caption, h("thead", {}, head && line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td"))));
  return h("div", { class: "block table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, inner);
}

function alertBlock(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  const name = level === "default" ? "info" : level;
  return h("div", { class: `block alert ${level}`, role: "note", "aria-label": level === "default" ? "Note" : level }, icon(name), said(block.text));
}

function card(block, context, id) {
  const head = h("div", { class: "card-head" }, block.icon && picture(block.icon, "card-icon"), h("div", {}, said(block.title, "card-title"), said(block.subtitle, "card-subtitle")));
  const hero = block.hero_image && picture(block.hero_image, "card-hero");
  const foot = block.actions?.length && h("div", { class: "actions" }, block.actions.map((part) => element(part, context, id)));
  return h("div", { class: "block card" }, hero, head, said(block.body), foot);
}

const TASK_ICONS = { pending: "pending", in_progress: "working", complete: "success", error: "error" };

function taskCard(block) {
  const state = String(block.status ?? "pending");
  const part = (value) => value && (value.type === "rich_text" ? richText(value) : h("div", { class: "text", dir: "auto" }, mrkdwn(value.text ?? value)));
  const title = h("div", { class: "task-title", dir: "auto" }, block.title, h("span", { class: "hidden" }, `, ${state.replace("_", " ")}`));
  return h("div", { class: `block task ${state}` }, icon(TASK_ICONS[state] ?? "pending"), h("div", {}, title, part(block.details), part(block.output)));
}

const KINDS = {
  section,
  header: (block, context) => h(context.home ? "h2" : "h3", { class: "block header", dir: "auto" }, textObject(block.text)),
  divider: () => h("hr", { class: "block" }),
  context: contextBlock,
  context_actions: actions,
  actions,
  image,
  input: (block, context, id) => inputBlock(block, context, id, element),
  rich_text: (block) => h("div", { class: "block text" }, richText(block)),
  markdown: (block) => h("div", { class: "block text" }, markdown(block.text)),
  table,
  data_table: table,
  alert: alertBlock,
  card,
  task_card: taskCard,
};

function unknown(block) {
  return h("div", { class: "block unknown" }, `Block “${block?.type ?? "without a type"}” can't be shown here`);
}

function draw(block, context, id) {
  try {
    return KINDS[block.type] ? KINDS[block.type](block, context, id) : unknown(block);
  } catch (problem) {
    console.warn("a block could not be drawn", problem);
    return unknown(block);
  }
}

/** Puts these blocks into a parent; a block that did not change keeps its nodes, and what is typed in them. */
export function putBlocks(parent, blocks, context) {
  const before = new Map([...parent.children].map((node) => [node.blockKey, node]));
  const ids = new Set();
  const nodes = (blocks ?? []).map((block, index) => {
    const id = block?.block_id || `block-${index}`;
    ids.add(id);
    const key = `${id}\u0000${JSON.stringify(block)}`;
    const node = before.get(key) ?? draw(block, context, id);
    node.blockKey = key;
    node.dataset.blockId = id;
    return node;
  });
  keepingFocus(parent, () => arrange(parent, nodes));
  context.inputs.keepOnly(ids);
}
