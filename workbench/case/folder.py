"""A case folder on disk, read whole and written item by item; never a judgment of it.

All faults are reported at once, each with its file and line.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar

import yaml

from workbench.case import document, reading, references
from workbench.case.document import Document
from workbench.case.model import ID_PATTERN, Case
from workbench.case.nodes import MAX_BYTES, Faults, compose, unfit
from workbench.case.whole import read_whole, write_whole
from workbench.errors import ContentErrors, WorkbenchError

T = TypeVar("T")
HYPOTHESES = "hypotheses"
EVIDENCE = "evidence"
QUESTION_FILE = f"{HYPOTHESES}/_question.yaml"
SOURCES_FILE = f"{EVIDENCE}/_sources.yaml"
# Line ends that a reader of YAML turns into others unless they are written escaped.
_REWRITTEN = "\x85\u2028\u2029"
# What a fold would lose or make another: spaces that are no single ones between words.
_NOT_FOLDED = re.compile(r"[^\S ]|  |^ | $")
_FOLD = 60  # a longer text is folded, as the format asks for statements
WIDTH = 100  # columns that folded texts keep to


def is_case(folder: Path) -> bool:
    """Tell whether a folder has what makes it a case."""
    return (folder / QUESTION_FILE).is_file()


def case_id(folder: Path) -> str:
    """Give the id that a folder's question names, "" for none or one at fault."""
    try:
        return stated_id(read_file(folder, QUESTION_FILE))
    except OSError:
        return ""


def stated_id(data: bytes) -> str:
    """Give the id that the file of a question states, "" for none or one at fault."""
    faults = Faults(QUESTION_FILE)
    node = compose(data, faults)
    found = "" if node is None else reading.read_question(node, faults).id
    return "" if any(error.field == "id" for error in faults.errors) else found


def read_file(folder: Path, name: str) -> bytes:
    """Read a file of a case, of one that is too long no more than shows that it is.

    Raises OSError.
    """
    return read_whole(folder / name, MAX_BYTES)


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Give names, times and sizes of the case's files: cheap, changes when they do.

    A link that leads nowhere has neither, and hides no other file.
    """
    stats = []
    for part in (HYPOTHESES, EVIDENCE):
        with contextlib.suppress(OSError), os.scandir(folder / part) as entries:
            stats += [
                (f"{part}/{entry.name}", *_stamp(entry))
                for entry in entries
                if entry.name.endswith(".yaml")
            ]
    return tuple(sorted(stats))


def stamps(folder: Path, names: Iterable[str]) -> dict[str, tuple[str, int, int]]:
    """Give what a fingerprint says of some files, by name; nothing of one not there."""
    paths = {name: folder / name for name in names}
    return {
        name: (name, *_stamp(path))
        for name, path in paths.items()
        if os.path.lexists(path)
    }


def _stamp(file: os.DirEntry[str] | Path) -> tuple[int, int]:
    try:
        stat = file.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def texts(folder: Path) -> dict[str, str]:
    """Give the texts of a case's files by their path in it; what is none is left out.

    Raises OSError.
    """
    found = {}
    for name, *_ in fingerprint(folder):
        with contextlib.suppress(UnicodeDecodeError):
            found[name] = read_file(folder, name).decode("utf-8")
    return found


def is_text(name: str) -> bool:
    """Tell whether a file of a folder is, by its name, a text of the case."""
    part, _, file = name.partition("/")
    return part in (HYPOTHESES, EVIDENCE) and "/" not in file and file.endswith(".yaml")


class Files(Protocol):
    """Where the files of a case are read from, by their names in its folder."""

    def read(self, name: str) -> bytes:
        """Read a file. Raises OSError."""

    def names(self, part: str) -> list[str]:
        """Name what lies in a part of the folder. Raises OSError."""


class Held(Files):
    """Files that are held in memory, by their names in a folder."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def read(self, name: str) -> bytes:
        """Give a file's content. Raises FileNotFoundError."""
        if name not in self._contents:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return self._contents[name]

    def names(self, part: str) -> list[str]:
        """Name what lies in a part. Raises FileNotFoundError where nothing does."""
        under = [n for n in self._contents if n.startswith(f"{part}/")]
        if not under:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), part)
        return list(dict.fromkeys(name.split("/")[1] for name in under))


class _OnDisk(Files):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        return read_file(self._folder, name)

    def names(self, part: str) -> list[str]:
        return [path.name for path in (self._folder / part).iterdir()]


def load(folder: Path) -> Case:
    """Read a case folder.

    Raises ContentErrors with every fault found, WorkbenchError without a folder.
    """
    if not folder.is_dir():
        raise WorkbenchError(f"{folder}: no such folder; name a case folder")
    return load_files(_OnDisk(folder))


def load_files(files: Files) -> Case:
    """Read a case from its files, wherever they are.

    Raises ContentErrors with every fault found.
    """
    return _Reading(files).case()


class _Reading:
    """One pass over a folder, which notes faults rather than stopping at the first."""

    def __init__(self, files: Files) -> None:
        self.source = files
        self.faults: list[Faults] = []
        self.place: dict[str, tuple[Faults, yaml.Node]] = {}
        self.unread: set[str] = set()

    def case(self) -> Case:
        question = self.one(QUESTION_FILE)
        sources = self.one(SOURCES_FILE)
        if sources is None:
            self.unread.add("sources")
        case = Case(
            question=reading.read_question(*(question or _EMPTY)),
            hypotheses=self.each(HYPOTHESES, "hypothesis", reading.read_hypothesis),
            sources=reading.read_sources(*sources) if sources else (),
            evidence=self.each(EVIDENCE, "evidence", reading.read_evidence),
        )
        references.check_labels(case, self.place)
        references.check_references(case, self.faults, self.unread)
        if errors := [error for faults in self.faults for error in faults.errors]:
            raise ContentErrors(errors)
        return case

    def one(self, name: str) -> tuple[yaml.Node, Faults] | None:
        faults = Faults(name)
        self.faults.append(faults)
        try:
            data = self.source.read(name)
        except FileNotFoundError:
            faults.add(None, "", "missing; a case has this file")
            return None
        except OSError as error:
            faults.add(None, "", f"cannot be read: {error.strerror}")
            return None
        node = compose(data, faults)
        return None if node is None else (node, faults)

    def each(
        self, part: str, kind: str, read: Callable[[str, yaml.Node, Faults], T]
    ) -> tuple[T, ...]:
        found = []
        for path in self.files(part):
            composed = self.one(f"{part}/{path.name}")
            if composed is None:
                self.unread.add(f"{kind}/{path.stem}")
                continue
            node, faults = composed
            self.place[f"{kind}/{path.stem}"] = (faults, node)
            found.append(read(path.stem, node, faults))
        return tuple(found)

    def files(self, part: str) -> list[PurePosixPath]:
        found: list[PurePosixPath] = []
        try:
            names = sorted(self.source.names(part))
        except (FileNotFoundError, NotADirectoryError):
            self.fault(part, "missing; a case has this folder")
            self.unread.add(part)
            return []
        except OSError as error:
            self.fault(part, f"cannot be read: {error.strerror}")
            self.unread.add(part)
            return []
        for path in map(PurePosixPath, names):
            name = f"{part}/{path.name}"
            if path.name.startswith((".", "_")):
                continue
            if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
                self.fault(name, "rename it to end in .yaml")
            elif path.suffix == ".yaml":
                if not ID_PATTERN.fullmatch(path.stem):
                    self.fault(name, f"the file's name is no id; {reading.ID_FORM}")
                found.append(path)
        return found

    def fault(self, name: str, message: str) -> None:
        faults = Faults(name)
        faults.add(None, "", message)
        self.faults.append(faults)


# A question file that cannot be read has a fault already: no second one per field.
_EMPTY = (yaml.MappingNode("tag:yaml.org,2002:map", []), Faults(QUESTION_FILE))


class _Dumper(yaml.SafeDumper):
    """Writes long texts folded and leaves dates unquoted, as the format shows them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002  the library's
        """Indent a list under its key."""
        del indentless
        return super().increase_indent(flow, False)  # noqa: FBT003

    def write_folded(self, text: str) -> None:
        """Fold a text whose spaces are single ones, so that no line is too wide.

        The library's own folding ends a line at the first space beyond the width.
        """
        self.write_indicator(">-", need_whitespace=True)
        room = max(self.best_width - (self.indent or 0), 1)
        lines = [""]
        for word in text.split(" "):
            if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        self.write_line_break()
        for number, line in enumerate(lines):
            if number:
                self.write_line_break()
            self.write_indent()
            self.stream.write(line)
            self.column += len(line)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if character := unfit(text):
        raise WorkbenchError(
            f"the character {character} is not allowed in a case's files; take it out"
        )
    if any(mark in text for mark in _REWRITTEN):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    if len(text) > _FOLD and not _NOT_FOLDED.search(text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">")
    if document_date(text):
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)
    return dumper.represent_str(text)


def document_date(text: str) -> bool:
    """Tell whether a text is a full ISO date, which YAML leaves unquoted."""
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None


_Dumper.add_representer(str, _represent_text)


def dump(value: Document | list[Any], width: int = WIDTH) -> str:
    """Write one document as YAML that reads back as the same texts."""
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=width,
        default_flow_style=False,
    )
    return text


def write_text(path: Path, text: str) -> None:
    """Write a text whole or not at all, into a folder that is made where it lacks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())


def require_vacant(folder: Path) -> None:
    """Refuse a folder that has something in it already, hidden files apart.

    Raises WorkbenchError.
    """
    if is_case(folder):
        raise WorkbenchError(f"{folder}: holds a case already; name another folder")
    if folder.exists() and not folder.is_dir():
        raise WorkbenchError(f"{folder}: a file; name a folder that is new or empty")
    if folder.is_dir() and any(not p.name.startswith(".") for p in folder.iterdir()):
        raise WorkbenchError(f"{folder}: holds files already; name another folder")


def write(folder: Path, case: Case) -> None:
    """Write a whole case into a new or empty folder.

    Raises WorkbenchError where a case is there already.
    """
    if is_case(folder):
        raise WorkbenchError(f"{folder}: holds a case already; name another folder")
    whole: dict[str, Document] = {
        f"{HYPOTHESES}/{one.id}.yaml": document.hypothesis_document(one)
        for one in case.hypotheses
    }
    whole[SOURCES_FILE] = {s.id: document.source_document(s) for s in case.sources}
    for item in case.evidence:
        whole[f"{EVIDENCE}/{item.id}.yaml"] = document.evidence_document(item)
    # Last, since this file makes the folder a case: one written half is none.
    whole[QUESTION_FILE] = document.question_document(case.question)
    texts = {name: dump(value) for name, value in whole.items()}  # refuses, or all go
    for name, text in texts.items():
        write_text(folder / name, text)
