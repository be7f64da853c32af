// Builds DOM nodes from plain values, so that text from outside never becomes markup.

function setProperty(node, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key === "class") node.className = value;
  else if (key === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (key === "style") for (const [name, set] of Object.entries(value)) node.style.setProperty(name, set);
  else if (key === "value" || key === "checked") node[key] = value;
  else node.setAttribute(key, value === true ? "" : String(value));
}

/** h("p", {class: "x", on: {click}}, "text", node, [nodes]): an element; null and false children are skipped. */
export function h(tag, properties, ...children) {
  const node = document.createElement(tag);
  if (tag === "button") node.type = "button"; // a form would submit otherwise
  for (const [key, value] of Object.entries(properties ?? {})) if (key !== "data") setProperty(node, key, value);
  for (const [key, value] of Object.entries(properties?.data ?? {})) if (value !== undefined && value !== null) node.dataset[key] = value;
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Puts exactly these children into the parent, in order, moving none that already stands where it belongs. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.childNodes[index] !== child) parent.insertBefore(child, parent.childNodes[index] ?? null);
  });
}

/** Runs a redraw and gives the focus (and caret) back to the control with the same data-keep. */
export function keepingFocus(root, redraw) {
  const active = document.activeElement;
  const inside = active && root.contains(active) ? active : null;
  const keep = inside?.dataset.keep;
  const caret = inside && "selectionStart" in inside ? readCaret(inside) : null;
  redraw();
  if (!keep || root.contains(active)) return;
  const again = root.querySelector(`[data-keep="${CSS.escape(keep)}"]`);
  again?.focus({ preventScroll: true });
  if (again && caret) writeCaret(again, caret);
}

function readCaret(input) {
  try {
    return input.selectionStart === null ? null : [input.selectionStart, input.selectionEnd];
  } catch {
    return null;
  }
}

function writeCaret(input, caret) {
  try {
    input.setSelectionRange(...caret);
  } catch {
    // number and date inputs have no caret to set
  }
}

let last = 0;
/** An id for pairing labels, hints and controls. */
export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
