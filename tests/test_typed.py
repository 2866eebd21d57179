"""Every field of Streamlit's own that takes text sends it as one types, or keeps it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODULES = sorted((Path(__file__).parents[1] / "workbench/ui").rglob("*.py"))
TYPED = ("text_input", "text_area", "chat_input", "data_editor", "number_input")
DATES = ("date_input", "datetime_input", "time_input")


def called(module: Path) -> list[ast.Call]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [one for one in ast.walk(tree) if isinstance(one, ast.Call)]


def calls(found: list[ast.Call], of: str, names: tuple[str, ...]) -> list[ast.Call]:
    return [
        one
        for one in found
        if isinstance(one.func, ast.Attribute)
        and isinstance(one.func.value, ast.Name)
        and (one.func.value.id, one.func.attr in names) == (of, True)
    ]


def fields(module: Path) -> dict[str, bool]:
    """Give the fields of a module by their labels: whether what is typed lasts.

    Only a short text can be sent as one types; whatever else there is keeps a draft,
    which has the label of its field.
    """
    found = called(module)
    kept = {ast.dump(one.args[0]) for one in calls(found, "draft_keeper", ("keep",))}
    return {
        f"{module.name}:{one.lineno} {ast.unparse(one.args[0])}": ast.dump(one.args[0])
        in kept
        or any(part.arg == "live" for part in one.keywords)
        for one in calls(found, "st", TYPED)
    }


def test_each_field_that_takes_text_sends_it_as_one_types_or_keeps_a_draft() -> None:
    found = {name: lasts for one in MODULES for name, lasts in fields(one).items()}
    assert len(found) >= 10
    assert [name for name, lasts in found.items() if not lasts] == []


def test_a_date_is_asked_for_by_a_field_that_keeps_it_from_the_first_key() -> None:
    every = {one.name: called(one) for one in MODULES}
    assert [name for name, one in every.items() if calls(one, "st", DATES)] == []
    asked = (calls(one, "day_field", ("day", "minute")) for one in every.values())
    assert sum(map(len, asked)) > 3


@pytest.mark.parametrize("said", ["live=True", "help='As you like'"])
def test_a_field_that_does_neither_is_found(tmp_path: Path, said: str) -> None:
    module = tmp_path / "page.py"
    module.write_text(f"st.text_input('Name', {said})")
    assert list(fields(module).values()) == [said == "live=True"]
