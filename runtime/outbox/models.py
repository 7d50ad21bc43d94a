"""Effects waiting to be carried out."""

import uuid

from django.conf import settings
from django.db import models


class Effect(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    effect = models.CharField(max_length=63)
    key = models.CharField(max_length=200, unique=True)
    arguments = models.JSONField(default=dict)  # ids and codes only
    record = models.UUIDField(null=True)
    state = models.CharField(max_length=8, default="pending")  # pending, done, failed, given_up
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    last_problem = models.CharField(max_length=200, blank=True)  # a code, never data
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # the last try that failed
    # Why it is there: the end of a record under a version (its id), and which of that outcome's effects it is. Empty for the house's own.
    version = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=63, blank=True)
    rule = models.PositiveSmallIntegerField(null=True)
    decided_by = models.ForeignKey(  # who had it tried again, or gave it up
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], condition=models.Q(state="pending"), name="effect_due"
            ),
            models.Index(
                fields=["failed_at"], condition=models.Q(state="failed"), name="effect_failed"
            ),
            models.Index(fields=["-created_at"], name="effect_newest"),
            models.Index(fields=["record"], name="effect_record"),
        ]
