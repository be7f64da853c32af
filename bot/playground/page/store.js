// Everything the page knows, and the one way to say that it changed.

export const store = {
  me: null,
  team: { name: "Playground" },
  users: new Map(),
  channels: [],
  messages: new Map(), // channel -> Map(ts -> message)
  home: null,
  views: [],
  commands: [],
  shortcuts: [],
  global_shortcuts: [],
  prompts: [],
  bot: { connected: true },
  link: "connecting", // connecting | open | lost
  loaded: false,
  statuses: new Map(), // "channel/thread_ts" -> {status, loading_messages}
  notices: [], // sentences of the page itself: {channel, me, message}
  dismissed: new Set(), // ts of ephemeral messages put away
  unread: new Set(), // channels with something new
  at: { channel: null, tab: "messages", thread: null },
};

const listeners = new Set();
let scheduled = false;

/** Calls back after every change, at most once a frame. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Says that the store changed. */
export function changed() {
  if (scheduled) return;
  scheduled = true;
  const flush = () => {
    scheduled = false;
    for (const listener of listeners) listener();
  };
  if (document.visibilityState === "visible") requestAnimationFrame(flush);
  else setTimeout(flush, 0);
}

const later = (one, two) => one.length - two.length || (one < two ? -1 : 1);

export function channel(id) {
  return store.channels.find((each) => each.id === id);
}

/** Keeps a message, new or changed; says what it was before. */
export function keepMessage(channelId, message) {
  if (!store.messages.has(channelId)) store.messages.set(channelId, new Map());
  const kept = store.messages.get(channelId);
  const before = kept.get(message.ts);
  kept.set(message.ts, message);
  return before;
}

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** The thread that a message is a reply in, or null. */
export const threadOf = (message) => (isReply(message) ? message.thread_ts : null);

function ordered(channelId, wanted) {
  const kept = [...(store.messages.get(channelId)?.values() ?? [])];
  const own = store.notices.filter((notice) => notice.channel === channelId && notice.me === store.me).map((notice) => notice.message);
  return [...kept, ...own]
    .filter((message) => wanted(message) && !store.dismissed.has(message.ts))
    .sort((one, two) => later(one.ts, two.ts));
}

/** The messages of a channel's own list. */
export function topLevel(channelId) {
  return ordered(channelId, (message) => !isReply(message) || message.subtype === "thread_broadcast");
}

/** The replies of a thread, ephemeral ones included. */
export function replies(channelId, threadTs) {
  return ordered(channelId, (message) => isReply(message) && message.thread_ts === threadTs);
}

/** Thread -> its lasting replies, for a whole channel in one pass. */
export function replyIndex(channelId) {
  const index = new Map();
  for (const message of store.messages.get(channelId)?.values() ?? []) {
    if (!isReply(message) || message.ephemeral) continue;
    if (!index.has(message.thread_ts)) index.set(message.thread_ts, []);
    index.get(message.thread_ts).push(message);
  }
  return index;
}

export function messageAt(channelId, ts) {
  return store.messages.get(channelId)?.get(ts);
}

export const person = (id) => store.users.get(id);
export const isBot = (message) => Boolean(message.bot_id) || Boolean(person(message.user)?.is_bot);

export function nameOf(id) {
  const known = person(id);
  return known?.real_name || known?.name || id || "Someone";
}

/** The bot of this workspace, if there is one. */
export function theBot() {
  return [...store.users.values()].find((each) => each.is_bot);
}

/** A channel's name for people: "launch", or the other person of a direct message. */
export function channelLabel(id) {
  const known = channel(id);
  if (!known) return id;
  return known.is_im ? nameOf(known.user) : known.name;
}

/** What stands before its messages: "#launch", or the other person's name. */
export const placeName = (place) => (place.is_im ? "" : "#") + channelLabel(place.id);

/** The direct message of the current person with the bot. */
export function botChannel() {
  return store.channels.find((each) => each.is_im);
}

/** Shows a sentence of the page itself where the person is looking, visible to nobody else. */
export function notice(channelId, threadTs, text, retry) {
  const ts = (Date.now() / 1000).toFixed(6);
  const message = { ts, thread_ts: threadTs || undefined, text, ephemeral: true, user: null, retry };
  store.notices.push({ channel: channelId, me: store.me, message });
  changed();
}
