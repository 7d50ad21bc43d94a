"""What was said at which block: Wagtail's comments, with the words of the block and the way to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Remark:
    """A comment that waits to be resolved."""

    place: str
    text: str
    by: str
    at: Any
    anchor: str
    replies: tuple[tuple[str, str], ...]


def remarks_of(page: Any) -> Iterator[Remark]:
    """The open comments of a draft, in the order of its blocks."""
    labels = dict(_labels(page.body, "")) | dict(_labels(page.outcomes, ""))
    order = {block: number for number, block in enumerate(labels)}

    def place_of(path: str) -> str:
        known = [part for part in path.split(".") if part in labels]
        return known[-1] if known else ""

    rows = [each for each in page.wagtail_admin_comments.all() if each.resolved_at is None]
    for row in sorted(rows, key=lambda each: order.get(place_of(each.contentpath), len(order))):
        yield Remark(
            labels.get(place_of(row.contentpath), ""),
            row.text,
            _name(row.user),
            row.created_at,
            f"#:w:contentpath={quote(row.contentpath)}",
            tuple((_name(reply.user), reply.text) for reply in row.replies.all()),
        )


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


def _labels(stream: Any, above: str) -> Iterator[tuple[str, str]]:
    for block in stream or []:
        value = block.value
        words = value.get("title") or value.get("label") or value.get("text") or block.block.label
        path = f"{above} › {str(words)[:60]}" if above else str(words)[:60]
        yield block.id, path
        yield from _labels(value.get("items"), path)
