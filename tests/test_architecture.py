"""Who may import whom.

Imports are read from the source, those inside functions and for types included; a
module that is not there yet is passed over.
"""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "workbench"

# Each imports from its own row and those above it.
LAYERS = (
    ("errors",),
    ("fonts",),
    ("strict_json",),
    ("case",),
    ("method",),
    ("record",),
    ("team",),
    ("wording",),
    ("grid",),
    ("charts",),
    ("report",),
    ("exchange",),
    ("guard",),
    ("auth_file",),
    ("proxy_sign_in",),
    ("serving",),
    ("cli",),
    ("ui",),
)
# Each imports from those before it.
WITHIN_CASE = (
    "model",
    "words",
    "entry",
    "nodes",
    "references",
    "document",
    "reading",
    "judgments",
    "steps",
    "replay",
    "comments",
    "whole",
    "folder",
    "placing",
    "packing",
    "beginning",
    "library",
    "yaml_text",
    "respelled",
    "splice",
    "editing.forms",
    "editing.respliced",
    "editing.file_content",
    "editing.plan",
    "editing.read_back",
    "editing.acts",
    "editing.together",
    "editing.bringing",
    "editing.requests",
    "editing.publish",
    "editing.neighbours",
    "editing",
)
# A library or a part of one, and where alone it is imported.
ONLY_IN = {
    "streamlit": ("ui",),
    "pandas": ("report", "exchange", "ui"),
    "altair": ("charts", "report", "ui"),
    "docx": ("report",),
    "sqlalchemy": (
        "record.backup",
        "record.callers",
        "record.documents",
        "record.ledger",
        "record.merging",
        "record.pen",
        "record.queries",
        "record.rows",
        "record.store",
        "record.stored_cases",
    ),
    "xlsxwriter": ("report.xlsx",),
    "typst": ("report.pdf",),
    "yaml": (
        "case.nodes",
        "case.references",
        "case.reading",
        "case.folder",
        "case.respelled",
        "case.splice",
        "case.yaml_text",
        "exchange",
    ),
}
NEVER_IN = {"numpy": ("case", "record")}
# Who reaches outside: files, the machine, the network.
OUTSIDE = {"os", "pathlib", "shutil", "tempfile", "glob", "socket", "subprocess"}
REACH_OUTSIDE = (
    "case.beginning",
    "case.folder",
    "case.library",
    "case.packing",
    "case.placing",
    "case.whole",
    "case.editing",
    "record.folder_lock",
    "record.ledger",
    "record.sharing",
    "record.shelves",
    "record.store",
    "record.stored_cases",
    "report",
    "exchange",
    "guard",
    "auth_file",
    "proxy_sign_in",
    "serving",
    "cli",
    "ui",
)
# Who reads no clock and draws nothing unseeded, so that a report can be made again.
WITHOUT_CLOCK = (
    "strict_json",
    "case",
    "method",
    "wording",
    "grid",
    "charts",
)
NAMED_FOR_NOTHING = {
    "utils",
    "util",
    "misc",
    "common",
    "manager",
    "service",
    "base",
    "helpers",
}


@cache
def modules() -> dict[str, Path]:
    """Give the package's modules by dotted name, without the package's own."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name not in ("", "__main__"):
            found[name] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """Walk through a module once for all that is asked of it."""
    return tuple(ast.walk(tree(name)))


@cache
def imports(name: str) -> frozenset[str]:
    """Give the dotted names that a module imports, `from a import b` as `a.b`."""
    found = set()
    for node in nodes(name):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def own_imports(name: str) -> frozenset[str]:
    """Give the package's modules that a module imports."""
    found = set()
    for one in imports(name):
        parts = one.split(".")[1:]
        if one.split(".")[0] != "workbench":
            continue
        while parts and ".".join(parts) not in modules():
            parts.pop()
        if parts:
            found.add(".".join(parts))
    return frozenset(found - {name})


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def layer(name: str) -> int:
    top = name.split(".", maxsplit=1)[0]
    for number, row in enumerate(LAYERS):
        if top in row:
            return number
    pytest.fail(f"workbench.{name} has no layer: give it one in this file")


def used(name: str) -> Iterator[str]:
    """Walk the names, attributes and whole strings of a module."""
    for node in nodes(name):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def each(
    names: Iterable[str],
) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """Hold a rule against each of these modules, and tell of all that break it.

    One test for a rule: three thousand, each for a module, took half the time of all
    that is fast.
    """

    def over(rule: Callable[[str], None]) -> Callable[[], None]:
        def test() -> None:
            broken = {}
            for name in names:
                try:
                    rule(name)
                except AssertionError as error:
                    broken[name] = str(error)
            assert broken == {}

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return over


each_module = each(modules())


def test_the_modules_are_found():
    assert {"errors", "case", "case.model", "method.scoring"} <= modules().keys()
    assert "case.model" in own_imports("case.folder")
    assert "numpy" in imports("method.matrix")


@each_module
def test_a_module_imports_only_from_its_own_layer_and_those_before_it(name):
    later = {one for one in own_imports(name) if layer(one) > layer(name)}
    assert later == set()


@each([n for n in modules() if n.startswith("case.")])
def test_within_the_case_words_come_before_files(name):
    short = name.removeprefix("case.")
    assert short in WITHIN_CASE, "give it a place in this file"
    inside = {
        n.removeprefix("case.") for n in own_imports(name) if within(n, ("case",))
    }
    allowed = set(WITHIN_CASE[: WITHIN_CASE.index(short)])
    assert inside - allowed - {"case"} == set()


def test_no_modules_import_one_another_in_a_circle():
    graph = {name: own_imports(name) for name in modules()}
    assert list(graphlib.TopologicalSorter(graph).static_order())


@each_module
def test_a_library_is_imported_only_where_it_belongs(name):
    libraries = {one.split(".")[0] for one in imports(name)}
    for library, places in ONLY_IN.items():
        if library in libraries:
            assert within(name, places), f"{library} is not for workbench.{name}"
    for library, places in NEVER_IN.items():
        if library in libraries:
            assert not within(name, places), f"{library} is not for workbench.{name}"


@each_module
def test_only_the_edges_touch_the_outside(name):
    if within(name, REACH_OUTSIDE):
        return
    assert {one.split(".")[0] for one in imports(name)} & OUTSIDE == set()
    calls = [node.func for node in nodes(name) if isinstance(node, ast.Call)]
    assert "open" not in {call.id for call in calls if isinstance(call, ast.Name)}


@each([n for n in modules() if within(n, WITHOUT_CLOCK)])
def test_the_core_takes_the_time_and_the_seed_as_arguments(name):
    assert {one.split(".")[0] for one in imports(name)} & {"time", "random"} == set()
    attributes = {node.attr for node in nodes(name) if isinstance(node, ast.Attribute)}
    assert attributes & {"now", "today", "utcnow", "time_ns"} == set()


@each_module
def test_the_sessions_state_is_named_in_one_package(name):
    if not within(name, ("ui.state",)):
        assert "session_state" not in set(used(name))


@each([n for n in modules() if within(n, ("ui",))])
def test_what_an_error_says_is_never_read_as_markdown(name):
    """Names of files and texts of cases stand in it."""
    for caught in nodes(name):
        if not isinstance(caught, ast.ExceptHandler) or caught.name is None:
            continue
        for call in ast.walk(caught):
            if not isinstance(call, ast.Call):
                continue
            shown = ast.unparse(call.func)
            if not shown.startswith("st.") or shown in ("st.code", "st.text"):
                continue
            escaped = {
                part
                for inner in ast.walk(call)
                if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "literal"
                for part in ast.walk(inner)
            }
            bare = {n for n in ast.walk(call) if isinstance(n, ast.Name)} - escaped
            assert caught.name not in {n.id for n in bare}, ast.unparse(call)


@each_module
def test_no_module_is_named_for_nothing(name):
    assert NAMED_FOR_NOTHING.isdisjoint(name.split("."))


@each_module
def test_no_two_modules_that_a_reader_meets_together_share_a_name(name):
    met = own_imports(name) | {name}
    if within(name, ("ui.pages",)):  # a page is named for its address
        met -= {name}
    last = [one.rsplit(".", maxsplit=1)[-1] for one in met]
    assert {one for one in last if last.count(one) > 1} == set()


@each_module
def test_a_module_says_what_it_is_for(name):
    assert ast.get_docstring(tree(name))


@pytest.mark.parametrize(
    "folder",
    sorted({path.parent for path in modules().values()}),
    ids=lambda folder: str(folder.relative_to(ROOT)),
)
def test_a_package_says_in_a_sentence_what_belongs_there(folder):
    if folder.name == "pages":  # Streamlit runs its files one by one
        return
    first = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(first)


# Who reads entries or sits at a desk of others, and why that gives nobody's work away.
# Whoever is not here asks `record.sight` for what may be seen before they read.
ASKS: Final = ("sight_of", "sight_by", "entries_of_others", "hidden_from", "visible")
OF_LEDGER: Final = ("entries", "read", "chains", "export", "follow")
SITS: Final = ("Desk", "Following", "desk_of", "judgments_of")
GIVES_NOTHING_AWAY: Final = {
    # its own entries alone, with a look at the sight before
    "record.following": {"__init__", "_read", "entries_on", "unseen"},
    # kinds that tell of roles, rounds, texts and names, and of nobody's judgments
    "record.rights": {"role_of"},
    "record.roles": {"members"},
    "record.offers": {"offers"},
    "record.snapshots": {"names"},
    "record.stored_cases": {"bundle"},
    "team.round_story": {"judged_at"},
    "team.rounds": {"standing", "past", "able", "note_deadline"},
    # the desk of whoever is at the screen, and of who was just imported
    "ui.state.at_desk": {"desk"},
    "exchange.store": {"_enter"},
    # the operator, who has the store itself, and is told where a round is private
    "record.desk": {"desk_of", "judgments_of"},
    "record.verifying": {"verify"},
    "cli.asked_for": {"load_judgments"},
    "cli.entries": {"list_", "export", "import_"},
    "cli.membership": {"_give"},
    "cli.storing": {"import_"},
}


def functions(name: str) -> Iterator[ast.FunctionDef]:
    for node in nodes(name):
        if isinstance(node, ast.FunctionDef):
            yield node


def called(function: ast.FunctionDef) -> set[str]:
    """Give what a function calls by name, methods of a ledger as `ledger.method`."""
    found = set()
    for one in ast.walk(function):
        if not isinstance(one, ast.Call):
            continue
        if isinstance(one.func, ast.Name):
            found.add(one.func.id)
        elif isinstance(one.func, ast.Attribute):
            of_ledger = "ledger" in ast.unparse(one.func.value)
            found.add(f"ledger.{one.func.attr}" if of_ledger else one.func.attr)
    return found


def test_whoever_reads_others_entries_asks_what_may_be_seen():
    """A reader of others' work that asks nothing would show what is rated blind."""
    reading = {*(f"ledger.{one}" for one in OF_LEDGER), *SITS}
    unasked: dict[str, set[str]] = {}
    for name in modules():
        if name == "record.ledger" or not within(
            name, ("record", "team", "exchange", "report", "cli", "ui")
        ):
            continue
        for one in functions(name):
            calls = called(one)
            if calls & reading and not calls & set(ASKS):
                unasked.setdefault(name, set()).add(one.name)
    assert unasked == GIVES_NOTHING_AWAY, "ask record.sight, or say here why not"
