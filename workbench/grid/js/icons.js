// @ts-check
// Pictures on buttons; each button also says in words what it does.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  turn: "M3 3h18v6H3zM3 9v12h6V9M14 14l3 3-3 3M17 17h-2a3 3 0 0 1-3-3v-1",
  pack: "M4 6h16M4 10h16M4 14h16M4 18h16",
  focus: "M4 9V4h16v5M4 15v5h16v-5M2 12h20",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  more: "m6 9 6 6 6-6",
  filter: "M3 5h18M7 12h10M10 19h4",
  close: "M6 6l12 12M18 6 6 18",
  next: "M5 12h14M13 6l6 6-6 6",
};

/** @typedef {keyof typeof ICONS} Icon */

/** @param {Icon} name */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "lg-icon");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}
