// The live link to the playground's server: connects, reconnects, and turns its frames into the store.

import { botChannel, changed, channel, keepMessage, messageAt, store } from "./store.js";

const LONGEST_WAIT = 2000;
let socket = null;
let wait = 250;
let timer = 0;
const arrivals = new Set();

/** Calls back with (channel, message, before) for each message that arrives live. */
export function onArrival(listener) {
  arrivals.add(listener);
}

function takeState(frame) {
  const wasDirect = channel(store.at.channel)?.is_im;
  store.me = frame.me;
  store.team = frame.team;
  store.users = new Map(frame.users.map((user) => [user.id, user]));
  store.messages = new Map();
  for (const [id, list] of Object.entries(frame.messages)) for (const message of list) keepMessage(id, message);
  for (const name of ["channels", "home", "views", "commands", "shortcuts", "global_shortcuts", "prompts", "bot"]) store[name] = frame[name];
  store.statuses = new Map();
  if (!channel(store.at.channel)) {
    const own = wasDirect ? botChannel() : store.channels.find((each) => each.name === "launch");
    store.at = { channel: (own ?? store.channels[0]).id, tab: wasDirect ? store.at.tab : "messages", thread: null };
  }
  if (store.at.thread && !messageAt(store.at.channel, store.at.thread)) store.at.thread = null;
  store.loaded = true;
}

const take = {
  state: takeState,
  message(frame) {
    const before = keepMessage(frame.channel, frame.message);
    for (const listener of arrivals) listener(frame.channel, frame.message, before);
  },
  message_deleted(frame) {
    store.messages.get(frame.channel)?.delete(frame.ts);
  },
  home(frame) {
    store.home = frame.view;
  },
  views(frame) {
    store.views = frame.views;
  },
  status(frame) {
    const key = `${frame.channel}/${frame.thread_ts}`;
    if (frame.status) store.statuses.set(key, frame);
    else store.statuses.delete(key);
  },
  prompts(frame) {
    store.prompts = frame.prompts;
  },
  bot(frame) {
    store.bot = { connected: frame.connected };
  },
  channels(frame) {
    store.channels = frame.channels;
  },
};

function listen(user) {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/live?user=${encodeURIComponent(user)}`;
  const own = new WebSocket(address);
  socket = own;
  own.addEventListener("message", (event) => {
    if (own !== socket) return;
    const frame = JSON.parse(event.data);
    wait = 250;
    store.link = "open";
    take[frame.type]?.(frame);
    changed();
  });
  own.addEventListener("close", () => {
    if (own !== socket) return;
    store.link = "lost";
    changed();
    clearTimeout(timer);
    timer = setTimeout(() => listen(user), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
}

/** Looks at the workspace as this person from now on. */
export function connect(user) {
  clearTimeout(timer);
  const old = socket;
  socket = null;
  old?.close();
  wait = 250;
  listen(user);
}

