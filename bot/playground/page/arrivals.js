// What happens when a message arrives live: a thread opens by itself, another channel is marked as new.

import { lastCommand } from "./composer.js";
import { composer } from "./channelpane.js";
import { onArrival } from "./live.js";
import { narrow, openThread } from "./navigation.js";
import { isBot, messageAt, replies, store, threadOf } from "./store.js";

const opened = new Set(); // threads opened by themselves, each at most once
const SOON_SECONDS = 180;

function askedByMe(channel, parent) {
  if (parent.user === store.me) return true;
  const words = JSON.stringify([parent.text, parent.blocks, parent.metadata]);
  if (words.includes(store.me)) return true;
  const command = lastCommand.get(channel);
  return command?.me === store.me && isBot(parent) && Number(parent.ts) >= command.at - 1 && Number(parent.ts) < command.at + SOON_SECONDS;
}

function openFirstReply(channel, message, before) {
  const thread = threadOf(message);
  if (before || !thread || !isBot(message) || message.ephemeral) return;
  if (channel !== store.at.channel || store.at.thread || store.at.tab !== "messages" || opened.has(thread)) return;
  const parent = messageAt(channel, thread);
  const earlier = replies(channel, thread).filter((each) => isBot(each) && !each.ephemeral && each.ts !== message.ts);
  if (!parent || earlier.length || !askedByMe(channel, parent)) return;
  if (narrow() && composer.text.trim()) return;
  opened.add(thread);
  openThread(thread);
}

function markUnread(channel, message, before) {
  if (!before && !threadOf(message) && message.user !== store.me && channel !== store.at.channel) store.unread.add(channel);
}

export function startArrivals() {
  onArrival(openFirstReply);
  onArrival(markUnread);
}
