"""Where the program itself speaks of what is likely: with its probabilities alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.method.matrix import build
from workbench.method.probability import judged
from workbench.report import make
from workbench.wording.likely import Scale, ranges, words
from workbench.wording.sources import CREDIBILITY

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "workbench"
WORDS = re.compile(
    r"\b((un)?(certain|certainly|likely|probable|probably)|improbable)\b",
    re.IGNORECASE,
)
OF_PROBABILITY = {
    "method/scales.py",
    "method/probability.py",
    "method/coherence.py",
    "wording/likely.py",
    "wording/mixing.py",  # looks for them in what is written by hand
    "charts/probability_charts.py",
    "ui/probability_parts.py",
    "ui/pages/probability.py",
    "report/content/probabilities.py",
}
PARTS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def spoken(path: Path) -> list[str]:
    """Give every text in a module but what explains the code."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    explains = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, PARTS) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in explains
    ]


def test_words_of_likelihood_stand_with_probabilities_alone():
    """The words of the Admiralty's scale of credibility are that scale's own."""
    said = {
        (str(path.relative_to(PACKAGE)), text)
        for path in PACKAGE.rglob("*.py")
        for text in spoken(path)
        if WORDS.search(text) and text not in CREDIBILITY.values()
    }
    assert {one for one in said if one[0] not in OF_PROBABILITY} == set()
    assert "method/scales.py" in {where for where, _ in said}


@pytest.mark.parametrize("ending", ["js", "css", "html", "jinja", "typ"])
def test_no_other_text_of_the_program_has_them(ending):
    for path in sorted(PACKAGE.rglob(f"*.{ending}")):
        assert not WORDS.search(path.read_text(encoding="utf-8")), path


def test_the_shipped_case_is_called_almost_certain_only_if_all_eight_ways_call_it_so():
    case = folder.load(ROOT)
    own = Judgments(priors={h.id: 0.25 for h in case.hypotheses})
    found = judged(build(case, own))
    every = any(
        {words(Scale.ICD_203, way.probabilities[place]) for way in found.ways}
        == {"almost certain"}
        for place in range(len(found.point.hypotheses))
    )
    scales = [f"{term}, {range_}" for scale in Scale for term, range_ in ranges(scale)]
    said = make(case, own, to="md", date=case.question.as_of).decode()
    for text in scales:
        said = said.replace(text, "")
    assert ("almost certain" in said) == every
