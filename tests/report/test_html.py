"""The html report: one file, no network, text as text, readable without scripts."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser

import pytest

from tests.builders import make_case
from tests.report.hostile import DATE, HOSTILE, case, own
from workbench import wording
from workbench.report import make
from workbench.report.html import embedded

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2"),
    *("h3", "dl", "div", "dt", "dd", "nav", "ol", "li", "main", "section", "ul", "pre"),
    *("code", "article", "table", "caption", "thead", "tbody", "tfoot", "tr", "th"),
    *("td", "small", "svg", "rect", "footer", "script"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "href", "dir", "id"),
    *("aria-label", "aria-labelledby", "aria-hidden", "role", "tabindex", "scope"),
    *("title", "viewbox", "preserveaspectratio", "width", "height", "type"),
    "data-live-grid",
}
VOID = {"meta", "rect"}


class Page(HTMLParser):
    """Reads a page and notes what is in it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.blocks: dict[str, list[str]] = {"style": [], "script": []}
        self.feed(data.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in self.blocks:
            self.blocks[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in self.blocks:
            self.blocks[self.open[-1]][-1] += data
        else:
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def page(*rows, **other) -> Page:
    return Page(
        make(make_case(*rows or ("E1: C I", "E2: N II")), to="html", date=DATE, **other)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_nothing_else(text):
    data = make(case(text), own(text), to="html", date=DATE, analyst="a")
    found = Page(data)
    assert {tag for tag, _ in found.elements} <= ELEMENTS
    assert {name for _, attrs in found.elements for name in attrs} <= ATTRIBUTES
    assert len(found.all("script")) == 2
    shown = wording.plain(text).strip()
    assert shown in "".join(found.text)
    assert json.loads(found.blocks["script"][0])["evidence"][0]["statement"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_same_elements_stand_whatever_the_texts_say(text):
    plain = Page(make(case("x"), own("x"), to="html", date=DATE, analyst="a"))
    found = Page(make(case(text), own(text), to="html", date=DATE, analyst="a"))
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in plain.elements]


def test_nothing_is_fetched_from_anywhere():
    found = page()
    for tag, attrs in found.elements:
        assert "src" not in attrs
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        if "href" in attrs:
            assert tag == "a"
            assert attrs["href"].startswith("#")
    for css in found.blocks["style"]:
        assert css.count("url(") == css.count('url("data:font/woff2;base64,')
        assert "@import" not in css
    script = found.blocks["script"][1]
    assert not re.search(
        r"\bimport\b\s*[({'\"]|\bfetch\(|XMLHttpRequest|WebSocket", script
    )
    assert "export default" not in script


def test_the_policy_allows_exactly_the_inline_blocks():
    found = page()
    policy = next(
        attrs["content"]
        for attrs in found.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    allowed = set(re.findall(r"'(sha256-[^']+)'", policy))
    blocks = [*found.blocks["style"], found.blocks["script"][1]]
    hashed = {
        "sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()
        for one in blocks
    }
    assert allowed == hashed
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_every_link_of_the_contents_leads_somewhere():
    found = page()
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in found.all("a")} <= set(ids)


def test_headings_go_down_one_level_at_a_time():
    levels = [int(tag[1]) for tag, _ in page().elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_tables_have_captions_and_scoped_headers():
    found = page()
    assert len(found.all("caption")) == len(found.all("table"))
    assert all(attrs.get("scope") in ("col", "row") for attrs in found.all("th"))


def test_the_live_grid_gets_what_the_screen_gets():
    data = json.loads(page().blocks["script"][0])
    assert data["mode"] == "report"
    assert [one["id"] for one in data["evidence"]] == ["e1", "e2"]
    assert data["ratings"] == "1324"


def test_the_matrix_is_there_without_scripts():
    text = make(make_case("E1: CC II NA -"), to="html", date=DATE).decode()
    for code in ("CC", "II", "NA"):
        assert f'<td class="code {code}">{code}</td>' in text
    assert '<td class="code unrated"></td>' in text


def test_embedded_json_ends_no_script_and_reads_back():
    value = {"a": "</script><!-- \u2028\u2029 & <b>", "b": ["\ud800", 1.5, None]}
    text = embedded(value)
    assert not set("<>&\u2028\u2029\ud800") & set(text)
    assert json.loads(text) == value


def test_the_handling_line_stands_above_and_below_and_on_each_printed_page():
    text = make(case('TLP:AMBER "x"} </style>'), to="html", date=DATE).decode()
    assert text.count('<p class="handling"') == 2
    line = r"TLP\3a AMBER\20 \22 x\22 \7d \20 \3c \2f style\3e "
    assert f'@top-left{{content:"{line}"}}' in text
