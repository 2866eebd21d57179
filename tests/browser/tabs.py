"""The pages of a journey: tabs that are kept from test to test, others as asked for.

The app's own JavaScript takes a new browser profile 2.3 s of a processor to load, a tab
that has loaded it before 0.9 s. So the pages of a test are tabs that are kept, each in
a profile of its own, as empty as a new one: without cookies, storage, other tabs, and
where the mouse was.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        WebError,
    )

SIZE = (1440, 900)
# A message that the app's own JavaScript cannot take leaves the page dead: it hears
# and says nothing more. That is told on the console alone.
_FATAL = "encountered fatal error"
_KEPT = "local_storage,indexeddb,cookies,service_workers"  # and not what is cached

Scheme = Literal["light", "dark"]
Motion = Literal["no-preference", "reduce"]


@dataclass
class KeptTab:
    """A tab that one test after another is given."""

    browser: Browser
    _page: Page | None = None
    _hear: Callable[[str], None] | None = None

    def lend(
        self,
        size: tuple[int, int],
        scheme: Scheme,
        motion: Motion,
        permissions: Sequence[str],
        hear: Callable[[str], None],
    ) -> Page:
        """Give the tab to a test, which hears of the errors in its context."""
        self._hear = hear
        if self._page is None:
            width, height = SIZE
            context = self.browser.new_context(
                viewport={"width": width, "height": height}
            )
            _listen(context, self._note)
            self._page = context.new_page()
        self._page.set_viewport_size({"width": size[0], "height": size[1]})
        self._page.emulate_media(
            color_scheme=scheme, reduced_motion=motion, forced_colors="none"
        )
        if permissions:
            self._page.context.grant_permissions(permissions)
        return self._page

    def take_back(self, *, intact: bool) -> None:
        """Empty the tab; where something went wrong the next test gets a new one."""
        if self._page is None or self._hear is None:  # or nobody was given it
            return
        self._hear = None
        kept, context = self._page, self._page.context
        self._page = None
        if intact:
            with suppress(PlaywrightError):
                self._page = _emptied(kept)
        if self._page is None:
            context.close()

    def _note(self, text: str) -> None:
        if self._hear is not None:
            self._hear(text)


def _listen(context: BrowserContext, hear: Callable[[str], None]) -> None:
    """Hear of the errors in a context that nobody caught, and of a page that died."""

    def note_error(caught: WebError) -> None:
        hear(caught.error.stack or caught.error.message)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and _FATAL in message.text:
            hear(message.text)

    context.on("weberror", note_error)
    context.on("console", note_message)


def _emptied(kept: Page) -> Page:
    """Leave one tab of a context and nothing in it; a new one if it was closed."""
    context = kept.context
    origins = set()
    for page in context.pages:
        place = urlsplit(page.url)
        if place.scheme == "http":
            origins.add(f"{place.scheme}://{place.netloc}")
            with suppress(PlaywrightError):  # a page that no server answered has none
                page.evaluate("sessionStorage.clear()")
        if page != kept:
            page.close()
    context.clear_cookies()
    context.clear_permissions()
    if kept.is_closed():
        kept = context.new_page()
    kept.mouse.up()
    kept.mouse.move(0, 0)
    kept.goto("about:blank")
    session = context.new_cdp_session(kept)
    for origin in origins:
        what = {"origin": origin, "storageTypes": _KEPT}
        session.send("Storage.clearDataForOrigin", what)
    session.detach()
    return kept


@dataclass
class KeptTabs:
    """As many tabs as a test has ever asked for at once."""

    browser: Browser
    _tabs: list[KeptTab] = field(default_factory=list)

    def __getitem__(self, at: int) -> KeptTab:
        """Give the first, the second, ..."""
        while len(self._tabs) <= at:
            self._tabs.append(KeptTab(self.browser))
        return self._tabs[at]

    def take_back(self, *, intact: bool) -> None:
        """Empty all, or let the next test have new ones."""
        for each in self._tabs:
            each.take_back(intact=intact)


@dataclass
class Pages:
    """Opens pages for one test; `page`.

    Each has a browser profile of its own, and is a tab that is kept unless it differs
    by more than size and theme.
    """

    browser: Browser
    kept: KeptTabs
    lent: list[Page] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __call__(
        self,
        *,
        color_scheme: Scheme = "light",
        reduced_motion: Motion = "no-preference",
        size: tuple[int, int] = SIZE,
        permissions: Sequence[str] = (),
        has_touch: bool = False,
        expected_errors: Sequence[str] = (),
        alone: bool = False,
        trusting: bool = False,
    ) -> Page:
        """Open an empty page, in a profile that was never used if it is to be `alone`.

        It has to be where a test changes requests or headers, adds scripts, goes
        offline or wants a cold cache. One that is `trusting` takes any certificate. An
        uncaught error in the page, or in a tab opened
        from it, fails the test at its end, unless one of the `expected_errors` (regular
        expressions) is found in it.
        """

        def note(text: str) -> None:
            if not any(re.search(each, text) for each in expected_errors):
                self.errors.append(text)

        if not (has_touch or alone or trusting):
            tab = self.kept[len(self.lent)]
            self.lent.append(
                tab.lend(size, color_scheme, reduced_motion, permissions, note)
            )
            return self.lent[-1]
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            permissions=list(permissions),
            has_touch=has_touch,
            ignore_https_errors=trusting,
        )
        _listen(context, note)
        self.contexts.append(context)
        return context.new_page()

    def close(self, *, intact: bool) -> None:
        """Close what was opened; the tabs that are kept are emptied instead."""
        for context in self.contexts:
            context.close()
        self.kept.take_back(intact=intact)

    def screenshots(self, folder: Path) -> list[Path]:
        """Save what each open page shows."""
        saved: list[Path] = []
        contexts = [*(each.context for each in self.lent), *self.contexts]
        for page in [page for context in contexts for page in context.pages]:
            path = folder / f"page-{len(saved) + 1}.png"
            # A crashed page has no picture, and must not hide why the test failed.
            with suppress(PlaywrightError):
                page.screenshot(path=path, timeout=5_000)
                saved.append(path)
        return saved
