// Sends what a person does to the playground's server, and says in words what went wrong.

import { notice, store } from "./store.js";

/** POSTs JSON; answers the server's JSON, or {ok: false, error} when it could not be reached. */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: store.me, ...body }),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "unreachable" };
  }
}

const SENTENCES = {
  operation_timeout: (what) => `${what} got no answer within 3 seconds. Copydesk may be busy or stuck: try again, and look at its log if it happens twice.`,
  dispatch_failed: (what) => `${what} was delivered, but Copydesk answered with an error. Its log says why; then try again.`,
  not_connected: (what) => `${what} could not be delivered because Copydesk is not running. Start it, then try again.`,
  already_in_channel: () => "Copydesk is in this channel already: type /copy and what you need.",
  unreachable: (what) => `${what} could not be sent because the playground does not answer. Start it again; this page reconnects by itself.`,
  not_in_channel: (what) => `${what} needs Copydesk in this channel. Type /invite @copydesk first.`,
};

/** One sentence (or two) on what happened and what to do. */
export function sentence(error, what) {
  const known = SENTENCES[error];
  return known ? known(what) : `${what} did not work (${error || "no reason given"}). Try again.`;
}

/** Shows a failure where the person was looking; offers the text again when there was one. */
export function tell(answer, what, place, retry) {
  if (answer.ok !== false) return;
  notice(place.channel, place.thread, sentence(answer.error, what), retry);
}
