"""The grid's modules, tried by sentences in JavaScript; each is a test of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_SENTENCE = re.compile(r'^test\(\s*"([^"]+)"', re.MULTILINE)
FILES = sorted(HERE.glob("*.test.js"))


def told(path: Path) -> list[str]:
    """List the sentences of a file, the frame that all share left out."""
    return _SENTENCE.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [(path, sentence) for path in FILES for sentence in told(path)],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_in_javascript(sentences, path, sentence):
    assert sentences(path)[sentence] == ""


def test_every_file_of_sentences_has_some_and_none_stands_twice():
    assert {"adding", "drafts", "numbers", "sync", "view"} <= {
        path.name.split(".")[0] for path in FILES
    }
    for path in FILES:
        assert len(told(path)) == len(set(told(path))) > 0
