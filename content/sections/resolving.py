"""What an inclusion's reference to a shared section comes to, for `builder.shared`."""

from typing import Any

from builder import compile as compiling
from content.models.sections import SharedSection


def resolve(code: str, number: int | None) -> compiling.SharedSection:
    """The section as it is published now, or as its numbered edition was; or why there is none."""
    source = SharedSection.objects.filter(code=code).order_by("pk").first()
    if source is None:
        return compiling.SharedSection(code, fault="missing")
    if not source.live:
        return compiling.SharedSection(source.title, fault="closed")
    editions: Any = source.editions.order_by("-number")
    edition = (editions.filter(number=number) if number is not None else editions).first()
    if edition is None:
        return compiling.SharedSection(source.title, fault="edition")
    return compiling.SharedSection(source.title, edition.language, edition.bodies)
