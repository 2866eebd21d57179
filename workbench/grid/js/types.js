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
 * @property {string} [drawn] names this very giving, none in a report
 * @property {Adding | null} [adds] what may be added here, null where nothing may
 */

/**
 * @typedef {object} Adding
 * @property {string} none the title that says none of the hypotheses is true
 * @property {{[key: string]: string}} request the act that adds it
 */

/**
 * An item, its ratings and the published ones as digits, the published reasons and those
 * that differ from them by column, and its emphasis.
 * @typedef {[Item, string, string, {[column: string]: string}, {[column: string]: string},
 *   number]} Row
 */

/**
 * The cells of a column, alike by row: its hypothesis, ratings, published ones, reasons.
 * @typedef {[string, string, string, {[row: string]: string}, {[row: string]: string}]} Column
 */

/**
 * What turns the grid of one case into that of the next. Rows come with their place among
 * all; what is alike is left out.
 * @typedef {object} Shape
 * @property {string} from the base that this is laid over
 * @property {string} base
 * @property {string} [question]
 * @property {Payload["hypotheses"]} [hypotheses] all of them
 * @property {Payload["sources"]} [sources] all of them
 * @property {string[]} gone items
 * @property {[number, ...Row][]} rows
 * @property {Column[]} columns
 * @property {string[] | null} order all items, where those that stay change places
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
 * @property {boolean} [blind] whether no score is shown, since a round is rated blind
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
 *   | [number, "comment" | "withdraw", object]
 *   | [number, "return", string | null, Change[]?]
 *   | [number, "undo" | "redo", null, Change[]?]} Operation
 */

/** @typedef {{id: string, item: string, text: string}} NearAdded */

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
 * @property {NearAdded[]} [near] items just added that another nearly says already
 * @property {string} [stale] the news for which the page has to be drawn anew
 * @property {boolean} undo
 * @property {boolean} redo
 * @property {string} [base]
 * @property {number} [revision]
 * @property {boolean} [repair] whether patches put right what was refused
 * @property {Shape} [shape] what the case has become since the base that was told
 * @property {Payload} [whole] the same where nobody remembers that base
 * @property {Patch[]} [patches]
 * @property {Frame | null} [frame]
 */

/**
 * What a form of the case's texts is given.
 * @typedef {object} FormAction
 * @property {string} label
 * @property {object} [request]
 * @property {"undo" | "redo"} [verb] in place of an act
 * @property {string} [confirm] what goes along, said first
 * @property {string} [reason] what a reason beside the button is called; it may be left out
 * @typedef {object} Way
 * @property {string} label
 * @property {{[key: string]: any}} request
 * @property {string} key of the request that the text is for
 * @typedef {object} Adder
 * @property {string} label
 * @property {string} placeholder
 * @property {{[key: string]: any}} request
 * @property {string} key of the request that the text is for
 * @property {boolean} [many] a line each where a list is pasted
 * @property {string} [name] what the field is called, if not by its button
 * @property {Way[]} [also] what else can be made of the text; then only a button makes it
 * @property {boolean} [near] ask, while one types, what there is like it
 * @typedef {object} FormData
 * @property {string} matrix
 * @property {string} form
 * @property {import("./fields.js").Field[]} fields
 * @property {FormAction[]} actions
 * @property {Adder[]} adders
 * @property {{[field: string]: import("./notes.js").Note[]}} notes what is said of fields
 * @property {{text: string, notes: import("./notes.js").Note[]}} near of what is being added
 */

export {};
