// Text in mrkdwn, the message markup of bots, as DOM nodes.

import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { channelLabel, nameOf, store } from "./store.js";

const CODE = /`([^`\n]+)`/y;
const ANGLE = /<([^<>\n]+)>/y;
export const EMOJI = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/iy;
const URL_BARE = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"*_~]/iy;
const STYLES = { "*": "strong", _: "em", "~": "s" };
export const WORD = /[\p{L}\p{N}]/u;

export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A link, if its address is one a page may open; otherwise only its words. */
export function link(address, ...words) {
  const content = words.length ? words : [address];
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return h("span", {}, content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

export function mention(text, own = false) {
  return h("span", { class: own ? "mention mention-me" : "mention" }, text);
}

function dateToken(body) {
  const [, seconds, format = ""] = body.split("^");
  const when = new Date(Number(seconds) * 1000);
  const day = when.toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const hour = when.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return format.replace(/\{date[a-z_]*\}/g, day).replace(/\{time[a-z_]*\}/g, hour);
}

function special(body, label) {
  if (body.startsWith("!date^")) return h("time", {}, dateToken(body) || label);
  if (body.startsWith("!subteam^")) return mention(label || "@group");
  return mention(`@${body.slice(1).split("|")[0]}`);
}

/** What stands between < and >: a person, a channel, a group word or a link. */
export function angle(inside) {
  const [body, ...rest] = inside.split("|");
  const label = unescape(rest.join("|"));
  if (body.startsWith("@")) return mention(`@${nameOf(body.slice(1)) || label}`, body.slice(1) === store.me);
  if (body.startsWith("#")) return mention(`#${label || channelLabel(body.slice(1))}`);
  if (body.startsWith("!")) return special(body, label);
  const address = unescape(body);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) return document.createTextNode(`<${unescape(inside)}>`);
  return link(address, label || address.replace(/^mailto:/, ""));
}

/** A sticky pattern's match exactly here, or null. */
export function matchAt(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function closing(text, start, mark) {
  for (let index = start; index < text.length && text[index] !== "\n"; index += 1) {
    const skipped = text[index] === "`" ? matchAt(CODE, text, index) : text[index] === "<" ? matchAt(ANGLE, text, index) : null;
    if (skipped) index += skipped[0].length - 1;
    else if (text[index] === mark && !/\s/.test(text[index - 1]) && !WORD.test(text[index + 1] ?? " ") && index > start) return index;
  }
  return -1;
}

function styled(text, index) {
  const mark = text[index];
  if (WORD.test(text[index - 1] ?? " ") || /[\s]/.test(text[index + 1] ?? " ") || text[index + 1] === mark) return null;
  const end = closing(text, index + 1, mark);
  if (end < 0) return null;
  return { node: h(STYLES[mark], {}, inline(text.slice(index + 1, end))), length: end - index + 1 };
}

function tokenAt(text, index) {
  const here = text[index];
  let found = null;
  if (here === "`" && (found = matchAt(CODE, text, index))) return { node: h("code", {}, unescape(found[1])), length: found[0].length };
  if (here === "<" && (found = matchAt(ANGLE, text, index))) return { node: angle(found[1]), length: found[0].length };
  if (here === ":" && (found = matchAt(EMOJI, text, index))) return { node: emojiNode(found[1]), length: found[0].length };
  if ((here === "h" || here === "H") && (found = matchAt(URL_BARE, text, index))) return { node: link(unescape(found[0])), length: found[0].length };
  return here in STYLES ? styled(text, index) : null;
}

/** One run of text; `tokenAt(text, index)` finds what is more than plain words: {node, length} or null. */
export function run(text, tokenAt) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(unescape(plain));
    plain = "";
  };
  for (let index = 0; index < text.length; ) {
    const token = tokenAt(text, index);
    if (token) {
      flush();
      nodes.push(token.node);
      index += token.length;
    } else {
      plain += text[index];
      index += 1;
    }
  }
  flush();
  return nodes;
}

const inline = (text) => run(text, tokenAt);

const QUOTE = /^(?:&gt;|>)[ \t]?/;
const QUOTE_REST = /^(?:&gt;|>){3}[ \t]?/;

function paragraphs(text) {
  const nodes = [];
  const lines = text.split("\n");
  let plain = [];
  const flush = () => {
    if (plain.length && plain.join("").length) nodes.push(h("div", { class: "para", dir: "auto" }, inline(plain.join("\n"))));
    plain = [];
  };
  for (let index = 0; index < lines.length; index += 1) {
    if (QUOTE_REST.test(lines[index])) {
      flush();
      const rest = [lines[index].replace(QUOTE_REST, ""), ...lines.slice(index + 1)].join("\n");
      nodes.push(h("blockquote", { dir: "auto" }, inline(rest)));
      return nodes;
    }
    if (QUOTE.test(lines[index])) {
      flush();
      const quoted = [];
      for (; index < lines.length && QUOTE.test(lines[index]); index += 1) quoted.push(lines[index].replace(QUOTE, ""));
      index -= 1;
      nodes.push(h("blockquote", { dir: "auto" }, inline(quoted.join("\n"))));
    } else plain.push(lines[index]);
  }
  flush();
  return nodes;
}

/** A whole mrkdwn text: code blocks, quotes and lines. */
export function mrkdwn(text) {
  const nodes = [];
  String(text ?? "").split(/```/).forEach((part, index, parts) => {
    const fenced = index % 2 === 1 && index < parts.length - 1;
    if (fenced) nodes.push(h("pre", { tabindex: "0", dir: "auto" }, unescape(part.replace(/^\n/, "").replace(/\n$/, ""))));
    else if (index % 2 === 1) nodes.push(...paragraphs("```" + part));
    else nodes.push(...paragraphs(parts.length > 1 ? part.replace(/^\n|\n$/g, "") : part));
  });
  return nodes;
}

/** plain_text: no marks, only emoji codes. */
export function plain(text, withEmoji = true) {
  const parts = String(text ?? "").split(/(:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:)/i);
  return parts.map((part, index) => (index % 2 && withEmoji ? emojiNode(part.slice(1, -1)) : unescape(part)));
}

/** The words of a text object, without marks. */
export const words = (object) => (typeof object === "string" ? object : object?.text ?? "");

/** A text object, {type: "mrkdwn" | "plain_text", text}, or a bare string. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return plain(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text, object.emoji !== false);
}
