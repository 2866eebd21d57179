// @ts-check
// A server that does not answer takes the caret from nobody: what is typed is kept in
// the browser meanwhile, and the line below the page says how it stands. Streamlit lays
// a dialog over the page some seconds on, which takes the focus, and the keys with it.
// A page that will hear nothing more, whatever its server says, is loaded again.

import { originOf } from "./travel.js";

const DIALOG = "body > [data-testid=stDialog]";
const TITLE = "Connection error";
const DEAD = ".stApp[data-test-connection-state=DISCONNECTED_FOREVER]";
const LOADED_AT = "workbench-loaded-again";
const RARELY_MS = 60_000;  // what ends a page may be there again once it is loaded

/** Hear of that dialog, and go on where the caret was; gives what ends that. */
export function listenForSilence() {
  /** @type {HTMLElement | null} what had the focus before it */
  let left = null;
  /** @param {FocusEvent} event */
  const leaving = event => {
    const to = /** @type {Element | null} */ (event.relatedTarget);
    if (to?.closest?.(DIALOG)) left = originOf(event);
  };
  const goBack = () => {
    if (left?.isConnected && !document.querySelector(DIALOG)) {
      left.focus({ preventScroll: true });
    }
  };
  const look = () => {
    const dialogs = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(DIALOG));
    for (const dialog of dialogs) {
      // It is there before what is in it.
      watch.observe(dialog, { childList: true, subtree: true });
      if (dialog.querySelector("h2")?.textContent !== TITLE) continue;
      if (document.querySelector(DEAD)) {
        loadAgain();
        continue;
      }
      dialog.style.display = "none";
      /** @type {HTMLElement | null} */ (dialog.querySelector("[aria-label=Close]"))?.click();
    }
    if (!left || dialogs.length) return;
    goBack();
    requestAnimationFrame(() => {  // after what gives it back to the page
      goBack();
      left = null;
    });
  };
  const watch = new MutationObserver(look);
  document.addEventListener("focusout", leaving, true);
  watch.observe(document.body, { childList: true });
  look();  // what was there before this page listened
  return () => {
    document.removeEventListener("focusout", leaving, true);
    watch.disconnect();
  };
}

// A second time so soon the dialog stays, and says what is wrong.
function loadAgain() {
  const now = Date.now();
  if (now - Number(sessionStorage.getItem(LOADED_AT)) < RARELY_MS) return;
  sessionStorage.setItem(LOADED_AT, String(now));
  location.reload();
}
