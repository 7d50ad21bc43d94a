"""Lists of people that are being loaded. Models of this app; `actions.imports` and `actions.loading` write them."""

import uuid

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class ImportJob(models.Model):
    """A list of people being loaded into a campaign; what it holds lies sealed until it is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        "queues.Campaign", on_delete=models.PROTECT, related_name="imports"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    # mapping waiting running done stopped
    state = models.CharField(max_length=12, default="mapping")
    encoding = models.CharField(max_length=16, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    doubles = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # line numbers and codes, never values
    sealed = models.BinaryField(null=True)  # header and a few rows, for the mapping page
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"import {self.id} ({self.state})"


class ImportChunk(models.Model):
    """Some rows of a list, sealed; deleted in the transaction that loads them."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_chunk")]

    def __str__(self):
        return f"chunk {self.number} of {self.job_id}"
