// The left side: channels, the app, and the switch between the people one can be.

import { arrange, byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { connect } from "./live.js";
import { go, narrow } from "./navigation.js";
import { avatar } from "./people.js";
import { botChannel, channelLabel, nameOf, store, theBot } from "./store.js";

const lines = new Map();

function visit(id) {
  go(id);
  if (!narrow()) requestAnimationFrame(() => byId("composer-text").focus());
}

function line(place, mark) {
  const current = store.at.channel === place.id;
  const unread = store.unread.has(place.id);
  const print = JSON.stringify([place, current, unread, channelLabel(place.id)]);
  const kept = lines.get(place.id);
  if (kept?.print === print) return kept;
  const node = kept ?? h("button", { data: { testid: "channel", channel: place.id }, on: { click: () => visit(place.id) } });
  node.className = `place${unread ? " unread" : ""}`;
  node.replaceChildren(mark, h("span", { class: "place-name" }, channelLabel(place.id)), unread ? h("span", { class: "dot", role: "img", "aria-label": "New messages" }) : "", place.is_im ? h("span", { class: "app-tag" }, "APP") : "");
  if (current) node.setAttribute("aria-current", "page");
  else node.removeAttribute("aria-current");
  node.print = print;
  lines.set(place.id, node);
  return node;
}

const headings = { channels: h("h2", {}, "Channels"), apps: h("h2", {}, "Apps") };

function drawPlaces() {
  const hash = () => h("span", { class: "hash", "aria-hidden": "true" }, "#");
  const open = store.channels.filter((each) => !each.is_im).map((each) => line(each, hash()));
  const desk = botChannel();
  const app = desk ? [headings.apps, line(desk, avatar(theBot()?.id, "tiny"))] : [];
  arrange(byId("places"), [headings.channels, ...open, ...app]);
}

const people = h("div", { class: "people", role: "radiogroup", "aria-label": "Who am I", data: { testid: "user-switch" } });
const peopleTitle = h("div", { class: "people-title" }, "You are");

function choose(id) {
  store.at = { ...store.at, thread: null };
  store.unread.clear();
  history.replaceState(null, "", `?user=${id}`);
  connect(id);
}

function walk(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...people.children];
  const next = stops[(stops.indexOf(event.target.closest("button")) + step + stops.length) % stops.length];
  next.focus();
  next.click();
}
people.addEventListener("keydown", walk);

function drawPeople() {
  const humans = [...store.users.values()].filter((user) => !user.is_bot);
  const print = JSON.stringify([humans, store.me]);
  if (people.print === print) return;
  people.print = print;
  const focused = people.contains(document.activeElement);
  people.replaceChildren(
    ...humans.map((user) => {
      const own = user.id === store.me;
      const first = nameOf(user.id).split(" ")[0];
      return h("button", { role: "radio", "aria-checked": String(own), tabindex: own ? "0" : "-1", title: nameOf(user.id), data: { user: user.id }, on: { click: () => own || choose(user.id) } }, avatar(user.id, "small"), h("span", {}, first));
    }),
  );
  if (focused) people.querySelector("[aria-checked=true]")?.focus();
}

/** Draws the whole left side. */
export function drawSidebar() {
  if (!store.loaded) return;
  byId("team-name").textContent = store.team.name;
  drawPlaces();
  drawPeople();
  const place = byId("person");
  if (!place.firstChild) place.append(peopleTitle, people);
}

export function startSidebar() {
  document.querySelector(".workspace-mark").append(icon("desk", 18));
}
