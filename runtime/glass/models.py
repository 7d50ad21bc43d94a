"""Breaks of the glass. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Break(models.Model):
    """Who broke the glass over whom, and how it was judged. `reason` and `remark` are sealed with the person's key."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    epoch = models.PositiveIntegerField()  # of its person: a higher one ends it
    party = models.UUIDField()
    reason = models.BinaryField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when those who keep watch were told
    verdict = models.CharField(max_length=16, blank=True)
    remark = models.BinaryField(default=b"")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)
    history = HistoricalRecords(excluded_fields=["reason", "remark"])

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=models.Q(verdict=""), name="glass_unjudged"),
            models.Index(fields=["by", "until"], name="glass_by"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
