"""A deed that a supervisor does to several items at once, and what it did to each. Models of this app; `actions.bulks` writes them."""

import uuid

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Bulk(models.Model):
    """One deed: who, when, what, to which items; how far it is, what it could not do and why, what was taken back.

    First everything is looked at (`counting`, then `counted`: the preview), then it is done (`running`, then `done`), and perhaps taken
    back (`undoing`, then `undone`). `stopped` leaves what was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=16)  # `deeds.DEEDS`
    told = models.JSONField(default=dict)  # what the deed is given: codes, ids, moments
    items = models.JSONField(
        null=True
    )  # the ids of those that were ticked; without: all that `sieve` lets through
    sieve = models.JSONField(default=dict)  # `sieve.dump`
    queues = models.JSONField(default=list)  # ids: whoever sees these sees the deed
    # counting counted running done undoing undone stopped
    state = models.CharField(max_length=12, default="counting")
    step = models.PositiveIntegerField(
        default=0
    )  # of the chunks: a worker that comes late finds it higher
    after = models.JSONField(null=True)  # where the next chunk begins
    seen = models.PositiveIntegerField(default=0)  # in the preview
    wanted = models.PositiveIntegerField(default=0)  # of these it can be done to
    hindered = models.JSONField(default=dict)  # in the preview, by reason
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)  # while it was done, by reason
    undone = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=dict)  # what could not be taken back, by reason
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="bulk_newest")]

    def __str__(self):
        return f"{self.deed} {self.id} ({self.state})"


class BulkStep(models.Model):
    """What a deed did to one item: how it was before, and the event that tells of it."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="steps", db_index=False)
    item = models.ForeignKey(
        "queues.WorkItem", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    event = models.ForeignKey(
        "queues.WorkItemEvent", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "item"], name="bulk_step_once")]

    def __str__(self):
        return f"step of {self.bulk_id}"
