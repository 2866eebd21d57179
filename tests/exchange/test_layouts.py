"""A matrix in any layout is read as it was meant, or refused; no cell vanishes."""

from __future__ import annotations

import json
import random

import pytest

from tests.builders import make_case
from tests.exchange import sheets
from tests.exchange.sheets import FILES, LAYOUTS, NOTATIONS, Drawn, Rows
from tests.report.hostile import DATE
from workbench import exchange
from workbench.case.document import case_document
from workbench.exchange import Choices, Imported, Role, Unreadable, refusal
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.report import make

CASES = 300
QUICK = ("csv", "md", "html", "xlsx")


def read(data: bytes) -> tuple[str, Imported | None]:
    """Read the one matrix of a file; gives the reason where it is refused."""
    try:
        (found,) = exchange.read(data, "f")
    except Unreadable as fault:
        return str(fault), None
    return refusal(found), found


def scores(found: Imported) -> list[float | None]:
    standings = assess(build(found.case)).hypotheses
    return [None if h.rank is None else round(h.score, 6) for h in standings]


def expected(one: Drawn) -> list[float | None]:
    return [None if score is None else round(score, 6) for score in one.scores()]


def check(seed: int, layout: str, form: str) -> str:
    """Draw, write and read one case; gives "read" or the reason for a refusal."""
    rng = random.Random(seed)
    one, rows = sheets.sheet(rng, layout, rng.choice(NOTATIONS))
    said, found = read(FILES[form](rng, rows))
    if said or found is None:
        assert said
        return said
    assert [h.title for h in found.case.hypotheses] == one.hypotheses
    assert scores(found) == expected(one)
    assert found.listed == ()
    titles = [item.title for item in found.case.evidence]
    left = {cell.content for cell in found.left}
    assert [t for t in one.items if t in titles] == titles
    assert set(one.items) - set(titles) <= left
    return "read"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_matrix_laid_out_at_random_scores_the_same_or_is_refused(layout):
    order = list(LAYOUTS).index(layout)
    told = [
        check(order * 1_000 + n, layout, QUICK[n % len(QUICK)])
        for n in range(CASES // len(LAYOUTS))
    ]
    refused = [said for said in told if said != "read"]
    # What is refused does not say whether its rows are items.
    assert all("items or hypotheses" in said for said in refused)
    assert len(refused) <= CASES // len(LAYOUTS) // 5


@pytest.mark.parametrize("seed", range(6))
def test_a_spreadsheet_of_another_program_scores_the_same(seed):
    layout = list(LAYOUTS)[seed]
    assert check(90_000 + seed, layout, "ods")


# ------------------------------------------------------------------ nothing vanishes


def noised(rng: random.Random, rows: Rows) -> list[str]:
    """Put strange words into cells, filled or empty; gives the words."""
    found = []
    for number in range(rng.randint(1, 4)):
        row = rng.choice([line for line in rows if len(line) > 1])
        word = f"qz{number}{rng.choice(('', ' odd', ' of the port and its owners'))}"
        row[rng.randrange(len(row))] = word
        found.append(word)
    for number in range(rng.randint(0, 2)):
        word = f"qn{number} beside"
        place = rng.randint(0, len(rows))
        rows.insert(place, [*[""] * rng.randint(0, 6), word])
        found.append(word)
    return [word for word in found if any(word in line for line in rows)]


def told_of(found: Imported) -> str:
    """Give everything that is kept or said of a file, as one text."""
    cells = [(c.place, c.content) for c in (*found.listed, *found.left)]
    ratings = [r.because for e in found.case.evidence for r in e.ratings.values()]
    heads = [one.head for one in found.taken]
    kept = [case_document(found.case), cells, ratings, heads, found.understood]
    return json.dumps(kept, ensure_ascii=False, default=str)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_filled_cell_is_carried_or_listed_with_its_place(layout):
    order = list(LAYOUTS).index(layout)
    for n in range(40):
        rng = random.Random(order * 10_000 + n)
        _, rows = sheets.sheet(rng, layout, rng.choice(NOTATIONS))
        noise = noised(rng, rows)
        form = rng.choice(("csv", "md", "html"))
        try:
            every = exchange.read(FILES[form](rng, rows), "f")
        except Unreadable:
            continue
        told = "".join(map(told_of, every))
        assert [word for word in noise if word not in told] == [], rows
        for found in every:
            assert found.filled == found.read + len(found.listed)


def test_an_unread_cell_is_listed_and_a_tenth_of_them_is_too_much():
    lines = ["Evidence,H1 Storm,H2 Sabotage", *(f"Item {n},C,I" for n in range(9))]
    for unread in (1, 2):
        rows = [*lines, *(f"Odd {n},whatever {n},N" for n in range(unread))]
        (found,) = exchange.read("\n".join(rows).encode(), "f")
        assert [c.place for c in found.listed] == [f"B{11 + n}" for n in range(unread)]
        assert bool(refusal(found)) is (unread * 10 > found.filled)
    rows = [*lines, "Odd one,whatever,N", "Odd two,what else,N", "Odd three,so,"]
    (found,) = exchange.read("\n".join(rows).encode(), "f")
    assert "3 of 23 cells cannot be read" in refusal(found)


# ------------------------------------------------------------------ what a person says

MESSY = (
    b"What,Strength,Likely for storm,Rival,Where from\n"
    b"Calm sea,3,Improbable,fits well,Tide office\n"
    b"Hull was cut,1,Improbable,fits well,Diver\n"
    b"No log,2,fits well,Improbable,Yard\n"
)


def test_what_a_person_says_of_columns_and_words_comes_before_any_guess():
    said, found = read(MESSY)
    assert said
    choices = exchange.choices.made(
        [
            ("Strength", "weight"),
            ("where FROM", "source"),
            ("What", "item"),
            ("Likely for storm", "hypothesis"),
            ("Rival", "hypothesis"),
        ],
        [("improbable", "II"), ("Fits Well", "C")],
    )
    (found,) = exchange.read(MESSY, "f", choices)
    assert refusal(found) == ""
    assert [h.title for h in found.case.hypotheses] == ["Likely for storm", "Rival"]
    assert scores(found) == [8.0, 4.0]
    assert [s.name for s in found.case.sources] == ["Tide office", "Diver", "Yard"]


def test_a_column_that_is_left_out_is_listed_cell_by_cell():
    data = b"Evidence,H1 A,H2 B,H3 C\nCalm,II,C,so\nHull,I,C,la\n"
    (found,) = exchange.read(data, "f", Choices({"h3 c": Role.LEAVE_OUT}))
    assert [h.title for h in found.case.hypotheses] == ["A", "B"]
    assert [(c.place, c.content) for c in found.left] == [("D2", "so"), ("D3", "la")]
    assert refusal(found) == ""


PLAIN = b"Evidence,Weight,H1 A,H2 B\nCalm,1,II,C\n"


def test_a_choice_for_a_column_that_is_nowhere_is_refused_with_the_names():
    with pytest.raises(Unreadable, match="no column is called “weigth”; there are “E"):
        exchange.read(PLAIN, "f", exchange.choices.made([("Weigth", "weight")], []))


def test_a_choice_has_no_meaning_for_a_tool_whose_file_is_known():
    choices = exchange.choices.made([], [("x", "C")])
    with pytest.raises(Unreadable, match="its columns and words are known"):
        exchange.read(b'{"achMatrices": []}', "f", choices)


def test_choices_come_back_from_the_file_they_are_kept_in():
    made = exchange.choices.made(
        [("Weight=1", "relevance"), ("Off: or on", "leave-out"), ("NO", "hypothesis")],
        [("no", "I"), ("12:30", "unrated"), ("✓✓", "CC"), ("#x", "NA"), ("a = b", "N")],
    )
    kept = exchange.choices.written(made)
    assert exchange.choices.read(kept, "choices.yaml") == made
    over = exchange.choices.made([], [("no", "II")], accept=True)
    both = exchange.choices.read(kept, "choices.yaml", over)
    assert both.words["no"] == "II"
    assert both.columns == made.columns
    assert both.accept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: {Weight: heavy}\n", "choices.yaml:1: columns.Weight: 'heavy' is no"),
        (
            "words:\n  fits: CCC\n",
            "choices.yaml:2: words.fits: 'CCC' is no code; use o",
        ),
        ("word: {}\n", "choices.yaml:1: word: unknown key; use one of columns, words"),
        ("words: {a: C, a: I}\n", "stands here a second time"),
        ("", "choices.yaml:"),
    ],
)
def test_a_file_of_choices_at_fault_is_told_with_its_line(text, says):
    with pytest.raises(exchange.choices.ContentErrors) as fault:
        exchange.choices.read(text.encode(), "choices.yaml")
    assert says in str(fault.value)


# ------------------------------------------------------------------ our own report


@pytest.mark.parametrize("to", ["xlsx", "md", "html"])
def test_our_own_report_gives_its_matrix_without_being_asked_which(to):
    case = make_case(
        "E1: CC C I", "E2: N I II", "E3: I C C", credibility={"e2": "high"}
    )
    (found,) = exchange.read(make(case, to=to, date=DATE), f"r.{to}")
    assert refusal(found) == ""
    tolerance = 1e-6 if to == "xlsx" else 0.011  # the others print two decimals
    assert scores(found) == pytest.approx(
        [h.score for h in assess(build(case)).hypotheses], abs=tolerance
    )
    assert len(found.case.evidence) == 3
    assert "worked out from the matrix" in " ".join(found.dropped)


# ------------------------------------------------------------------ several analysts


def test_labels_of_items_are_never_taken_for_grades():
    down = "Hypothesis,E1: Calm sea,E2: Hull cut\nStorm,II,I\nSabotage,C,CC\n"
    across = ",What,H1 Storm,H2 Sabotage\nE1,Calm sea,II,C\nE2,Hull cut,I,CC\n"
    for text in (down, across):
        (found,) = exchange.read(text.encode(), "f")
        assert [item.label for item in found.case.evidence] == ["E1", "E2"]
        assert [item.grade for item in found.case.evidence] == ["", ""]
        assert scores(found) == [3, 0]


def test_a_sheet_of_two_matrices_gives_both():
    text = (
        "Evidence,H1 Storm,H2 Sabotage\nCalm,II,C\nHull,I,CC\n\nSecond question\n"
        "Evidence,H1 Debt,H2 Ice,H3 Fraud\nLetter,C,I,N\nThaw,N,II,C\n"
    )
    first, second = exchange.read(text.encode(), "f")
    assert scores(first) == [3, 0]
    assert scores(second) == [0, 3, 0]
    assert second.case.question.question == "Second question"


def test_a_legend_in_a_table_of_its_own_is_that_of_the_matrix():
    matrix = "|Evidence|Storm|Sabotage|\n|-|-|-|\n|Sea|5|1|\n|Hull|2|4|\n"
    told = "\n|Score|Meaning|\n|-|-|\n|5|very consistent|\n|1|very inconsistent|\n"
    for text in (matrix + told, told + "\n" + matrix):
        (found,) = exchange.read(text.encode(), "f")
        assert refusal(found) == ""
        assert scores(found) == [1, 2]


def test_two_items_with_a_rating_each_are_no_legend():
    text = "|Evidence|Storm|\n|-|-|\n|A|I|\n|B|CC|\n"
    other = "\n|Evidence|Debt|Ice|\n|-|-|-|\n|Sea|5|1|\n|Hull|II|I|\n"
    found = exchange.read((text + other).encode(), "f")
    assert [len(one.case.evidence) for one in found] == [2, 2]


def test_rows_of_a_group_stand_under_a_heading_that_is_no_item():
    text = "Evidence,H1 A,H2 B\nPhysical,,\nSea,II,C\nHull,C,I\nHearsay,,\nLamp,C,N\n"
    (found,) = exchange.read(text.encode(), "f")
    assert [item.title for item in found.case.evidence] == ["Sea", "Hull", "Lamp"]
    assert [c.content for c in found.left] == ["Physical", "Hearsay"]


def test_the_sum_of_the_weights_is_no_item():
    text = "Evidence,Weight,H1 A,H2 B\nSea,0.4,II,C\nHull,0.6,C,I\nSum of weights,1,,\n"
    (found,) = exchange.read(text.encode(), "f")
    assert scores(found) == [0.8, 0.6]
    assert [c.place for c in found.left] == ["A4", "B4"]


def test_hypotheses_may_be_numbered_in_cyrillic():
    text = "Evidence,\u04131 Fire,\u04132: Arson\nDoor,II,C\n"
    (found,) = exchange.read(text.encode(), "f")
    assert [(h.label, h.title) for h in found.case.hypotheses] == [
        ("H1", "Fire"),
        ("H2", "Arson"),
    ]
