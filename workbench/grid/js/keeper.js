// @ts-check
// Keeps what is typed into an input of the page at each key, as the forms of a case do.

const KEPT = "workbench-draft:";
const PAUSE_MS = 500;
const FRAMES = 60;
const FIELD = "[data-testid=stTextInput],[data-testid=stTextArea],[data-testid=stNumberInput]";

/**
 * @typedef {object} Kept
 * @property {string} label of the input, by which a person and a program know it
 * @property {string} slot where in this browser its draft is kept
 * @property {string} taken what was made of a draft already
 * @property {string} stands what the input says by itself
 * @property {string} within the class of what holds the input, "" for anything
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Input
 */

/** @param {() => Storage} give */
function storageOf(give) {
  try {
    return give();
  } catch {
    return null;  // forbidden: the input still holds the text
  }
}

/**
 * Set an input as if it were typed, so that the page's own program hears of it.
 * @param {Input} input
 * @param {string} text
 */
function enter(input, text) {
  const { set } = /** @type {any} */ (
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value"));
  set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Have the page's own program take a text, as when the caret leaves it; it stays.
 * @param {Input} input
 */
function send(input) {
  if (input.isConnected) input.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

/**
 * @param {Input} input
 * @param {string} one
 * @param {string} other
 */
function saysTheSame(input, one, other) {
  const bothNumbers = input.type === "number" && one && other;
  return bothNumbers ? Number(one) === Number(other) : one === other;
}

/**
 * Say what a number may be, where it is beyond that.
 * @param {Input} input
 */
function beyond(input) {
  const { rangeOverflow, rangeUnderflow } = input.validity;
  const { min, max } = /** @type {HTMLInputElement} */ (input);
  return rangeOverflow || rangeUnderflow ? `; not saved: use ${min} to ${max}` : "";
}

/** @type {WeakSet<Node>} */
const watched = new WeakSet();

/**
 * Keep what is typed into an input; gives it, null while it is not there.
 * @param {Kept} kept
 */
function keep({ label, slot, taken, stands, within }) {
  const storage = storageOf(() => window.localStorage);
  const place = KEPT + slot;
  const before = storage?.getItem(place);
  const isTaken = before && before === taken;
  const holder = within && `.${CSS.escape(within)} `;
  const input = /** @type {Input | null} */ (document.querySelector(
    within ? `${holder}input` : `:is(input,textarea)[aria-label="${CSS.escape(label)}"]`));
  const isStored = before && input && saysTheSame(input, before, stands);
  if (before && (isTaken || before === stands || isStored)) storage?.removeItem(place);
  if (input && isTaken && input.value === taken && taken !== stands) {
    enter(input, stands);  // laid over a field that was drawn before it was taken
    send(input);
  }
  if (!input || watched.has(input)) return input;
  watched.add(input);
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.style.cssText = "margin: .25rem 0 0; font-size: .8rem; min-height: 1.2em";
  (input.closest(FIELD) ?? input).append(told);
  const long = input.tagName === "TEXTAREA";
  const isNumber = input.type === "number";
  /** @type {any} */
  let pause = null;
  const draft = storage?.getItem(place);
  let isTyped = false;
  /** Lay the draft over what stands there, which may follow its field by some frames. */
  const restore = (frames = FRAMES) => {
    if (!draft || isTyped || !frames) return;
    if (saysTheSame(input, input.value, stands)) {
      enter(input, draft);
      if (!isNumber) send(input);  // at once: the button beside it may be pressed next
      told.textContent = isNumber ? "Draft from before: Enter saves it" : "Draft from before";
    } else requestAnimationFrame(() => restore(frames - 1));
  };
  restore();
  input.addEventListener("input", () => {
    isTyped = true;
    const { value } = input;
    clearTimeout(pause);
    if (input.validity.badInput) {
      told.textContent = "Not a number so far";
      return;
    }
    if (long) pause = setTimeout(() => send(input), PAUSE_MS);
    try {
      const isDraft = value && !saysTheSame(input, value, stands);
      if (isDraft) storage?.setItem(place, value);
      else storage?.removeItem(place);
      told.textContent = isDraft ? `Draft, kept in this browser${beyond(input)}` : "";
    } catch {
      told.textContent = "Draft, and not kept";
    }
  });
  return input;
}

/** @type {Set<() => void>} what each keeper does when something was drawn */
const keepers = new Set();
let isDue = false;
// One for all, once a frame: a page that opens is drawn in many pieces.
const watcher = new MutationObserver(() => {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    keepers.forEach(look => look());
  });
});

/**
 * @param {{data: {kept: Kept[]}}} given
 */
export function mount({ data: { kept } }) {
  const inputs = kept.map(keep);
  const look = () => kept.forEach((one, at) => {
    if (!inputs[at]?.isConnected) inputs[at] = keep(one);
  });
  if (!keepers.size) watcher.observe(document.body, { childList: true, subtree: true });
  keepers.add(look);
  return () => {
    keepers.delete(look);
    if (!keepers.size) watcher.disconnect();
  };
}
