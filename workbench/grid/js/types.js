// @ts-check
// What passes between server and page: the grid's data, operations, and the answer.

/**
 * What the grid is drawn from, as `payload.py` gives it.
 * @typedef {object} Payload
 * @property {string} matrix names ledger, case and analyst
 * @property {string} [mode] "report" for a page on disk
 * @property {string} base names rows, columns and published ratings
 * @property {number} revision the last entry taken into account
 * @property {[string, string][]} codes each code and its meaning; its place is its number
 * @property {(number | null)[]} spread what diagnosticity is made of, by code
 * @property {import("./words.js").Words} words what is read as a rating when pasted
 * @property {[string, string][]} keys what the keys do
 * @property {[string, string, string, string][]} hypotheses id, label, title, statement
 * @property {string} question what is asked, "" where the page says it elsewhere
 * @property {[string, string, string, number, string][]} sources id, name, reliability,
 *   emphasis, address
 * @property {Item[]} evidence
 * @property {string} ratings a digit a cell, row by row
 * @property {string} baseline likewise, as published
 * @property {{[cell: string]: string}} reasons the published reasons, by cell
 * @property {{[cell: string]: string}} own the reasons that differ from those
 * @property {number[]} emphases
 * @property {Frame} frame
 * @property {boolean} [undo] whether there is an action to undo
 * @property {boolean} [redo]
 * @property {[string, string, string] | null} [focus] item, hypothesis, and a visit's name
 */

/**
 * @typedef {object} Source
 * @property {string} id
 * @property {string} name
 * @property {string} reliability
 * @property {number} emphasis
 * @property {string} url
 */

/**
 * What the server says in words about the matrix as it stands.
 * @typedef {object} Said
 * @property {string} matrix
 * @property {string[]} lines the verdict, then what goes with it
 * @property {string[]} contenders hypotheses
 * @property {string[]} against those with most against them
 * @property {{[item: string]: string[]}} findings what a reviewer would ask, by item
 */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} label
 * @property {string} title
 * @property {string} statement
 * @property {string} caveat
 * @property {string} kind
 * @property {string} date
 * @property {string} grade
 * @property {[number, string][]} sources the place of each source, and where in it
 * @property {string | number} credibility
 * @property {string | number} relevance
 * @property {string} origin
 */

/**
 * What a rule, a level, an origin or an exclusion changes. `changed` gives the weights
 * that differ from those of the frame named by `from`.
 * @typedef {object} Frame
 * @property {string} key
 * @property {string} title
 * @property {boolean} least whether the least score leads
 * @property {number[]} values by code
 * @property {(number | null)[]} [weights] null for an item that takes no part
 * @property {string} [from]
 * @property {[number, number | null][]} [changed]
 */

/**
 * Kind, id, hypothesis, to, because: as the ledger's desk reads it. `to` is null for
 * the baseline.
 * @typedef {[string, string, (string | null)?, (string | number | boolean | null)?, string?]}
 *   Change
 */

/** @typedef {[string, string, string | null, any, string?]} Patch */

/**
 * A number, a verb and what it is about: changes, the emphasis of a slider in mid-drag,
 * or the item that returns to the baseline, null for everything. What a return or a step
 * leaves stays in the browser, which shows it until the server has said what it does.
 * @typedef {[number, "change", Change[]] | [number, "preview", Change] | [number, "act", object]
 *   | [number, "return", string | null, Change[]?]
 *   | [number, "undo" | "redo", null, Change[]?]} Operation
 */

/**
 * What the server says back, as `line.py` gives it; nothing to say is left out.
 * @typedef {object} Settled
 * @property {string} matrix
 * @property {string} heard the batch this answers, "" for none
 * @property {{[client: string]: number}} acks the last number settled, by client
 * @property {string[]} [refused] why operations were refused
 * @property {{[name: string]: string}} [reasons] the same by client and number
 * @property {string} [error] why nothing was saved
 * @property {string} [told] what was undone that the grid does not show
 * @property {boolean} undo
 * @property {boolean} redo
 * @property {string} [base]
 * @property {number} [revision]
 * @property {boolean} [repair] whether patches put right what was refused
 * @property {Patch[]} [patches]
 * @property {Frame | null} [frame]
 */

export {};
