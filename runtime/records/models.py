"""Records: an append-only log of sealed events, one subject, one pinned version."""

import uuid

from django.conf import settings
from django.db import models


class Record(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey("builder.Version", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        "parties.Party", null=True, on_delete=models.PROTECT, related_name="records"
    )
    unit = models.ForeignKey(  # of the queue it was begun from, else of who began it
        "people.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.UUIDField()
    wrapped_key = models.BinaryField()
    snapshot = models.BinaryField(null=True)
    snapshot_number = models.PositiveIntegerField(default=0)
    settled_number = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=63, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened = models.PositiveSmallIntegerField(
        default=0
    )  # times reopened: the revision of its exports
    erased_at = models.DateTimeField(null=True)  # its key and its log are gone; this row stays
    created_at = models.DateTimeField(db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["version"], condition=models.Q(closed_at__isnull=True), name="record_open"
            )
        ]


class Session(models.Model):
    """A sitting of a person at a record; the append statement checks its fence and the person's epoch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="sessions")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=16, default="agent")  # agent, learner, public, practice
    fence = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField()
    today = models.DateField()
    started_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=32, blank=True)


class Event(models.Model):
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    client_id = models.UUIDField()
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField()  # the number its writer had seen
    sealed = models.BinaryField()
    at = models.DateTimeField()
    late = models.BooleanField(default=False)
    merged_at = models.DateTimeField(null=True)  # late events: when the next holder decided
    dismissed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "client_id"], name="event_client_id"),
            models.UniqueConstraint(fields=["record", "number"], name="event_number"),
        ]


class StoredFile(models.Model):
    """A file that an answer names, sealed under the record's key. One that no answer named is forgotten after a time."""

    id = models.UUIDField(primary_key=True, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.BinaryField()  # its question and its reference, sealed as events are
    content = models.BinaryField()
    small = models.BinaryField(null=True)  # a picture for the screen
    created_at = models.DateTimeField()
    named_at = models.DateTimeField(null=True)  # when an answer came that names it

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(named_at__isnull=True),
                name="file_unnamed",
            )
        ]


class CarryOver(models.Model):
    """That the open records of an app follow to a version: when, and how far it has come. Written by `carrying` alone."""

    version = models.OneToOneField("builder.Version", on_delete=models.PROTECT, related_name="+")
    when = models.CharField(max_length=8)  # now, opening, never (`builder.releases`)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)  # no record waits any more
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Carried(models.Model):
    """A record that followed: from where, under which number of its log, how many answers; never which."""

    carry = models.ForeignKey(CarryOver, on_delete=models.PROTECT, related_name="carried")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="carried")
    former = models.ForeignKey("builder.Version", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=63, blank=True)  # why it could not; then it stays
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carry", "record"], name="carried_once")]
