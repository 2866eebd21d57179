"""The method in a page, worked cases, what the numbers say, the keys, the files."""

from collections.abc import Iterable

import streamlit as st

from workbench.case.model import Consistency
from workbench.charts.ranking_chart import ranking_drawn
from workbench.charts.rules_chart import rules_chart
from workbench.grid.payload import KEYS
from workbench.ui import (
    controls,
    guide_parts,
    robustness_parts,
    sign_in,
    state,
    still_matrix,
    worked,
)
from workbench.ui.controls import literal
from workbench.ui.headline import Reached
from workbench.wording import counted, plain
from workbench.wording.ranking import FLAGS, describe_ranking, describe_rules
from workbench.wording.sources import CREDIBILITY, RELIABILITY
from workbench.wording.terms import TERMS


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(row) for row in rows]
    st.markdown("\n".join(f"| {line} |" for line in lines))


def _chosen(name: str) -> None:
    state.set_view(name, state.widget(name))


@sign_in.part
def worked_case() -> None:
    """Show a published matrix, how it comes out and what it teaches."""
    cases = worked.cases()
    key = state.seed("worked_case", state.view("worked_case", worked.AUM))
    st.segmented_control(
        "Case",
        list(cases),
        key=key,
        format_func=lambda name: cases[name].question.title,
        required=True,
        on_change=_chosen,
        args=(key,),
        label_visibility="collapsed",
    )
    name = state.view(key, worked.AUM)
    case = cases[name]
    st.markdown(f"#### {literal(case.question.question)}")
    (source,) = case.sources
    by = ", ".join(filter(None, (source.author or source.publisher, source.name)))
    date = f", {source.published}" if source.published else ""
    st.caption(literal(f"From: {by}{date}"))
    st.text(plain(case.question.background))
    if name == worked.CAMPAIGN:
        _two_rules(name)
    else:
        _one_tie(name)


def _one_tie(name: str) -> None:
    now = worked.published(name)
    st.html(still_matrix.html(now, caption="The published matrix"))
    lines = Reached.on(now).lines
    st.markdown(f"**{literal(lines[0])}** {literal(' '.join(lines[1:]))}")
    controls.draw_chart(ranking_drawn(now), "worked_ranking")
    st.markdown("#### What it teaches")
    _points(
        "**A tie is a result.** This evidence does not tell the first apart, and they "
        "are shown level, whatever the order of the columns.",
        "**What fits all decides nothing.** "
        + literal(" ".join(worked.separating_nothing(now))),
        "**Ask what it hangs on.** " + literal(" ".join(worked.without_one(now))),
    )
    st.caption("Ranks with one item left out")
    robustness_parts.ranks(
        now, worked.rows_without(now), "Ranks with one item left out"
    )


def _two_rules(name: str) -> None:
    removed = " and ".join(one.upper() for one in worked.REMOVED[name])
    key = state.seed("worked_final", state.view("worked_final", default=False))
    st.toggle(
        f"Leave out the two rows that the author removed ({removed})",
        key=key,
        on_change=_chosen,
        args=(key,),
    )
    _points(*map(literal, worked.of_removed(name)))
    every = worked.under_every_rule(name, final=bool(state.view(key, default=False)))
    *each, together = worked.by_two_rules(every)
    st.markdown(f"**{literal(together)}**")
    _points(*map(literal, each))
    controls.draw_chart(rules_chart(every), "worked_rules")
    st.markdown(literal(describe_rules(every)))
    both = [every[rule] for rule in worked.RULES]
    many = counted(len(both[0].matrix.evidence), "row")
    st.html(still_matrix.html(*both, caption=f"The published matrix, {many}"))
    st.markdown("#### What it teaches")
    _points(
        "**Say which rule you went by, and why.** What fits a hypothesis adds to its "
        "net support, and nothing to its inconsistency. Where they differ, the first "
        "place rests on that choice too.",
        "**Say what you left out, and why.** Move the switch: two rows that say little "
        "can make or break a lead.",
    )


def _points(*texts: str) -> None:
    st.markdown("\n".join(f"- {text}" for text in texts))


NUMBERS = (
    "What they say",
    "What they do not say",
    "Flags",
    "The six rules",
    "Grades",
)


def method() -> None:
    """Say what the method is, step by step."""
    controls.jump_list("The scale", "A small example", "Several people")
    st.markdown(
        "Most people look for what supports the explanation they like. This method "
        "turns that round: set all explanations side by side, take one item of "
        "evidence at a time, and ask of each explanation **if it were true, "
        "would we expect to see this?** What remains is the explanation with "
        "the least against it."
    )
    _table(
        ("", "Heuer's step", "Here"),
        ((str(n), *step) for n, step in enumerate(guide_parts.STEPS, start=1)),
    )
    st.markdown("#### The scale")
    _table(
        ("Code", "Meaning", "If the hypothesis were true,"),
        ((f"**{c.value}**", c.meaning, guide_parts.EXPECTED[c]) for c in Consistency),
    )
    st.markdown(
        "An empty cell is **unrated**: nobody has judged it yet. N is a judgment, NA "
        "is the judgment that no judgment applies, and unrated is a gap. The question "
        "is how well the item fits the hypothesis, never how well the hypothesis fits "
        "the item."
    )

    st.markdown("#### A small example")
    now = guide_parts.example()
    st.markdown(f"*{literal(guide_parts.EXAMPLE.question.question)}*")
    _table(*guide_parts.example_table(now))
    st.markdown(f"{literal(describe_ranking(now))} {guide_parts.EXAMPLE_READ}")

    st.markdown("#### Several people")
    st.markdown(
        "Groups that talk first do worst; judgments that were made apart, shown and "
        "averaged have done better. So a **round**, on the page Team, has each rate "
        "before anybody hears the others. Open work without rounds goes on as before: "
        "then whoever is on the case sees what the others judge."
    )
    _table(("Step", "What happens"), ((f"**{n}**", w) for n, w in guide_parts.ROUND))
    st.markdown(
        "Where people sign in, each has a role in the case, given by a lead on the "
        "page Team, and what a round hides is asked for in vain on every page, at "
        "every download and by every message. Where nobody signs in everybody is "
        "lead, and all this rests on trust in names."
    )
    _table(("Role", "May"), ((f"**{n}**", may) for n, may in guide_parts.ROLES))


def numbers() -> None:
    """Say what each number and word says, and what it does not."""
    controls.jump_list(*NUMBERS)
    st.markdown("#### What they say")
    _table(("Word", "What it is"), ((f"**{one.name}**", one.meaning) for one in TERMS))
    st.markdown("#### What they do not say")
    st.markdown("\n".join(f"- {text}" for (text,) in guide_parts.LIMITS))
    st.markdown("#### Flags")
    st.markdown("\n".join(f"- {literal(text)}" for text in FLAGS.values()))
    st.markdown("#### The six rules")
    st.caption(
        "What a cell counts for before its weight, and what low, medium and high "
        "multiply it by. The report names the rule in force."
    )
    _table(
        guide_parts.RULE_HEADS,
        (tuple(map(literal, row)) for row in guide_parts.rule_rows()),
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


def keys() -> None:
    """List the keys of the grid."""
    st.markdown(
        "These work in the grid of the Matrix, with a cell in focus. What you do is "
        "saved as you do it; the grid says so."
    )
    _table(
        ("For", "Keys"),
        ((f"**{n}**", literal(pressed)) for n, pressed in KEYS),
    )


def files() -> None:
    """List the files of a case, and the commands."""
    st.markdown(guide_parts.FILES)
    st.markdown("#### Commands")
    _table(
        ("Command", "What it does"),
        ((f"`workbench {name}`", does) for name, does in guide_parts.COMMANDS),
    )
    st.markdown("`workbench COMMAND --help` explains each and lists its options.")


PARTS = {
    "The method": method,
    "Worked cases": worked_case,
    "The numbers": numbers,
    "Keys": keys,
    "Files and commands": files,
}


@sign_in.part
def parts() -> None:
    """Draw the part that is read; the others once they are turned to."""
    for tab, draw in zip(
        st.tabs(list(PARTS), key="guide_part", on_change="rerun"),
        PARTS.values(),
        strict=True,
    ):
        if tab.open:
            with tab:
                draw()


controls.heading(
    "Guide",
    "Analysis of competing hypotheses, after Richards J. Heuer, Psychology of "
    "Intelligence Analysis (1999), chapter 8, and what this workbench adds.",
    of_case=False,
)
parts()
