"""The grid's modules as one text: what may stand in them, and in which order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench.grid import bundle

MODULES = (
    *dict.fromkeys(name for one in bundle.BUNDLES for name in one),
    bundle.TYPES,
)
FOLDER = Path(__file__).parents[2] / "workbench" / "grid" / "js"
_IMPORT = re.compile(r'^import\s\{([^}]*)\}\sfrom\s"\./(\w+)\.js";$', re.MULTILINE)
_TOP = re.compile(r"^(?:export )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_PUBLIC = re.compile(r"^export (?:function|const|class) (\w+)", re.MULTILINE)
LONGEST = 100


def imported(module: str) -> dict[str, set[str]]:
    """Give the names that a module takes, by the module they are taken from."""
    return {
        other: {name.strip() for name in names.split(",") if name.strip()}
        for names, other in _IMPORT.findall(bundle.source(module))
    }


def test_every_module_has_its_place():
    assert {path.stem for path in FOLDER.glob("*.js")} == set(MODULES)


@pytest.mark.parametrize("modules", bundle.BUNDLES)
def test_imports_point_backwards_to_names_that_are_there(modules):
    for place, module in enumerate(modules):
        for other, names in imported(module).items():
            assert other in modules[:place], f"{module} imports {other}"
            assert names <= set(_PUBLIC.findall(bundle.source(other)))


@pytest.mark.parametrize("modules", bundle.BUNDLES)
def test_no_name_stands_twice_at_the_top(modules):
    names = [name for one in modules for name in _TOP.findall(bundle.source(one))]
    assert len(names) == len(set(names)), sorted(names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_checked_short_and_of_plain_lines(module):
    text = bundle.source(module)
    assert text.startswith("// @ts-check\n// ")
    lines = text.split("\n")
    assert [line for line in lines if len(line) > LONGEST] == []
    assert len(lines) <= 420
    # joined and stripped of indents, a text over several lines would change
    assert [line for line in lines if line.count("`") % 2] == []
    begun = [line for line in lines if line.startswith("import ")]
    assert len(_IMPORT.findall(text)) == len(begun)


@pytest.mark.parametrize("module", MODULES)
def test_no_text_becomes_markup_or_code(module):
    """What a case or an analyst wrote is put on the page as text, and nothing else."""
    ways = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    )
    ways += r"|srcdoc|DOMParser|createContextualFragment|setHTMLUnsafe|javascript:"
    assert re.findall(ways, bundle.source(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_names_stand_in_full(module):
    text = bundle.source(module)
    fields = set(re.findall(r"\bthis\.(\w+)", text))
    assert {name for name in fields if len(name) < 3} <= {"go"}


@pytest.mark.parametrize("modules", bundle.BUNDLES)
def test_the_joined_text_says_what_the_modules_say_and_no_more(modules):
    text = bundle.script(modules)
    assert "import " not in text
    assert "export " not in text
    assert "/**" not in text
    assert text.count("\nfunction mount(") == 1
    # what a report's script element could not hold is no part of it
    assert "</script" not in text
    assert "<!--" not in text
