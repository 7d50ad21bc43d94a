"""Channels, what was told through them, and trials of effects on past records. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Channel(models.Model):
    """A way to tell somebody, under a code that scripts name. Its id is a subject of the vault: the address lies sealed under its key."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=16)  # mail, service, sms
    language = models.CharField(max_length=16)
    clearance = models.CharField(max_length=16, default="open")  # of what its texts may say
    open = models.BooleanField(default=True)
    sealed = models.BinaryField()
    history = HistoricalRecords(excluded_fields=["sealed"])

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Notice(models.Model):
    """That an effect told somebody: which, through which channel, under which reference its receiver can tell it again. Never what."""

    effect = models.UUIDField(unique=True)
    channel = models.ForeignKey(  # none: by the house's own mail
        Channel, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    reference = models.CharField(max_length=64)
    record = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record"], name="notice_record")]

    def __str__(self) -> str:
        return self.reference


class Trial(models.Model):
    """What the effects of a draft would do, counted over the newest records of its app. `told`: counts, and a few numbers of records."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    definition = models.JSONField()  # of the draft; gone once it is done
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="waiting")  # waiting running done
    records = models.JSONField(default=list)  # ids of those still to be looked at
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["app", "-created_at"], name="trial_newest")]

    def __str__(self) -> str:
        return f"trial {self.id} ({self.state})"


class Descent(models.Model):
    """Where a work item comes from that an effect made: the first cause, and how many steps away it is. So that nothing makes itself
    for ever."""

    item = models.UUIDField(primary_key=True)
    root = models.UUIDField()  # the first item, or the record that had none
    depth = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root", "at"], name="descent_root")]

    def __str__(self) -> str:
        return f"{self.item} of {self.root}"


class Series(models.Model):
    """Calls on the days that follow, until one ends for good. Its items have keys `series:ID:DAY`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.UUIDField()
    campaign = models.ForeignKey(
        "queues.Campaign", on_delete=models.PROTECT, related_name="series"
    )
    party = models.UUIDField()
    days = models.PositiveSmallIntegerField()
    until = models.CharField(max_length=63, blank=True)  # an outcome
    state = models.CharField(max_length=12, default="running")  # running ended withdrawn
    reason = models.CharField(
        max_length=63, blank=True
    )  # an outcome or a disposition; over, amended
    by = models.ForeignKey(  # who withdrew it
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "campaign"], name="series_once"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(state="running"), name="series_running"
            ),
        ]

    def __str__(self) -> str:
        return f"series {self.id} ({self.state})"
