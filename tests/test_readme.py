"""What the README names exists, and what exists it names."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from workbench import cli
from workbench.grid.payload import KEYS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e . && "
    ".venv/bin/workbench serve"
)
TESTS = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && "
    ".venv/bin/python -m tests.browser.chromium && .venv/bin/python -m pytest"
)
KEY = re.compile(
    r"(?:Ctrl\+|Shift\+)+(?:Home|End|[A-Z])|Page Up|Page Down|Home|End|Enter|Space"
    r"|Escape|Delete|Arrows|(?<!\S)[0-9a-zA-Z/?+\u2212](?=[\s,;:.]|$)"
)


def section(name: str) -> str:
    return README.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return [row for row in found if set(row[0]) != {"-"}][1:]


def subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def commands() -> list[str]:
    found = []
    for name, parser in subparsers(cli.parser()).items():
        found += [f"{name} {action}" for action in subparsers(parser)] or [name]
    return found


def test_two_commands_of_one_line_and_no_others() -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    plain = [text for language, text in blocks if language in ("", "sh", "bash")]
    assert [t.rstrip() for t in plain if t.count("\n") == 1] == [SET_UP, TESTS]


def test_every_command_is_in_the_table_and_no_other() -> None:
    named = [name.strip("`") for name, _ in rows(section("Command line"))]
    assert named == [f"workbench {name}" for name in commands()]


def test_every_command_named_anywhere_exists() -> None:
    text = re.sub(r"\s+", " ", README)
    known = commands()
    for found in re.findall(r"`workbench ([a-z][^`]*)`", text):
        assert any(found == one or found.startswith(f"{one} ") for one in known), found


@pytest.mark.parametrize(
    "option", sorted(set(re.findall(r"`[^`]*(--[a-z][\w-]*)", README)))
)
def test_every_option_named_exists(option: str) -> None:
    parsers = [cli.parser()]
    for parser in parsers:
        parsers += subparsers(parser).values()
    assert any(option in parser._option_string_actions for parser in parsers)


def test_every_kind_of_key_has_its_row_and_no_other() -> None:
    named = [name for name, _ in rows(section("Keys"))]
    assert named == [name for name, _ in KEYS]


@pytest.mark.parametrize(("name", "text"), KEYS)
def test_a_row_names_the_same_keys_as_the_grid(name: str, text: str) -> None:
    named = dict(rows(section("Keys")))[name]
    told = set(re.findall(r"`([^`]+)`", named))
    of_grid = set(KEY.findall(text)) - (set() if name == "Add" else {"a"})
    codes = {"C", "N", "I"} if name == "Rate" else set()
    strange = {"+", "\u2212"} if name == "Paste" else set()  # codes there, not keys
    assert told - of_grid - codes == set()
    assert of_grid - told - strange == set()


def test_every_file_of_the_case_that_it_shows_is_there() -> None:
    for name in re.findall(r"^((?:hypotheses|evidence)/\S+)", README, re.MULTILINE):
        assert (ROOT / name).is_file(), name


def test_the_item_shown_can_be_read(tmp_path: Path) -> None:
    from workbench.case import folder  # noqa: PLC0415

    shown = README.split("```yaml\n", 1)[1].split("```", 1)[0]
    texts = {
        "hypotheses/_question.yaml": "question: Why?\ntitle: Ship\nformat: 1\n",
        "hypotheses/bad-weather.yaml": "label: H1\ntitle: W\nstatement: W\n",
        "hypotheses/collision.yaml": "label: H2\ntitle: C\nstatement: C\n",
        "evidence/_sources.yaml": "harbour-log: {name: Log of the harbour}\n",
        "evidence/calm-sea.yaml": shown,
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert folder.load(tmp_path).item["calm-sea"].label == "E3"


def test_its_pictures_are_there_and_quick_to_load() -> None:
    named = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", README)
    assert len(named) == 3
    for said, place in named:
        assert len(said) > 20
        assert (ROOT / place).stat().st_size < 150_000
