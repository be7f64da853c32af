// Text in standard Markdown, as the markdown block and streams carry it, as DOM nodes.

import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { angle, EMOJI, link, matchAt, run, unescape, WORD } from "./mrkdwn.js";

const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const CODE = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y;
const LINK = /!?\[((?:\\.|[^\]\\])*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/y;
const ANGLE = /<([@#!][^<>\n]+|https?:[^<>\s]+|mailto:[^<>\s]+)>/y;
const BARE = /https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"*_~]/y;
const MARKS = [["**", "strong"], ["__", "strong"], ["~~", "s"], ["*", "em"], ["_", "em"]];

function closing(text, start, mark) {
  for (let index = start; index < text.length; index += 1) {
    const skip = matchAt(ESCAPED, text, index) ?? matchAt(CODE, text, index);
    if (skip) index += skip[0].length - 1;
    else if (text.startsWith(mark, index) && !/\s/.test(text[index - 1]) && index > start) {
      const after = text[index + mark.length] ?? " ";
      if (mark.length === 1 && after === mark) index += 1;
      else if (!(mark[0] === "_" && WORD.test(after))) return index;
    }
  }
  return -1;
}

function styled(text, index) {
  for (const [mark, tag] of MARKS) {
    if (!text.startsWith(mark, index)) continue;
    const from = index + mark.length;
    if (/\s/.test(text[from] ?? " ") || (mark[0] === "_" && WORD.test(text[index - 1] ?? " "))) return null;
    const end = closing(text, from, mark);
    if (end >= 0) return { node: h(tag, {}, inline(text.slice(from, end))), length: end + mark.length - index };
  }
  return null;
}

function tokenAt(text, index) {
  let found = null;
  if (!/[\\`[!<h:*_~]/.test(text[index])) return null;
  if ((found = matchAt(ESCAPED, text, index))) return { node: found[1], length: 2 };
  if ((found = matchAt(CODE, text, index))) return { node: h("code", {}, found[2].trim()), length: found[0].length };
  if ((found = matchAt(LINK, text, index))) return { node: link(found[2], ...inline(found[1] || found[2])), length: found[0].length };
  if ((found = matchAt(ANGLE, text, index))) return { node: angle(found[1]), length: found[0].length };
  if ((found = matchAt(BARE, text, index))) return { node: link(unescape(found[0])), length: found[0].length };
  if ((found = matchAt(EMOJI, text, index))) return { node: emojiNode(found[1]), length: found[0].length };
  return styled(text, index);
}

const inline = (text) => run(text, tokenAt);

const FENCE = /^\s{0,3}(```+|~~~+)\s*([\w+-]*)\s*$/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const QUOTE = /^\s{0,3}>\s?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const ROW = /^\s*\|?(.+\|.*)$/;
const ROW_RULE = /^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$/;

function fence(lines, index) {
  const [, mark] = FENCE.exec(lines[index]);
  let end = index + 1;
  while (end < lines.length && !(lines[end].trim().startsWith(mark) && lines[end].trim().replaceAll(mark[0], "") === "")) end += 1;
  return [h("pre", { tabindex: "0", dir: "auto" }, lines.slice(index + 1, end).join("\n")), end + 1];
}

function quote(lines, index) {
  let end = index;
  const inner = [];
  for (; end < lines.length && QUOTE.test(lines[end]); end += 1) inner.push(lines[end].replace(QUOTE, ""));
  return [h("blockquote", { dir: "auto" }, blocks(inner)), end];
}

function list(lines, index) {
  const [, indent, mark] = ITEM.exec(lines[index]);
  const ordered = /\d/.test(mark);
  const node = h(ordered ? "ol" : "ul", ordered ? { start: parseInt(mark, 10), dir: "auto" } : { dir: "auto" });
  let end = index;
  while (end < lines.length) {
    const found = ITEM.exec(lines[end]);
    if (found && found[1].length === indent.length && /\d/.test(found[2]) === ordered) {
      node.append(h("li", {}, inline(found[3])));
      end += 1;
    } else if (found && found[1].length > indent.length) {
      const [inner, next] = list(lines, end);
      (node.lastElementChild ?? node).append(inner);
      end = next;
    } else if (!found && lines[end].trim() && /^\s+/.test(lines[end]) && node.lastElementChild) {
      node.lastElementChild.append(" ", ...inline(lines[end].trim()));
      end += 1;
    } else if (!lines[end].trim() && ITEM.test(lines[end + 1] ?? "") && ITEM.exec(lines[end + 1])[1].length >= indent.length) {
      end += 1;
    } else break;
  }
  return [node, end];
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function grid(lines, index) {
  const head = h("tr", {}, cells(lines[index]).map((cell) => h("th", { scope: "col", dir: "auto" }, inline(cell))));
  const body = h("tbody");
  let end = index + 2;
  for (; end < lines.length && ROW.test(lines[end]) && lines[end].trim(); end += 1) {
    body.append(h("tr", {}, cells(lines[end]).map((cell) => h("td", { dir: "auto" }, inline(cell)))));
  }
  return [h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, h("table", {}, h("thead", {}, head), body)), end];
}

const STARTS = (line) => FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line) || ITEM.test(line);

function paragraph(lines, index) {
  let end = index;
  while (end < lines.length && lines[end].trim() && (end === index || !STARTS(lines[end]))) end += 1;
  const text = lines.slice(index, end).map((line) => line.replace(/\s+$/, "").replace(/\\$/, "")).join("\n");
  return [h("p", { dir: "auto" }, inline(text)), end];
}

function blocks(lines) {
  const nodes = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    const heading = HEADING.exec(line);
    let made = null;
    if (!line.trim()) index += 1;
    else if (heading) [made, index] = [h(`h${Math.min(6, heading[1].length + 2)}`, { dir: "auto", class: `md-h${heading[1].length}` }, inline(heading[2])), index + 1];
    else if (RULE.test(line)) [made, index] = [h("hr"), index + 1];
    else if (FENCE.test(line)) [made, index] = fence(lines, index);
    else if (QUOTE.test(line)) [made, index] = quote(lines, index);
    else if (ITEM.test(line)) [made, index] = list(lines, index);
    else if (ROW.test(line) && ROW_RULE.test(lines[index + 1] ?? "")) [made, index] = grid(lines, index);
    else [made, index] = paragraph(lines, index);
    if (made) nodes.push(made);
  }
  return nodes;
}

/** A whole Markdown text. */
export function markdown(text) {
  return h("div", { class: "markdown" }, blocks(String(text ?? "").replaceAll("\r\n", "\n").split("\n")));
}
