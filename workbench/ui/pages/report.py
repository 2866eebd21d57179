"""The report: choose a format, look, download; and publish a new baseline."""

import datetime as dt
from functools import partial

import streamlit as st

from workbench.method.schemes import SCHEMES
from workbench.report import BRIEFS, FORMATS, Basis, make
from workbench.report.content.basis import ANNEX
from workbench.report.content.sections import TITLES
from workbench.report.content.standards import lacking
from workbench.ui import (
    certainty_form,
    controls,
    day_field,
    entrance,
    exporting,
    importing,
    kept_choice,
    narrative_form,
    pacing,
    preview,
    publishing,
    report_of,
    round_stand,
    slides,
    state,
)
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.wording import counted, listed
from workbench.wording.departures import departures

WHAT = {
    "html": "One page that needs no network: every section, and the live grid inside. "
    "It reads well in print and with scripts switched off.",
    "pdf": "Every section for print and for sending, tagged for screen readers, with "
    "bookmarks and the handling line on each page.",
    "docx": "Every section as a Word document: real headings, tables that can be "
    "edited, and charts that are said in words, too.",
    "xlsx": "A workbook: change a rating or a weight in it and the scores follow by "
    "formula. The sections stand on further sheets.",
    "md": "Every section as Markdown, for a document or a wiki.",
    "csv": "The matrix as a table: items with their grades, and the code of each cell.",
    "json": "Everything, in full precision: the case, the judgments and the result. "
    "Reading it back gives the same case.",
}
LENGTHS = ("Whole", "Brief")
DATE = "report_date"
SECTIONS = "report_sections"
USUAL = [id_ for id_ in TITLES if id_ not in ANNEX]

case = state.case()
controls.heading(
    "Report",
    "All hypotheses with what speaks against each, what the ranking hangs on, the "
    "sources, and the limits of the method. The same judgments and date give the same "
    "file.",
)
controls.jump_list("For a slide", "Other tools' files", "Publish as the new baseline")
with st.container(
    key="report-controls", horizontal=True, vertical_alignment="bottom", gap="medium"
):
    to = st.segmented_control(
        "Format",
        list(FORMATS),
        key="report_format",
        default="html",
        required=True,
        persist_state="session",
    )
    whose = report_of.control()
    with st.container(key=DATE, width=170):
        today = dt.datetime.now().astimezone().date()
        what = "The date on the report. It changes nothing else."
        date = day_field.day("Date", DATE, today, help_=what)
    controls.rule_control()
    length = st.segmented_control(
        "Length",
        LENGTHS,
        key="report_length",
        default=LENGTHS[0],
        required=True,
        persist_state="session",
        help="A brief is one page: the verdict, what speaks most against each "
        "hypothesis, what the verdict hangs on, and what to look for.",
    )
kept_choice.tell_before(DATE, "The date is as you chose it before")
to = to or "html"
brief = length == LENGTHS[1]

own, judgments = whose.own, whose.judgments
basis = Basis(
    case,
    judgments,
    date,
    whose.analyst,
    state.rule(),
    count_all=state.count_all(),
    chain=whose.chain,
    others=whose.others,
    said=state.comments(),
    again=whose.again,
    rounds=whose.rounds,
)
headline, *rest = whose.reached.lines
many = len(departures(case, judgments))
# The frame gives one's own headline already.
said = [] if whose.own else [f"**{linked(headline)}**"]
st.markdown(" ".join([*said, linked(" ".join(rest))]))
by = "As published, " if whose.analyst is None else f"By {literal(whose.analyst)}, "
apart = f", {counted(many, 'departure')} from the published case" if many else ""
origins = "; every item of an origin counts" if state.count_all() else ""
rule = SCHEMES[state.rule()].title.lower()
st.caption(f"{by}under the rule {rule}{origins}{apart}. {WHAT[to]}")

lacks = lacking(basis, TITLES)
chosen = state.view(SECTIONS, USUAL)
folded = controls.fold("Sections", ":material/list:", "report_fold")
if folded.open:
    with folded:
        chosen = st.pills(
            "Sections of the report",
            list(TITLES),
            format_func=lambda id_: TITLES[id_],
            selection_mode="multi",
            key=state.seed(SECTIONS, chosen),
            on_change=lambda: state.set_view(SECTIONS, state.widget(SECTIONS)),
            label_visibility="collapsed",
        )
        st.caption(
            "Those without content are left out; csv holds the matrix alone. The last "
            "four are the annex: what was said, what a reviewer would ask, the "
            "standards, each item."
        )
firm = controls.fold("How firm each standing is", ":material/balance:", "report_firm")
if firm.open:
    with firm:
        if own:
            certainty_form.editor(basis.assessment, basis.certainty)
        else:
            st.caption(
                "What you confirm and strike is yours: choose your judgments above."
            )
by_hand = controls.fold("Written by hand", ":material/edit:", "report_by_hand")
if by_hand.open:
    with by_hand:
        if own:
            narrative_form.editor()
        else:
            st.caption("What is written by hand is yours: choose your judgments above.")
title = f"Against ICD 203 and 206: {counted(len(lacks), 'point')} lacking"
held = controls.fold(title, ":material/fact_check:", "report_standards")
if held.open:
    with held:
        narrative_form.lacks(lacks)
wanted = tuple(id_ for id_ in TITLES if id_ in (chosen or []))
if brief and to not in BRIEFS:
    st.info(f"A brief comes as {listed(BRIEFS)}: choose one of these formats.")
elif wanted or brief:
    write = partial(
        make,
        case,
        judgments,
        to=to,
        date=date,
        analyst=basis.analyst,
        rule=basis.rule,
        count_all=basis.count_all,
        sections=() if brief or list(wanted) in (USUAL, list(TITLES)) else wanted,
        chain=basis.chain,
        annex=not brief and len(wanted) == len(TITLES),
        brief=brief,
        others=basis.others,
        said=basis.said,
        again=basis.again,
        rounds=basis.rounds,
    )
    whose_ = [*basis.others, *([] if whose.analyst is None else [whose.analyst])]
    guarded = round_stand.guarded(write, f"the report in {to}", whose_)
    extension = FORMATS[to].extension
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"Download {to}",
            guarded,
            file_name=preview.file_name(case.question.title, date, extension),
            mime=FORMATS[to].media_type,
            key="download",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        look = st.toggle("Preview", key="report_preview", persist_state="session")
    if look:
        preview.draw(write, to)
else:
    st.info("Choose at least one section of the report.")

st.markdown("#### For a slide")
st.caption("A chart, or the matrix, as a picture that stands alone.")
slides.draw(basis)

st.markdown("#### Other tools' files")
exporting.draw(case, judgments, date, basis.analyst)
pacing.send()
if entrance.is_demonstration():
    st.caption("In this demonstration nobody can import a file of another tool.")
elif not entrance.has_cases_begun():
    st.caption("A file of another tool is brought in on the server: workbench import.")
elif state.are_several():
    st.caption("A file of another tool is imported on the page Cases.")
else:
    with st.expander("Import a file of another tool", icon=":material/upload_file:"):
        importing.beside_one_case()

st.divider()
st.markdown("#### Publish as the new baseline")
st.markdown(
    "Writes your ratings, reasons, levels, origins and exclusions into the case's own "
    "evidence files, for everybody who opens it. You see every line before it is "
    "written."
)
if st.toggle("Show what would change", key="publish_preview"):
    publishing.draw()
