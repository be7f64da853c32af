// The app's Home tab.

import { putBlocks } from "./blocks.js";
import { byId, h } from "./dom.js";
import { Inputs } from "./inputs.js";
import { viewContext } from "./interactions.js";
import { post } from "./requests.js";
import { store } from "./store.js";

let inputs = new Inputs();
let owner = null;
const problem = h("div", { class: "view-error", role: "alert", hidden: true });
const body = h("div", { class: "home-body" });
const waiting = h("div", { class: "intro" }, h("h2", {}, "Home"), h("p", {}, "Copydesk has not drawn its Home yet. It does so the first time you open it while it runs."));

function tellProblem(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

/** Draws Home, or hides it. */
export function drawHome(shown) {
  const place = byId("home");
  place.hidden = !shown;
  if (!shown) return;
  if (owner !== store.me) {
    owner = store.me;
    inputs = new Inputs();
    tellProblem("");
    body.replaceChildren();
    post("/page/home", { tab: "home" });
  }
  if (!store.home) {
    if (place.firstChild !== waiting) place.replaceChildren(waiting);
    return;
  }
  if (place.firstChild !== problem) place.replaceChildren(problem, body);
  if (body.shown === store.home) return;
  body.shown = store.home;
  tellProblem("");
  putBlocks(body, store.home.blocks, { ...viewContext(store.home, inputs, tellProblem), home: true });
}
