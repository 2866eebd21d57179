"""The method in a page, what the numbers say and do not say, the keys, the files."""

from collections.abc import Iterable

import streamlit as st

from workbench.case.model import Consistency
from workbench.ui import controls, guide
from workbench.ui.controls import literal
from workbench.wording import (
    CREDIBILITY,
    FLAGS,
    RELIABILITY,
    describe_ranking,
)


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(row) for row in rows]
    st.markdown("\n".join(f"| {line} |" for line in lines))


controls.heading(
    "Guide",
    "Analysis of competing hypotheses, after Richards J. Heuer, Psychology of "
    "Intelligence Analysis (1999), chapter 8, and what this workbench adds.",
    of_case=False,
)
method, numbers, keys, files = st.tabs(
    ["The method", "The numbers", "Keys", "Files and commands"]
)

with method:
    st.markdown(
        "Most people look for what supports the explanation they like. This method "
        "turns that round: set all explanations side by side, take one item of "
        "evidence at a time, and ask of each explanation **if it were true, "
        "would we expect to see this?** What remains is the explanation with "
        "the least against it."
    )
    _table(
        ("", "Heuer's step", "Here"),
        ((str(n), *step) for n, step in enumerate(guide.STEPS, start=1)),
    )
    st.markdown("#### The scale")
    _table(
        ("Code", "Meaning", "If the hypothesis were true,"),
        ((f"**{c.value}**", c.meaning, guide.EXPECTED[c]) for c in Consistency),
    )
    st.markdown(
        "An empty cell is **unrated**: nobody has judged it yet. N is a judgment, NA "
        "is the judgment that no judgment applies, and unrated is a gap. The question "
        "is how well the item fits the hypothesis, never how well the hypothesis fits "
        "the item."
    )

    st.markdown("#### A small example")
    now = guide.example()
    st.markdown(f"*{literal(guide.EXAMPLE.question.question)}*")
    _table(*guide.example_table(now))
    st.markdown(f"{literal(describe_ranking(now))} {guide.EXAMPLE_READ}")

with numbers:
    st.markdown("#### What they say")
    _table(("Word", "What it is"), ((f"**{n}**", text) for n, text in guide.READING))
    st.markdown("#### What they do not say")
    st.markdown("\n".join(f"- {text}" for (text,) in guide.LIMITS))
    st.markdown("#### Flags")
    st.markdown("\n".join(f"- {literal(text)}" for text in FLAGS.values()))
    st.markdown("#### The six rules")
    st.caption(
        "What a cell counts for before its weight, and what low, medium and high "
        "multiply it by. The report names the rule in force."
    )
    _table(
        guide.RULE_HEADS,
        (tuple(map(literal, row)) for row in guide.rule_rows()),
    )
    st.markdown("#### Grades")
    st.markdown(
        "A source's reliability and an item's credibility are graded apart, on the "
        "Admiralty scale. **F and 6 mean that it cannot be judged**, which is not the "
        "worst grade."
    )
    _table(
        ("", "Reliability of the source", "", "Credibility of the item"),
        (
            (f"**{letter}**", of_source, f"**{digit}**", of_item)
            for (letter, of_source), (digit, of_item) in zip(
                RELIABILITY.items(), CREDIBILITY.items(), strict=True
            )
        ),
    )

with keys:
    st.markdown(
        "These work in the grid of the Matrix, with a cell in focus. What you do is "
        "saved as you do it; the grid says so."
    )
    _table(
        ("For", "Keys"), ((f"**{n}**", literal(keys)) for n, keys in guide.grid_keys())
    )

with files:
    st.markdown(guide.FILES)
    st.markdown("#### Commands")
    _table(
        ("Command", "What it does"),
        ((f"`workbench {name}`", does) for name, does in guide.COMMANDS),
    )
    st.markdown("`workbench COMMAND --help` explains each and lists its options.")
