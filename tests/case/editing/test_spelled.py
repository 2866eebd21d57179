"""However a file of a case is spelled, an edit changes the lines of its field alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings, strategies

from tests.builders import make_case
from workbench.case import folder
from workbench.case.editing import plan as editing
from workbench.case.model import Citation, Consistency, EventDate, Rating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ITEM = {
    "label": "E1",
    "title": "Calm sea at night",
    "kind": "evidence",
    "statement": "The log has a calm sea all night, and two keepers saw it.",
    "sources": [{"source": "s1", "at": "par. 3"}, {"source": "s2"}],
    "tags": ["sea", "night"],
    "ratings": {
        "h1": {"rating": "II", "because": "It was calm."},
        "h2": {"rating": "N"},
    },
    "caveat": "Gr\u00fc\u00dfe the page \u6d77 was copied later.",
}
EDITS = {
    "title": {"title": "Another title"},
    "statement": {"statement": f"{'Words that go on. ' * 9}End."},
    "caveat": {"caveat": ""},
    "tags": {"tags": ("sea", "log")},
    "sources": {"sources": (Citation("s1", "par. 4"),)},
    "ratings": {
        "ratings": {"h1": Rating(Consistency.C, "New."), "h2": Rating(Consistency.N)}
    },
    "date": {"date": EventDate("2026-01-02")},
    "credibility": {"credibility": "low"},
}


class Speller:
    """Writes a document in forms that are chosen as it goes."""

    def __init__(self, choose: Callable[[list[str]], str]) -> None:
        self.choose = choose
        self.anchors = 0

    def chunk(self, key: str, value: object) -> str:
        """Write an entry of the file, with what stands around it."""
        before = self.choose(["", "\n", '# about it: "so"\n', "\n# ---\n\n"])
        return before + "".join(f"{line}\n" for line in self.entry(key, value))

    def entry(self, key: str, value: object) -> list[str]:
        name = self.choose([key, f"'{key}'", f'"{key}"'])
        first, *rest = self.value(value)
        form = self.choose(["plain", "plain", "explicit", "spaced"])
        if form == "explicit":
            return [f"? {name}", f":{first}", *rest]
        return [f"{name}{' ' if form == 'spaced' else ''}:{first}", *rest]

    def value(self, value: object) -> list[str]:
        """Give what follows the colon, and the lines below it."""
        if isinstance(value, list):
            return self.listed(value)
        if isinstance(value, dict):
            return self.mapped(value)
        return self.scalar(str(value))

    def scalar(self, text: str) -> list[str]:
        forms = ["plain", "single", "double", "anchored", "comment", "spaces", "below"]
        form = self.choose(forms + ["folded", "literal", "indicated"] * (" " in text))
        if form in ("folded", "literal", "indicated"):
            head = {"folded": " >-", "literal": " |-", "indicated": " >2-"}[form]
            return [head, f"  {text}"]
        if form == "anchored":
            self.anchors += 1
            return [f" &a{self.anchors} {text}"]
        return {
            "plain": [f" {text}"],
            "single": [f" '{text}'"],
            "double": [f" {json.dumps(text, ensure_ascii=False)}"],
            "comment": [f" {text} # noted"],
            "spaces": [f" {text}  "],
            "below": ["", f"  {text}"],
        }[form]

    def listed(self, values: list[object]) -> list[str]:
        ones = [self.flow(one) for one in values]
        form = self.choose(["flow", "lines", "block", "outdented", "commented"])
        if form == "flow":
            return [f" [{', '.join(ones)}]"]
        if form == "lines":
            return [f" [{ones[0]},", *(f"   {one}," for one in ones[1:]), "   ]"]
        indent = "" if form == "outdented" else "  "
        lines = [f"{indent}- {one}" for one in ones]
        between = [f"{indent}# between"] if form == "commented" else []
        return ["", lines[0], *between, *lines[1:]]

    def mapped(self, values: dict[str, object]) -> list[str]:
        form = self.choose(["flow", "lines", "block", "explicit"])
        ones = [f"{key}: {self.flow(one)}" for key, one in values.items()]
        if form == "flow":
            return [f" {{{', '.join(ones)}}}"]
        if form == "lines":
            return [" {", *(f"  {one}," for one in ones), "  }"]
        if form == "block":
            return ["", *(f"  {one}" for one in ones)]
        below = [(f"  ? {key}", f"  : {self.flow(one)}") for key, one in values.items()]
        return ["", *(line for both in below for line in both)]

    def flow(self, value: object) -> str:
        if isinstance(value, dict):
            if set(value) in ({"rating"}, {"source"}) and self.choose(["", "short"]):
                return str(next(iter(value.values())))
            given_ = [f"{key}: {self.flow(one)}" for key, one in value.items()]
            return f"{{{', '.join(given_)}}}"
        return self.choose([str(value), json.dumps(value)])


def spelled(choose: Callable[[list[str]], str]) -> tuple[str, dict[str, str], str, str]:
    """Give a file's text, its chunks by key, and what stands before and after them."""
    speller = Speller(choose)
    chunks = {key: speller.chunk(key, value) for key, value in ITEM.items()}
    head = choose(["", "---\n", "%YAML 1.1\n---\n", "# head\n--- # begins\n"])
    tail = choose(["", "...\n", "# the end\n", "...\n# after\n"])
    text = head + "".join(chunks.values()) + tail
    end, bom = choose(["\n", "\r\n"]), choose(["", "\ufeff"])
    chunks = {key: one.replace("\n", end) for key, one in chunks.items()}
    head, tail = (one.replace("\n", end) for one in (head, tail))
    whole = bom + text.replace("\n", end)
    if not tail and choose(["", "cut"]):
        whole = whole.removesuffix(end)
    return whole, chunks, bom + head, tail


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(strategies.data())
def test_an_edit_touches_the_lines_of_its_field_however_the_file_is_spelled(
    tmp_path_factory, data
):
    where: Path = tmp_path_factory.mktemp("spelled") / "case"
    folder.write(where, make_case("E1: C I", sources={"e1": ["s1", "s2"]}))
    choose = lambda ones: data.draw(strategies.sampled_from(ones))  # noqa: E731
    text, chunks, head, tail = spelled(choose)
    (where / "evidence/e1.yaml").write_bytes(text.encode())
    case, texts = folder.load(where), editing.read_texts(where)
    for key, fields in EDITS.items():
        after = replace(case, evidence=(replace(case.evidence[0], **fields),))
        (change,) = editing.plan(texts, case, after)
        assert change.changes == (), (key, text)
        assert change.new is not None
        assert change.new.startswith(head)
        assert change.new.endswith(tail)
        at = 0
        for other, chunk in chunks.items():
            if other != key:
                kept = chunk.rstrip("\r\n")
                at = change.new.find(kept, at)
                assert at >= 0, (key, other, text, change.new)
                at += len(kept)
