// @ts-check
// What was written by hand, sent and refused is a draft again, in this browser and for
// its place, whatever page is open by then: the field that it left may be gone. No DOM.

const DRAFTED = "workbench-draft:";

/**
 * @typedef {{evidence: string | null, hypothesis: string | null}} Spot
 * @typedef {{getItem: (slot: string) => string | null,
 *   setItem: (slot: string, text: string) => void}} Keeps
 * @typedef {{matrix: string, client: string, pending: readonly any[][],
 *   adopted: ReadonlyMap<string, readonly any[][]>}} Holds
 */

/** @param {Spot} spot */
export function spotName({ evidence, hypothesis }) {
  return `${evidence ?? ""}\n${hypothesis ?? ""}`;
}

/**
 * Name where the draft of a comment is kept.
 * @param {string} matrix
 * @param {Spot} spot
 */
export function commentSlot(matrix, spot) {
  return `${DRAFTED}${matrix}:comment:${spotName(spot)}`;
}

/**
 * Name where the draft of a rating's reason is kept.
 * @param {string} matrix
 * @param {string} item
 * @param {string} hypothesis
 */
export function reasonSlot(matrix, item, hypothesis) {
  return `${DRAFTED}${matrix}:${item}:${hypothesis}`;
}

/**
 * Make drafts of what an outbox still holds and was refused; gives where they are kept.
 * A comment stands before one that was begun since, a reason gives way to it.
 * @param {Holds} outbox
 * @param {{[name: string]: string}} reasons by client and number
 * @param {Keeps | null} storage
 * @returns {string[]}
 */
export function giveBack({ matrix, client, pending, adopted }, reasons, storage) {
  /** @type {string[]} */
  const slots = [];
  /** @param {string} slot @param {(begun: string | null) => string} text */
  const keep = (slot, text) => {
    try {
      storage?.setItem(slot, text(storage.getItem(slot)));
      slots.push(slot);
    } catch { /* full or forbidden: it was told why, and is lost */ }
  };
  const held = [...adopted, /** @type {const} */ ([client, pending])];
  const refused = held.flatMap(([of, operations]) => (
    operations.filter(([number]) => Object.hasOwn(reasons, `${of}:${number}`))));
  for (const [, verb, said] of refused) {
    if (verb === "comment") {
      keep(commentSlot(matrix, said), begun => [said.text, begun].filter(Boolean).join("\n\n"));
    }
    if (verb !== "change") continue;
    for (const [kind, item, hypothesis, , because] of said) {
      if (kind !== "reason" || !because) continue;
      keep(reasonSlot(matrix, item, hypothesis), begun => begun ?? because);
    }
  }
  return slots;
}
