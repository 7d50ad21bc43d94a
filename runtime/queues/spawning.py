"""Which items come from the end of which record."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Spawned(models.Model):
    """An item that the end of a record made, or wants as well: in which revision of the record it was wanted last."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="spawned")
    item = models.ForeignKey(
        "queues.WorkItem", on_delete=models.PROTECT, related_name="spawned_by"
    )
    revision = models.PositiveSmallIntegerField()
    decided_at = models.DateTimeField(null=True)  # when an amendment found it unwanted
    seen_at = models.DateTimeField(null=True)  # when a supervisor looked after one that stays
    seen_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "item"], name="spawned_once"),
        ]

    def __str__(self):
        return f"{self.item_id} of {self.record_id}"
