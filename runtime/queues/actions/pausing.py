"""Pausing a queue or a campaign: nothing of it is handed out until it is resumed. Nothing is withdrawn, and who holds an item ends it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from runtime.queues.models import Campaign, Queue


@transaction.atomic
def pause(*, of: Queue | Campaign, paused: bool, by: AbstractBaseUser) -> bool:
    """Pauses, or resumes; kept in the history with who did it. False where it was so already.

    The claim looks at it inside its own statement, so that nothing is handed out from this commit on."""
    model: type[Queue] | type[Campaign] = type(of)
    row = model.objects.select_for_update().get(pk=of.pk)  # type: ignore[union-attr]  # both have the usual manager
    if row.paused == paused:
        return False
    row.paused = paused
    row._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    row.save(update_fields=["paused"])
    of.paused = paused
    return True
