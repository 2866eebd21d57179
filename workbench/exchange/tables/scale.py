"""What the cells of one matrix mean, read from all of them together.

A sign, a number or a mark means what its neighbours or the legend make it mean; what
stays open is never given a meaning, and says what would give it one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case import words
from workbench.case.model import Consistency
from workbench.exchange.tables import answers, legend
from workbench.exchange.tables.answers import NUMBERS, Answer, Kind, Meanings
from workbench.wording import joined, quoted

Rated = tuple[Consistency, str]
_PLUS: Final = frozenset({"++", "+"})
_SIGNED: Final = frozenset({"++", "+", "--"})
_POLAR: Final = frozenset(Consistency) - {Consistency.N, Consistency.NA}
_ZERO: Final = "0"
_SHOWN: Final = 12


@dataclass(frozen=True)
class Scale:
    """What the texts of one matrix mean.

    `meanings` gives a code and a reason by text, None for one that says "unrated";
    `open` says why a text has no meaning, and `advice` what would help, once a kind.
    """

    meanings: Mapping[str, Rated | None]
    open: Mapping[str, str]
    said: tuple[str, ...]
    advice: tuple[str, ...]


def read(
    texts: Collection[str], told: Meanings, chosen: Meanings | None = None
) -> Scale:
    """Read all the different texts that stand where ratings are expected.

    `told` is the legend by its tokens; `chosen`, a person's words, win over it.
    """
    return _Reading(texts, told, chosen or {}).scale()


class _Reading:
    """One reading; what the texts come to is settled kind by kind."""

    def __init__(
        self, texts: Collection[str], told: Meanings, chosen: Meanings
    ) -> None:
        self.told = dict(told) | dict(chosen)
        self.answers = {t: answers.taken_apart(t, self.told) for t in texts}
        self.meanings: dict[str, Rated | None] = {}
        self.open: dict[str, str] = {}
        self.said: list[str] = []
        self.advice: list[str] = []
        if any(words.key(t) in chosen for t in texts):
            self.said.append("Words are read as they were chosen")
        named = {a.token for a in self._found() if a.kind is Kind.WORD}
        if any(legend.token(one) in told for one in named):
            self.said.append("The ratings are read by the legend in the file")
        tokens = [a.token for a in self._found() if a.kind is Kind.NUMBER]
        fine = any(value % 1 for one in tokens if (value := answers.number(one)))
        known = self._explained() | dict(self._coded())
        self.numbers = legend.scale(known, fine=fine)

    def _found(self) -> Iterable[Answer]:
        return (answer for answer in self.answers.values() if answer)

    def _coded(self) -> Iterable[tuple[str, Consistency]]:
        return ((one, code) for one, code in self.told.items() if code)

    def _explained(self) -> dict[str, Consistency]:
        """Give what numbers and marks mean by the words that stand beside them."""
        found: dict[str, set[Consistency]] = {}
        for answer in self._found():
            if answer.beside and answer.meaning:
                found.setdefault(legend.token(answer.beside), set()).add(answer.meaning)
        return {one: codes.pop() for one, codes in found.items() if len(codes) == 1}

    def scale(self) -> Scale:
        by_kind: dict[Kind, dict[str, Answer]] = {kind: {} for kind in Kind}
        for text, answer in self.answers.items():
            if answer is None:
                self.open[text] = f"{quoted(text)}, whose meaning is not known"
            else:
                by_kind[answer.kind][text] = answer
        for text, answer in by_kind[Kind.WORD].items():
            self._keep(text, answer, answer.meaning)
        for text in by_kind[Kind.ERROR]:
            self.open[text] = f"{quoted(text)}, {answers.error(text)}"
        if nothing := by_kind[Kind.NOTHING]:
            self.meanings |= dict.fromkeys(nothing)
            self.said.append(f"{_some(nothing)} is read as unrated")
        self._marks(by_kind[Kind.MARK])
        signs, numbers = by_kind[Kind.SIGN], by_kind[Kind.NUMBER]
        if not {a.token for a in signs.values()} & _SIGNED:
            zeros = {t: a for t, a in signs.items() if a.token == _ZERO}
            numbers |= zeros
            signs = {t: a for t, a in signs.items() if t not in zeros}
        lettered = self._lettered()
        self._numbers(numbers, lettered=lettered)
        self._signs(signs, lettered=self._lettered())
        said, advice = tuple(self.said), tuple(self.advice)
        return Scale(self.meanings, self.open, said, advice)

    def _lettered(self) -> bool:
        """Tell whether anything read so far speaks for or against a hypothesis."""
        return any(rated and rated[0] in _POLAR for rated in self.meanings.values())

    def _keep(self, text: str, answer: Answer, code: Consistency | None) -> None:
        self.meanings[text] = (code, answer.because) if code else None

    # -------------------------------------------------------------- kind by kind

    def _marks(self, found: Mapping[str, Answer]) -> None:
        explained = self._explained()
        left = {}
        for text, answer in found.items():
            if code := explained.get(answer.token):
                self._keep(text, answer, code)
            else:
                left[text] = answer.token
                kind = "colour" if answers.is_colour(text) else "mark"
                self.open[text] = f"{quoted(text)}, a {kind} that no legend explains"
        if left:
            dashes = [
                a.token
                for a in self._found()
                if a.kind is Kind.SIGN and a.token not in _SIGNED
            ]
            line = legend.advised([*left.values(), *dashes])
            self.advice.append(
                f"nothing says what {_some(left)} mean; add a line such as “Legend: "
                f"{line}” below the matrix, with the meanings that they have"
            )

    def _numbers(self, found: Mapping[str, Answer], *, lettered: bool) -> None:
        by_value = {text: _value(answer) for text, answer in found.items()}
        if self.numbers.said:
            self._by_legend(found, by_value)
        elif found:
            self._without_legend(found, by_value, lettered=lettered)

    def _by_legend(
        self, found: Mapping[str, Answer], by_value: Mapping[str, float]
    ) -> None:
        left = {}
        for text, value in by_value.items():
            if code := self.numbers.meaning(value):
                self._keep(text, found[text], code)
            else:
                left[text] = value
                self.open[text] = (
                    f"{quoted(text)}, a number that the legend leaves open"
                )
        if len(left) < len(by_value):
            self._say_numbers(by_value)
        if left:
            self.advice.append(
                f"the legend does not say what {_values(left)} mean; name them in "
                "it, or both ends of a scale with a middle, such as "
                f"“{legend.spelt(left.values(), self.numbers.said)}”"
            )

    def _without_legend(
        self,
        found: Mapping[str, Answer],
        by_value: Mapping[str, float],
        *,
        lettered: bool,
    ) -> None:
        signed = any(v < 0 or t.startswith("+") for t, v in by_value.items())
        if not lettered and signed and all(v in NUMBERS for v in by_value.values()):
            for text, value in by_value.items():
                self._keep(text, found[text], NUMBERS[value])
            self.said.append("Ratings are numbers: 2 is CC, 1 C, 0 N, -1 I, -2 II")
            return
        for text in found:
            self.open[text] = f"{quoted(text)}, a number whose meaning nothing says"
        why = (
            "only numbers from -2 to +2 are known without a legend"
            if signed and not lettered
            else "scales of numbers run both ways"
        )
        if lettered:
            why = "it stands among codes or words"
        line = legend.advised([f"{value:g}" for value in by_value.values()])
        self.advice.append(
            f"nothing says what {_values(by_value)} mean, for {why}; add a line that "
            f"says so of both ends, such as “{line}”, below the matrix, or write CC, "
            "C, N, I, II, NA"
        )

    def _say_numbers(self, by_value: Mapping[str, float]) -> None:
        steps = {
            f"{value:g} is {code}"
            for value in sorted(set(by_value.values()), reverse=True)
            if (code := self.numbers.meaning(value))
        }
        inside = sorted(steps, key=lambda s: -float(s.split(" ", 1)[0]))
        self.said.append(f"Numbers are read by the legend: {', '.join(inside)}")

    def _signs(self, found: Mapping[str, Answer], *, lettered: bool) -> None:
        if not found:
            return
        tokens = {answer.token for answer in found.values()}
        if not (tokens & _SIGNED if not lettered else tokens & _PLUS):
            self._dashes(found, lettered=lettered)
            return
        self.said.append(
            "Ratings are signs: ++ is CC, + is C, 0 is N, - is I, -- is II"
        )
        for text, answer in found.items():
            if sign := _dash(answer.token, tokens):
                self._keep(text, answer, words.SIGNS[sign])
            else:
                self.open[text] = f"{quoted(text)}: it may stand for - or for --"
                self.advice.append(
                    f"{quoted(text)} may stand for - or for --; write I or II"
                )

    def _dashes(self, found: Mapping[str, Answer], *, lettered: bool) -> None:
        """Read dashes where nothing else is a sign: they stand where nothing is."""
        if lettered:
            for text, answer in found.items():
                if answer.because:
                    self.open[text] = f"{quoted(text)}: a dash with a reason"
                else:
                    self.meanings[text] = None
            if any(text not in self.open for text in found):
                self.said.append(f"{_some(found)} among words is read as unrated")
            return
        for text in found:
            self.open[text] = f"{quoted(text)}: it may mean inconsistent or not rated"
        marked = any(a.kind is Kind.MARK for a in self._found())
        if not marked:
            self.advice.append(
                f"{_some(found)} may mean inconsistent or not rated; write I, or "
                "nothing, or add a line such as “- = inconsistent”"
            )


def _value(answer: Answer) -> float:
    found = answers.number(answer.token)
    assert found is not None  # its kind says so
    return found


def _dash(token: str, tokens: Collection[str]) -> str:
    """Tell what a lone long dash stands for among the other signs."""
    if token not in words.DASHES:
        return token
    en_dash = token == words.DASHES[0]
    if "--" in tokens or (en_dash and not set(tokens) & {"-", "++"}):
        return "-"
    return ""


def _some(texts: Iterable[str]) -> str:
    found = [quoted(one, 24) for one in dict.fromkeys(texts)]
    if len(found) > _SHOWN:
        return f"{', '.join(found[:_SHOWN])} and {len(found) - _SHOWN} more"
    return joined(found)


def _values(by_text: Mapping[str, float]) -> str:
    found = [f"{value:g}" for value in sorted(set(by_text.values()), reverse=True)]
    if len(found) > _SHOWN:
        return f"{', '.join(found[:_SHOWN])} and {len(found) - _SHOWN} more"
    return joined(found)
