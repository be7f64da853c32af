// The middle: a channel's head, its tabs, its messages and its message box.

import { Composer } from "./composer.js";
import { byId, h } from "./dom.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { MessageList } from "./messagelist.js";
import { go, showSidebar } from "./navigation.js";
import { avatar } from "./people.js";
import { post, tell } from "./requests.js";
import { botChannel, channel, channelLabel, nameOf, placeName, replyIndex, store, theBot, topLevel } from "./store.js";

const EXAMPLE = "/copy tweet for Brewline cold brew, free shipping this week";
let list;
export let composer;

function example(text) {
  const button = h("button", { class: "example", data: { testid: "example" }, on: { click: () => composer.fill(text) } }, h("code", {}, text));
  return h("div", { class: "example-line" }, button, h("span", { class: "muted" }, "Click it, then press Enter."));
}

function inviteLine(botName) {
  const text = `/invite @${theBot()?.name ?? "copydesk"}`;
  return [h("p", {}, `${botName} is not in this channel yet. Invite it to use it here:`), example(text)];
}

function introOf(place) {
  const bot = theBot();
  const botName = bot ? nameOf(bot.id) : "Copydesk";
  if (place.is_im) return [h("h2", {}, botName), h("p", {}, `This is between you and ${botName}. Ask for copy in your own words, or begin with /copy.`), example(EXAMPLE)];
  if (bot && place.members && !place.members.includes(bot.id)) return [h("h2", {}, `# ${place.name}`), inviteLine(botName)];
  const words = `Ask for copy with /copy and say what it is for. ${botName} writes drafts in a thread; give each one 👍 or 👎, and the next ones will suit you better.`;
  return [h("h2", {}, `# ${place.name}`), place.topic && h("p", { class: "muted" }, place.topic), h("p", {}, words), example(EXAMPLE)];
}

const intros = new Map();

function intro(place) {
  const print = JSON.stringify([place, nameOf(theBot()?.id)]);
  if (intros.get(place.id)?.print !== print) {
    const node = h("section", { class: "intro", "aria-label": "About this channel" }, introOf(place));
    node.print = print;
    intros.set(place.id, node);
  }
  return intros.get(place.id);
}

function promptButtons(place) {
  if (!place.is_im || !store.prompts.length) return [];
  const send = (prompt) => async () => tell(await post("/page/messages", { channel: place.id, text: prompt.message }), "Your message", { channel: place.id, thread: null });
  return [h("div", { class: "prompts", role: "group", "aria-label": "Suggestions" }, store.prompts.map((prompt) => h("button", { class: "prompt", data: { testid: "prompt" }, on: { click: send(prompt) } }, prompt.title || prompt.message)))];
}

function drawHead(place) {
  const count = place.members?.length ?? 0;
  const meta = place.is_im ? "" : [`${count} ${count === 1 ? "member" : "members"}`, place.topic].filter(Boolean).join(" · ");
  const mark = place.is_im ? avatar(theBot()?.id, "small") : "";
  const print = JSON.stringify([place, channelLabel(place.id)]);
  const title = byId("place-title");
  if (title.print === print) return;
  title.print = print;
  title.replaceChildren(mark, h("h1", {}, place.is_im ? channelLabel(place.id) : `# ${place.name}`), h("span", { class: "place-meta" }, meta));
  document.title = `${placeName(place)} · ${store.team.name}`;
  byId("main").setAttribute("aria-label", place.is_im ? channelLabel(place.id) : `Channel ${place.name}`);
}

function tab(name, words, place) {
  const current = store.at.tab === name;
  return h("button", { role: "tab", id: `tab-${name}`, "aria-selected": String(current), tabindex: current ? "0" : "-1", "aria-controls": name === "home" ? "home" : "channel-scroller", data: { testid: `tab-${name}`, keep: `tab-${name}` }, on: { click: () => go(place.id, name) } }, words);
}

function drawTabs(place) {
  const bar = byId("tabs");
  const shown = place.id === botChannel()?.id;
  bar.hidden = !shown;
  const print = `${shown}/${store.at.tab}/${place.id}`;
  if (bar.print === print) return;
  const focused = bar.contains(document.activeElement);
  bar.print = print;
  bar.replaceChildren(...(shown ? [tab("home", "Home", place), tab("messages", "Messages", place)] : []));
  if (focused) bar.querySelector("[aria-selected=true]")?.focus();
}

function walkTabs(event) {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  go(store.at.channel, store.at.tab === "home" ? "messages" : "home");
}

/** Draws the middle for where the person is. */
export function drawChannel() {
  const place = channel(store.at.channel);
  if (!store.loaded || !place) return;
  const atHome = place.is_im && store.at.tab === "home";
  drawHead(place);
  drawTabs(place);
  byId("channel-scroller").hidden = atHome;
  byId("channel-composer").hidden = atHome;
  drawHome(atHome);
  list.label(`Messages in ${placeName(place)}`);
  list.draw(`${store.me}/${place.id}`, topLevel(place.id), { channel: place.id, index: replyIndex(place.id), before: [intro(place)], after: promptButtons(place) });
  composer.at(place.id, null, `Message ${placeName(place)}`);
}

export function startChannel() {
  const menu = byId("open-sidebar");
  menu.append(icon("menu", 22));
  menu.addEventListener("click", () => showSidebar(true));
  byId("scrim").addEventListener("click", () => showSidebar(false));
  byId("tabs").addEventListener("keydown", walkTabs);
  list = new MessageList(byId("channel-scroller"), { label: "Messages" });
  composer = new Composer(byId("channel-composer"), { testid: "composer", send: "send", id: "composer-text", onSent: () => list.toNewest() });
  composer.input.placeholder = "Message #launch";
  composer.input.focus();
}
