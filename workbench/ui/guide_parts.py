"""What the Guide says, as plain tables; the page puts them on screen.

That the commands are those of the command line is for a test to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workbench.case.model import (
    Case,
    Consistency,
    Evidence,
    Hypothesis,
    LevelWord,
    Question,
    Rating,
)
from workbench.method.matrix import build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, assess
from workbench.wording import code, scored, shown

EXPECTED: Final[Mapping[Consistency, str]] = {
    Consistency.CC: "it is very much what we would expect to see",
    Consistency.C: "it is what we would expect to see",
    Consistency.N: "we would expect it neither more nor less",
    Consistency.I: "it would surprise us",
    Consistency.II: "it would surprise us very much",
    Consistency.NA: "it does not bear on this hypothesis",
}


def _entries(text: str) -> tuple[tuple[str, ...], ...]:
    """Read entries parted by empty lines, their columns parted by a double colon."""
    folded = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    return tuple(tuple(entry.split(" :: ")) for entry in folded)


STEPS: Final = _entries("""
Name the hypotheses, with people who see it differently. :: Question: what each says,
what it predicts and what would refute it. Keep room for “none of these”.

List the evidence and arguments, for and against each. :: Evidence: items are evidence,
assumptions, or absences: what should be there and is not.

Build the matrix and judge what each item tells. :: Matrix: rate along a row, one item
against all hypotheses, before the next item. Diagnosticity is beside it.

Refine: think again about hypotheses, drop what tells nothing. :: Matrix: rows that do
not separate the hypotheses can be filtered. An item is left out, never deleted; a
hypothesis is parked or rejected, and kept.

Draw tentative conclusions by trying to disprove. :: The ranking goes by inconsistency,
least first. What fits a hypothesis adds nothing to it.

Ask how much hangs on a few items, and what if they were wrong or planted. ::
Robustness: the fewest ratings that would change the first place, where an emphasis tips
it, and the ranks without each item, source and origin. Matrix: drag an emphasis and
watch.

Report on all hypotheses, not the first alone. :: Report: every hypothesis with its
coverage and flags, the ties as ties, the limits with the result.

Say what would show that things are taking another course. :: Question: indicators, each
with a date by which it should be seen.
""")

LIMITS: Final = _entries("""
**A score is never a probability**, and cannot be turned into one. It knows no base
rates.

**The method has not been shown to remove bias** or to make judgments more accurate.
What it does is to leave a record that others can check and contest.

**It knows only the hypotheses it was given.** Rows that go against all of them point to
one that is missing.

**A vague hypothesis contradicts little** and so comes out well. That is what the flags
are for.

**It takes ratings at their word.** Whether they are sound depends on whoever rates, and
whether a source deceives is not in the numbers.

**Other published rules can rank otherwise.** “All six rules” on the Matrix shows them
beside each other; where they differ, say so.
""")

ROUND: Final = _entries("""
Begin :: A lead names who takes part, and by when if that matters. The case is frozen:
items, hypotheses, levels and origins.

Rate blind :: Each rates every cell alone, in an order of rows and columns of their own.
No published rating, score, ranking or other person is in view; what is unrated counts
down.

Lock :: Whoever has done rating locks. The lock can be taken back until the reveal; an
edit by a lead opens the rows that it touches.

Reveal :: Once all have locked, or at the deadline, everybody's ratings are shown, with
who had not locked. Nobody waits for who lost the role to rate.

Discuss :: The cells in which they differ, by what that does to the scores: reasons
before names, and from each the strongest reason against their own rating.

Rate again :: In private once more, if the lead asks for it. Both times are kept, and a
change towards the others without a new reason is told apart from one that has one.

Adjudicate :: A lead can put a code with its reason beside everybody's own, never over
it. Who differs stays in the report, in their own words.

Close :: What follows is open work, until the next round.
""")

ROLES: Final = _entries("""
reader :: reads everything in the case, of a round what is revealed

analyst :: also judges, comments, names moments of the ledger and, outside rounds, edits
the case

reviewer :: reads, comments, and marks faults of the ledger as seen

lead :: all of it, leads rounds, publishes, and gives roles
""")

COMMANDS: Final = _entries("""
serve :: opens the case in the browser

check :: says what is wrong with a case, and what a reviewer would ask

score :: ranks the hypotheses

sensitivity :: finds what the ranking hangs on

report :: writes the report as html, pdf, docx, xlsx, md, csv or json

import :: makes a case of another tool's file, and says what it could not carry

export :: writes the case for another tool, or as json

new :: starts an empty case in a new folder

case list :: prints the cases of a store

case import :: brings the case of a folder into a store

case export :: writes a case of a store into a new folder

role list :: prints who may do what in the case, where people sign in

role set :: gives somebody a role

role remove :: takes a role away

backup :: writes a whole store into one file

restore :: fills an empty store from such a file

ledger list :: prints who judged what, when and why

ledger verify :: checks the chains of hashes, and prints where each ends

ledger export :: writes all entries as lines of JSON

ledger import :: merges the entries of another copy into this one
""")

FILES: Final = """
A case is a folder of plain text in YAML, one file for each hypothesis and each item:

- `hypotheses/_question.yaml` holds the question; its neighbours are the hypotheses;
- `evidence/_sources.yaml` lists the sources; its neighbours are the items, each with
  its published ratings and their reasons;
- `.workbench/ledger.sqlite3` is the ledger: every judgment made here, with who, when
  and why. Entries are added, never changed; undo adds one. Nothing of yours is in the
  case's files until you publish it on the Report page.

`workbench new FOLDER --question "Why did it happen?"` makes an empty case whose files
explain their own form. Edit them with any editor; the next page you open reads them
again, and whatever is wrong is listed with its file and line.

A folder that holds several cases is served as a whole, with a list to choose from. Each
case keeps a ledger of its own, unless `--ledger` names one for all of them.

The page Cases imports a file of another tool: it shows what was understood before it
writes anything. With a single case the Report page does so. It also writes the case for
another tool, and lists what that tool cannot carry.

To work on two machines without a server, run `workbench ledger export` on the one and
`workbench ledger import` on the other. Merging twice does no harm.
"""


def _item(
    label: str, title: str, codes: tuple[str, str], credibility: LevelWord
) -> Evidence:
    ratings = {
        id_: Rating(Consistency(code))
        for id_, code in zip(("storm", "collision"), codes, strict=True)
    }
    return Evidence(
        label.lower(), label, title, title, credibility=credibility, ratings=ratings
    )


EXAMPLE: Final = Case(
    Question("Why did the ship go down?", "The ship"),
    (
        Hypothesis("storm", "H1", "A storm", "It went down in a storm."),
        Hypothesis("collision", "H2", "A collision", "It was run into."),
    ),
    evidence=(
        _item("E1", "The harbour log has a calm sea", ("II", "N"), "high"),
        _item("E2", "The plates at the bow are torn inwards", ("N", "CC"), "medium"),
        _item("E3", "No other ship was reported near", ("N", "I"), "low"),
        _item("E4", "The crew sent no call for help", ("C", "C"), "high"),
    ),
)
EXAMPLE_READ: Final = (
    "E1 decides, because a calm sea would surprise us very much if there had been a "
    "storm, and the log is credible. E2 fits the collision very well and adds nothing "
    "to its score: what fits does not prove. E4 weighs as much as E1 and tells "
    "nothing, since it fits both. All hangs on the log: without E1 the order turns."
)


def example() -> Assessment:
    """Assess the example as any case is."""
    return assess(build(EXAMPLE))


def example_table(now: Assessment) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Give the example's heads and rows, its scores last."""
    heads = ("", *(f"{h.label} {h.title}" for h in EXAMPLE.hypotheses), "Weight")
    rows = [
        (
            f"**{item.label}** {item.title}",
            *(code(item.ratings.get(h.id)) for h in EXAMPLE.hypotheses),
            shown(weighed.weight),
        )
        for item, weighed in zip(EXAMPLE.evidence, now.evidence, strict=True)
    ]
    return heads, [
        *rows,
        ("**Inconsistency**", *(scored(one) for one in now.hypotheses), ""),
    ]


RULE_HEADS: Final = (
    "Rule",
    "CC\u00a0C\u00a0N\u00a0I\u00a0II",
    "Low, medium, high",
    "Ranks by",
    "From",
    "Mind",
)


def rule_rows() -> Iterator[tuple[str, ...]]:
    """Give what each rule counts, where it comes from and what to mind."""
    for one in SCHEMES.values():
        yield (
            one.title,
            _numbers(one.cells[:5]),
            _numbers(one.levels or ()) or "not counted",
            "least first" if one.least_first else "most first",
            one.publication,
            one.caution or "The default.",
        )


def _numbers(values: Sequence[float]) -> str:
    """Print numbers on one line, with proper minus signs."""
    texts = (f"{value:.3g}".replace("-", "\u2212") for value in values)
    return "\u00a0\u00a0".join(texts)
