"""Lists of people that are being loaded. Models of this app; `actions.imports`, `actions.trying` and `actions.loading` write them."""

import uuid

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class ImportJob(models.Model):
    """A list of people being loaded into a campaign; what it holds lies sealed until it is done, and the lines that could not be taken
    until `kept_until`.

    The figures are those of its dry run while it is `checking` or `checked`, then those of its loading."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        "queues.Campaign", on_delete=models.PROTECT, related_name="imports"
    )
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    # mapping checking checked waiting running done stopped
    state = models.CharField(max_length=12, default="mapping")
    encoding = models.CharField(max_length=16, blank=True)
    delimiter = models.CharField(
        max_length=1, default=","
    )  # what is left out is given back with it
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    doubles = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    together = models.PositiveIntegerField(default=0)  # lines of a household, in a dry run
    trial = models.PositiveSmallIntegerField(
        default=0
    )  # which dry run: steps of a former one do nothing
    problems = models.JSONField(default=list)  # line numbers and codes, never values
    sealed = models.BinaryField(null=True)  # header and a few rows, for the mapping page
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)  # what was left out can be fetched until then

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


class ImportLeftOut(models.Model):
    """The lines of a chunk that could not be taken, sealed under the list's key: as they were read, with every reason."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="left_out")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_left_out")]

    def __str__(self):
        return f"left out of chunk {self.number} of {self.job_id}"


class ImportKey(models.Model):
    """What a dry run remembers of the lines it has seen: blind keys, so that a person who stands in the list twice is counted once."""

    job = models.ForeignKey(
        ImportJob, on_delete=models.CASCADE, related_name="keys", db_index=False
    )
    field = models.CharField(max_length=32)
    blind = models.BinaryField(max_length=16)
    line = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "field", "blind"], name="import_key")
        ]

    def __str__(self):
        return f"{self.field} of line {self.line} of {self.job_id}"
