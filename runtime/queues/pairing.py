"""People who are probably one, and what a person decided. Models of this app; `actions.pairing` writes them."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import models


class Pair(models.Model):
    """Two people who may be one. A pair that was decided is not proposed again; `same` is what links the two."""

    older = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    newer = models.ForeignKey("parties.Party", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, default="open")  # open later same other
    campaign = models.ForeignKey(
        "queues.Campaign", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # into which the newer one came
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["older", "newer"], name="pair")]
        indexes = [models.Index(fields=["state", "found_at"], name="pair_state")]

    def __str__(self):
        return f"pair {self.pk} ({self.state})"


class PairItem(models.Model):
    """An item that a decision withdrew: how it was, for who takes the decision back."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="withdrawn")
    item = models.ForeignKey("queues.WorkItem", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("queues.WorkItemEvent", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16)

    def __str__(self):
        return f"item {self.item_id} of pair {self.pair_id}"


def decided_same(parties: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Of each of these people: who a person has decided to be the same."""
    asked = set(parties)
    rows = Pair.objects.filter(models.Q(older__in=asked) | models.Q(newer__in=asked), state="same")
    found: dict[UUID, set[UUID]] = {}
    for older, newer in rows.values_list("older", "newer"):
        for one, other in ((older, newer), (newer, older)):
            if one in asked:
                found.setdefault(one, set()).add(other)
    return found
