"""The blocks of an app that a proposal may be about, by the words people see on the screen."""

from collections.abc import Iterator

from builder.definition import TextItem
from builder.models import App, definition_of

LONGEST = 120


def places_of(app: App, language: str) -> Iterator[tuple[str, str]]:
    """(id, words) of each section, and of what stands in it, of the newest version."""
    version = app.versions.order_by("-number").first()
    if version is None:
        return
    definition = definition_of(version)
    for section in definition.sections:
        title = section.title.plain(language, definition.source) or section.name
        yield section.id, title[:LONGEST]
        for item in section.items:
            text = item.text if isinstance(item, TextItem) else item.label
            words = text.plain(language, definition.source) or getattr(item, "name", "")
            yield item.id, f"{title} › {words}"[:LONGEST]
    for outcome in definition.outcomes:
        yield (
            outcome.id,
            (outcome.label.plain(language, definition.source) or outcome.name)[:LONGEST],
        )
