"""What is pointed out beside a form: items that say the same, or repeat one report."""

from __future__ import annotations

from workbench.case.editing import neighbours
from workbench.case.model import Case, Evidence
from workbench.grid.payload import Values
from workbench.wording import clipped, listed, named
from workbench.wording.nearly_said import describe_near


def nearly_titled(case: Case, title: str, but: str = "") -> list[Values]:
    """Point out the items titled nearly so; `but` is the item that it is of."""
    return [_near(one) for one in neighbours.nearly_titled(case, title, but)]


def _near(one: neighbours.Near) -> Values:
    return {"text": describe_near(one), "item": one.item.id}


def of_item(case: Case, item: Evidence) -> dict[str, list[Values]]:
    """Give the notes on an item's fields, by field."""
    stated = neighbours.nearly_stated(case, item.statement, item.id)
    return {
        "title": nearly_titled(case, item.title, item.id),
        "statement": [_near(one) for one in stated],
        "origin": [_shared(case, item, one) for one in _reports(case, item)],
    }


def _reports(case: Case, item: Evidence) -> tuple[neighbours.Shared, ...]:
    return neighbours.of_one_report(case, item)


def _shared(case: Case, item: Evidence, one: neighbours.Shared) -> Values:
    place = f"{case.source[one.source].spoken}, {clipped(one.at, 40)}"
    tags = f"; {_tags(one.tags)}" if one.tags else ""
    given = item.origin or one.item.origin
    return {
        "text": f"{named(one.item, 80)} cites the same place ({place}{tags}). If both "
        "repeat one report, they count once.",
        "item": one.item.id,
        "label": f"Give both the origin {given}" if given else "Give both one origin",
        "request": {"act": "share-origin", "id": item.id, "with": one.item.id},
    }


def _tags(tags: tuple[str, ...]) -> str:
    return f"tag {tags[0]}" if len(tags) == 1 else f"tags {listed(tags)}"
