"""Begins a case: an empty one, whose files explain themselves, or the example's copy.

What is in a case is for a person to write; nothing is filled in here but the question.
"""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from workbench.case import folder
from workbench.errors import WorkbenchError

_TITLE: Final = 60  # characters of a title, which the question gives at first
_NAME: Final = 60  # characters of a folder's name


def named(text: str, otherwise: str) -> str:
    """Make a name of a text that every file system takes: an id's letters alone.

    `otherwise` is the name of a text that has no such letter.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:_NAME].strip("-") or otherwise


def free_name(library: Path, text: str, taken: Collection[str] = ()) -> str:
    """Name a folder for a new case after a text, so that no other has the name.

    `taken` are names to be given away beside those in the library.
    """
    stem = named(text, "case")
    name, number = stem, 1
    while name in taken or (library / name).exists():
        number += 1
        name = f"{stem}-{number}"
    return name


def unique_id(text: str) -> str:
    """Name a new case for ledger, store and browser: after a text, and like no other.

    Drawn, since two cases after one question are two cases on any two machines.
    """
    return f"{named(text, 'case')}-{secrets.token_hex(3)}"


def begin_in(library: Path, question: str) -> str:
    """Begin a case in a new folder beside others, and give the folder's name.

    Raises WorkbenchError where there is no question.
    """
    name = free_name(library, question)
    begin(library / name, question)
    return name


def begin(case: Path, question: str) -> None:
    """Write an empty case into a folder that is new or empty.

    Raises WorkbenchError where there is no question, or something in the folder.
    """
    asked = " ".join(question.split())
    if not asked:
        raise WorkbenchError("question: empty; ask what the hypotheses are to answer")
    folder.require_vacant(case)
    title = asked if len(asked) <= _TITLE else asked[: _TITLE - 1] + "\u2026"
    stated = _QUESTION.replace("ID\n", folder.dump({"id": unique_id(asked)}), 1)
    stated = stated.replace("QUESTION\n", folder.dump({"question": asked}), 1)
    stated = stated.replace("TITLE\n", folder.dump({"title": title}), 1)
    with _whole(case):
        folder.write_text(case / folder.SOURCES_FILE, _SOURCES)
        folder.write_text(case / folder.QUESTION_FILE, stated)


@contextmanager
def _whole(case: Path) -> Iterator[None]:
    """Leave nothing behind in a vacant folder where what is written fails midway."""
    was_there = case.exists()
    try:
        yield
    except OSError:
        for part in (folder.HYPOTHESES, folder.EVIDENCE):
            shutil.rmtree(case / part, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                case.rmdir()
        raise


def example_folder() -> Path:
    """Give the folder of the shipped case: in the package, or beside it in a checkout.

    Raises WorkbenchError where it is in neither.
    """
    package = Path(__file__).resolve().parents[1]
    for place in (package / "example", package.parent):
        if folder.is_case(place):
            return place
    raise WorkbenchError("the example is missing; install the workbench again")


def begin_example(case: Path) -> None:
    """Copy the shipped case into a folder that is new or empty, under an id of its own.

    Raises WorkbenchError where something is in the folder.
    """
    folder.require_vacant(case)
    shipped = example_folder()
    parts = [
        path.relative_to(shipped)
        for part in (folder.HYPOTHESES, folder.EVIDENCE)
        for path in sorted((shipped / part).glob("*.yaml"))
    ]
    # The question goes last: only with it does the folder hold a case.
    parts.sort(key=lambda part: part.as_posix() == folder.QUESTION_FILE)
    with _whole(case):
        for part in parts:
            text = (shipped / part).read_text(encoding="utf-8")
            if part.as_posix() == folder.QUESTION_FILE:
                own = folder.dump({"id": unique_id("example")})
                text = own + re.sub(r"^id:.*\n", "", text, flags=re.MULTILINE)
            folder.write_text(case / part, text)


def begin_example_in(library: Path) -> str:
    """Copy the shipped case into a new folder beside others, and give its name."""
    name = free_name(library, "example")
    begin_example(library / name)
    return name


_QUESTION: Final = """\
# Names the case in ledgers, whatever its folder is called; leave it as it is.
ID
# What the hypotheses answer. This file makes the folder a case.
QUESTION
# Short, for headings.
TITLE
# The version of this folder's form.
format: 1

# Optional; take away the # in front of what you fill in:
# as_of: 2026-01-31                  # the date the evidence runs to
# background: >
#   What a reader has to know first.
# rule: weighted-inconsistency       # how to score unless told otherwise
# handling: Open source              # a marking that every report carries
# assumptions:                       # key assumptions: a text, or its parts
#   - Nobody has tampered with the records.
#   - text: The log was kept at the time.
#     basis: Its ink is that of the entries around it.
#     confidence: moderate           # low, moderate or high
#     breaks_if: A page is younger than the others.
#     carries: [bad-weather]         # the hypotheses that fall with it
# outcome: {hypothesis: bad-weather, known: 2026-03-01}   # once the answer is known

# Each hypothesis is a file of its own beside this one. The file's name, in lower-case
# letters, digits and hyphens, is the hypothesis's id; say, hypotheses/bad-weather.yaml:
#
# label: H1                          # required, unique; hypotheses stand in this order
# title: Bad weather                 # required
# statement: >                       # required
#   The ship went down in a storm.
# status: active                     # active, parked or rejected
# predicts:                          # what we would see if it were true
#   - Other ships report a storm.
#   - text: The wreck lies where the wind would have driven her.
#     by: 2026-06-30
#     state: open                    # open, observed or not-observed
#     ratings: {bad-weather: CC, collision: I}   # how it would stand, were it seen
# refuted_by:                        # what would make us drop it
#   - A calm sea in the log of the harbour.
#
# Make them exclude one another, and have at least two.
"""
_SOURCES: Final = """\
# Who says so. Put your sources in the place of the braces, each under an id in
# lower-case letters, digits and hyphens:
#
# harbour-log:
#   name: Log of the harbour         # required
#   publisher: Harbour office
#   published: 2026-01-12            # YYYY, YYYY-MM or YYYY-MM-DD
#   url: https://example.org/log
#   short: The log                   # how sentences speak of it
#   reliability: B                   # A to F; F: cannot be judged, which is not low
#   interest: >                      # whose interest the source serves, if any
#     The office answers for the beacons.
#   serves: [bad-weather]            # the hypotheses that this interest would favour
{}

# Each item of evidence is a file of its own beside this one. The file's name is the
# item's id; say, evidence/calm-sea.yaml:
#
# label: E1                          # required, unique
# title: Calm sea                    # required
# statement: >                       # required
#   The log has a calm sea all night.
# kind: evidence                     # required: evidence, assumption or absence
# date: 2026-01-12                   # of the event
# known: 2026-01-15                  # when it became known, if later
# sources: [{source: harbour-log, at: "p. 3"}]
# origin: harbour-report             # items with one origin repeat one report
# credibility: high                  # low, medium, high, or the multiplier itself
# relevance: medium
# ratings:                           # if the hypothesis were true, would we expect it?
#   bad-weather: {rating: II, because: A storm would be in the log.}
#   collision: N                     # CC, C, N, I, II or NA, by the hypothesis's id
# caveat: The page was copied later.
"""
