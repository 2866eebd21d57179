"""The report as one HTML file: no network, no reference, the live grid inside.

Everything is read with scripts off and in print; the grid is laid over the matrix when
scripts run. Text is escaped by the template and never trusted.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import jinja2
from markupsafe import Markup

from workbench import fonts
from workbench.grid import bundle
from workbench.grid.payload import snapshot
from workbench.report.content.sections import Report

_MOUNT: Final = """
{
  const page = document.documentElement;
  const parentElement = document.getElementById("live");
  page.classList.add("live");
  try {
    const data = JSON.parse(document.getElementById("live-data").textContent);
    mount({ data, parentElement });
  } catch (fault) {
    page.classList.remove("live");
    throw fault;
  }
}
"""
_UNSAFE: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_LONE: Final = re.compile("[\ud800-\udfff]")


def to_html(report: Report) -> bytes:
    """Write the report as HTML."""
    grid_css, grid_js = _grid()
    styles = [_look(), grid_css, _page(report.handling)]
    script = grid_js and f"{grid_js}{_MOUNT}"
    if not any(section.id == "matrix" for section in report.sections):
        styles, script = [styles[0], styles[2]], ""
    page = _environment().get_template("report.html.jinja")
    text = page.render(
        report=report,
        policy=_policy(styles, script),
        styles=[Markup(style) for style in styles],  # noqa: S704  our own files
        script=Markup(script),  # noqa: S704  our own file
        data=Markup(embedded(_data(report))),  # noqa: S704  escaped for a script
        kind=lambda block: type(block).__name__,
    )
    return _LONE.sub("\ufffd", text).encode()


def embedded(value: Any) -> str:  # noqa: ANN401  any JSON value
    r"""Write JSON that may stand inside a script element.

    `<`, `>`, `&` and the line separators are \uXXXX, so that nothing in a text can end
    the element or begin another.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _data(report: Report) -> dict[str, Any]:
    data = snapshot(report.basis.matrix, "report", 0)
    # The page itself says what is asked.
    return {**data, "mode": "report", "question": ""}


@lru_cache(maxsize=1)
def _grid() -> tuple[str, str]:
    """Give the grid's style and script, fit to stand inline."""
    css, script = bundle.styles(), bundle.script()
    script = script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    return css.replace("</style", r"<\/style"), script


@lru_cache(maxsize=1)
def _look() -> str:
    """Give the page's style, with the font in it."""
    return fonts.css((fonts.REGULAR, fonts.BOLD), fonts.inline) + _text(
        "report.css.jinja"
    )


@lru_cache(maxsize=4)
def _text(name: str) -> str:
    return (resources.files("workbench.report") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(handling: str) -> str:
    """Put the handling line and the page's number on every printed page."""
    line = "".join(
        c if c.isalnum() and c.isascii() else f"\\{ord(c):x} " for c in handling
    )
    return (
        f'@page{{@top-left{{content:"{line}"}}'
        '@bottom-right{content:counter(page) " / " counter(pages)}}'
    )


def _policy(styles: list[str], script: str) -> str:
    """Allow the inline blocks of this very file, and nothing else."""
    allowed = " ".join(map(_hash, styles))
    scripts = _hash(script) if script else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {allowed}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
