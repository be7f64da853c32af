// Small panels that open beside a button: menus, pickers and lists of choices.

import { h } from "./dom.js";

let current = null;

/** Closes the open panel, if any; gives the focus back to its button when asked. */
export function closePopup(refocus = false) {
  if (!current) return;
  const { panel, anchor, onClose } = current;
  current = null;
  panel.remove();
  anchor.setAttribute("aria-expanded", "false");
  onClose?.();
  if (refocus) anchor.focus();
}

function place(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + 6 + height <= innerHeight || box.top < height + 12;
  const top = below ? Math.min(box.bottom + 6, innerHeight - height - 8) : box.top - height - 6;
  const left = Math.min(Math.max(8, box.left), innerWidth - width - 8);
  panel.style.top = `${Math.max(8, top)}px`;
  panel.style.left = `${Math.max(8, left)}px`;
}

function walk(panel, event) {
  const stops = [...panel.querySelectorAll("button, input, a[href]")];
  const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closePopup(true);
  } else if (event.key === "Tab") closePopup(true);
  else if (event.key in moves && stops.length) {
    event.preventDefault();
    const now = stops.indexOf(document.activeElement);
    stops[(now + moves[event.key] + stops.length) % stops.length].focus();
  }
}

/** Opens a panel at the anchor; opening it again closes it. */
export function openPopup(anchor, content, { role = "menu", label, kind = "", onClose } = {}) {
  const again = current?.anchor === anchor;
  closePopup();
  if (again) return;
  const panel = h("div", { class: `popup ${kind}`, role, "aria-label": label, popover: "manual" }, content);
  panel.addEventListener("keydown", (event) => walk(panel, event));
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.showPopover?.();
  current = { panel, anchor, onClose };
  anchor.setAttribute("aria-expanded", "true");
  place(panel, anchor);
  panel.querySelector("button, input")?.focus({ preventScroll: true });
}

/** One line of a menu. */
export function menuItem(words, onPick, properties = {}) {
  const pick = () => {
    closePopup(true);
    onPick();
  };
  return h("button", { class: "menu-item", role: "menuitem", on: { click: pick }, ...properties }, words);
}

/** Panels close when the person clicks or scrolls elsewhere. */
export function watchOutside() {
  document.addEventListener("pointerdown", (event) => {
    if (current && !current.panel.contains(event.target) && !current.anchor.contains(event.target)) closePopup();
  });
  addEventListener("resize", () => closePopup());
}
