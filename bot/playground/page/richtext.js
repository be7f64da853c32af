// The rich_text block: sections, lists, quotes and preformatted text made of styled pieces.

import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";
import { channelLabel, nameOf, store } from "./store.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function withStyle(node, style) {
  return Object.entries(STYLE_TAGS).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), node);
}

const PIECES = {
  text: (piece) => document.createTextNode(piece.text ?? ""),
  link: (piece) => link(piece.url ?? "", piece.text || piece.url || ""),
  user: (piece) => mention(`@${nameOf(piece.user_id)}`, piece.user_id === store.me),
  channel: (piece) => mention(`#${channelLabel(piece.channel_id)}`),
  broadcast: (piece) => mention(`@${piece.range}`),
  emoji: (piece) => emojiNode(piece.skin_tone ? `${piece.name}::skin-tone-${piece.skin_tone}` : piece.name),
};

function pieces(elements) {
  return (elements ?? []).map((piece) => withStyle(PIECES[piece.type]?.(piece) ?? document.createTextNode(piece.text ?? ""), piece.style));
}

function list(part) {
  const items = (part.elements ?? []).map((element) => h("li", { dir: "auto" }, pieces(element.elements)));
  const properties = { class: "rich-list", style: { "--indent": String(part.indent ?? 0) }, dir: "auto" };
  if (part.style !== "ordered") return h("ul", properties, items);
  return h("ol", { ...properties, start: (part.offset ?? 0) + 1, type: ["1", "a", "i"][(part.indent ?? 0) % 3] }, items);
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "para", dir: "auto" }, pieces(part.elements)),
  rich_text_list: list,
  rich_text_quote: (part) => h("blockquote", { dir: "auto" }, pieces(part.elements)),
  rich_text_preformatted: (part) => h("pre", { tabindex: "0", dir: "auto" }, pieces(part.elements)),
};

/** A rich_text block or a cell of a table that holds one. */
export function richText(block) {
  return h("div", { class: "rich" }, (block.elements ?? []).map((part) => PARTS[part.type]?.(part)));
}
