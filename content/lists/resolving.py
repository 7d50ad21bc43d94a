"""What a question's reference to a shared list comes to, for `builder.shared`."""

from typing import Any

from builder.compile import SharedList
from content.models.lists import ChoiceList


def resolve(code: str, number: int | None) -> SharedList:
    """The list as it is published now, or as its numbered edition was; or why there is none."""
    shared = ChoiceList.objects.filter(code=code).first()
    if shared is None:
        return SharedList(code, fault="missing")
    if not shared.live:
        return SharedList(shared.title, fault="closed")
    editions: Any = shared.editions.order_by("-number")
    edition = (editions.filter(number=number) if number is not None else editions).first()
    if edition is None:
        return SharedList(shared.title, fault="edition")
    return SharedList(shared.title, edition.choices)
