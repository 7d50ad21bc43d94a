"""Fillings, seats, invitations, and what is counted. The only writer is `actions`.

No column here holds a name, an address or a code in clear: what has to be found again is kept as a keyed digest (`sealed.hidden`).
"""

import uuid

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """A signed link that leads one person to their form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        "queues.WorkItem", null=True, on_delete=models.PROTECT, related_name="+"
    )
    fact = models.CharField(max_length=32)  # what the person proves themselves with
    once = models.BooleanField(default=True)
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones
    used_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.id)


class Filling(models.Model):
    """A record that somebody fills by themselves: how they come back to it, and what is told when it was sent."""

    record = models.OneToOneField("records.Record", on_delete=models.PROTECT, related_name="+")
    app = models.ForeignKey("builder.App", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT)
    handle = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001  digest of the link; several have none
    code = models.CharField(max_length=32, blank=True)  # digest of link and code
    until = models.DateTimeField()  # one comes back until then
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.record_id)


class Seat(models.Model):
    """One browser at a filling. Its cookie holds a secret that was made for it; here lies its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filling = models.ForeignKey(Filling, on_delete=models.CASCADE, related_name="seats")
    secret = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Counted(models.Model):
    """How often something was done in a stretch of time, by a digest of what and who."""

    key = models.CharField(max_length=32, primary_key=True)
    n = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.n}"
