// The page's own line icons, drawn as inline SVG, and the buttons that show nothing else.

import { h } from "./dom.js";

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  send: "M5 12h13M12 5l7 7-7 7",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 10v.01M15 10v.01M8.5 14.5c2 2.3 5 2.3 7 0",
  reply: "M20 15a3 3 0 0 1-3 3H9l-5 3V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3z",
  more: "M5 11.3a.7.7 0 1 0 .01 0zM12 11.3a.7.7 0 1 0 .01 0zM19 11.3a.7.7 0 1 0 .01 0z",
  down: "M6 9l6 6 6-6",
  arrowdown: "M12 5v14M6 13l6 6 6-6",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  clip: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3L9.5 16.3a1.5 1.5 0 0 1-2.2-2.2L14 7.5",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
  warning: "M12 4L2.5 20h19zM12 10v4M12 17v.01",
  error: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6",
  success: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.5l2.7 2.7L16 9.5",
  pending: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  working: "M12 3a9 9 0 1 0 9 9",
  refresh: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  star: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z",
  thumbsup: "M7 11v9H4v-9zM7 11l4-7.5c1.5 0 2.5 1.1 2.2 2.6L12.5 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7",
  thumbsdown: "M7 13V4H4v9zM7 13l4 7.5c1.5 0 2.5-1.1 2.2-2.6L12.5 14H18a2 2 0 0 0 2-2.4l-1.2-6A2 2 0 0 0 16.8 4H7",
  desk: "M5 5h14M5 10h14M5 15h9M5 20h6",
};

/** An icon for the eye only: the button around it carries the name. */
export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const shape = document.createElementNS(space, "path");
  const attributes = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: "icon" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  shape.setAttribute("d", PATHS[name] ?? PATHS.star);
  svg.append(shape);
  return svg;
}

/** A button that shows an icon and says its name. */
export function iconPress(name, label, properties, size = 18) {
  return h("button", { class: "icon-only", "aria-label": label, title: label, ...properties }, icon(name, size));
}

/** What a button that opens a panel says about itself. */
export const opens = (role) => ({ "aria-haspopup": role, "aria-expanded": "false" });
