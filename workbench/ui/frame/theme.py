"""What Streamlit's theme leaves to be mended: contrast, and a gap above each page."""

from __future__ import annotations

from typing import Final

STYLE: Final = (
    # Captions are the text at 60%, which has 4.29:1.
    "[data-testid=stCaptionContainer]{opacity:.8}"
    # A primary button's text is white on either theme's colour.
    "[data-testid^=stBaseButton-primary]:not(:disabled)"
    "{color:light-dark(#fff,#10181d)}"
    # A term of art says what it means by a tip of its own.
    ".stMain a[href*='#term-']{color:inherit;cursor:help;"
    "text-decoration:underline dotted 1px;text-underline-offset:3px}"
    "svg.marks :is(.role-title,.role-axis-title) text{pointer-events:auto}"
    "#wb-term{position:fixed;z-index:999999;max-width:min(22rem,calc(100vw - 12px));"
    "padding:.45rem .65rem;border-radius:8px;font-size:13.5px;line-height:1.4;"
    "background:light-dark(#17232b,#e6edf0);color:light-dark(#fff,#10181d)}"
    # A word that is wider than the page moves its table, and not the page.
    "[data-testid=stMarkdownContainer]:has(>table){overflow-x:auto}"
    "@media(max-width:600px){[data-testid=stMarkdownContainer] :is(th,td)"
    "{padding:.3rem .35rem;font-size:.87rem}}"
    ".stPageLink p,:is([class*=st-key-cell],[class*=st-key-missing],"
    # Not of every div in it: all of those on the page are then styled anew whenever
    # any class changes, as at every key on the grid.
    "[class*=st-key-way_on]) button :is(p,[data-testid=stMarkdownContainer])"
    "{white-space:normal;text-align:left}"
    # Who is judging stands at the end of the line that heads a page.
    ".st-key-page-head{flex-wrap:nowrap!important}"
    ".st-key-page-head>:first-child{flex:1 1 0;min-width:0}"
    ".st-key-page-head>:last-child{flex:none}"
    # A choice of many stands in as many lines as it takes, and is not cut.
    "@media(max-width:600px){[data-testid=stButtonGroup] [role=radiogroup]"
    "{flex-wrap:wrap;row-gap:.35rem}}"
    # So does each of those that a field opens: what tells two apart may be at the end.
    "[data-layout=stack]>[role=option]{flex:none;height:auto!important}"
    "[data-layout=stack]>[role=option] [data-item-hl]{height:auto!important;"
    "padding-block:.2rem;line-height:1.3;white-space:normal;overflow-wrap:anywhere}"
    # A field that keeps a draft has a line below it for saying so.
    ".st-key-beside-kept .stButton{margin-bottom:1.21rem}"
    # What is drawn later has its room: what the answer says, a chart, two moments.
    ".st-key-the-answer:has(.to-come){min-height:28rem}"
    ".st-key-over-the-work:has(.to-come){min-height:33rem}"
    ".st-key-compared:has(.to-come){min-height:12rem}"
    ".st-key-course-chart{min-height:340px}"
    "@media(max-width:600px){:is(.st-key-compare_from,.st-key-compare_to)"
    "{min-width:100%}.st-key-the-answer:has(.to-come){min-height:60rem}"
    ".st-key-over-the-work:has(.to-come){min-height:43rem}"
    ".st-key-compared:has(.to-come){min-height:21rem}}"
    # Code in a sentence is a quarter smaller than the sentence.
    ":is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer]) code"
    "{font-size:max(.88em,12px)}"
    # What is chosen of several stands on the same colour as a primary button.
    ".stMultiSelect [data-baseweb=tag],.stMultiSelect span[title]"
    "{color:light-dark(#fff,#10181d)!important}"
    # The lines of a difference have 2.25:1 in the light.
    ".stCode .inserted{color:light-dark(#0a6b35,#21c354)!important}"
    ".stCode .deleted{color:light-dark(#a3261b,#ff8c82)!important}"
    # On the ground of a caption the green of code is too faint in the dark.
    "[data-testid=stCaptionContainer] code{color:inherit}"
    # What takes no room leaves no gap of the column either.
    # Of its wrapper alone: a rule for whatever has it takes a browser far longer.
    "[data-testid=stLayoutWrapper]:has(> :is(.st-key-frame-channel,"
    ".st-key-frame-waiting)){position:absolute}"
)
