"""Editions of shared lists, and loading choices into one. The only writer of ListEdition; the actor is `by`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from content.models.lists import ChoiceList, ListEdition


@transaction.atomic
def make_edition(*, shared: ChoiceList, by: Any) -> ListEdition | None:
    """The next edition of a list that was published; None where its choices are those of the newest one."""
    locked = ChoiceList.objects.select_for_update().get(pk=shared.pk)
    newest = locked.newest()
    if newest is not None and newest.choices == shared.choices:
        return None
    return ListEdition.objects.create(
        list=locked,
        number=newest.number + 1 if newest else 1,
        choices=shared.choices,
        created_at=timezone.now(),
        created_by=by if by is not None and by.pk else None,
    )


@transaction.atomic
def load_choices(*, shared: ChoiceList, choices: list[dict[str, Any]], by: Any) -> None:
    """These choices become the list's draft; scripts see them once it is published."""
    draft = shared.get_latest_revision_as_object()
    draft.choices = choices
    draft.save_revision(user=by, log_action=True)


@transaction.atomic
def make_list(
    *, title: str, code: str, choices: list[dict[str, Any]], by: Any = None, publish: bool = True
) -> ChoiceList:
    """A new shared list, published unless told otherwise."""
    shared = ChoiceList.objects.create(title=title, code=code, choices=choices, live=False)
    revision = shared.save_revision(user=by)
    if publish:
        revision.publish(user=by)
        shared.refresh_from_db()
    return shared
