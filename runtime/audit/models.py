"""The access log and its tree: rows are inserted, never changed or removed (triggers in both databases)."""

from django.conf import settings
from django.db import models


class AccessLog(models.Model):
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deed = models.CharField(max_length=16)
    subject = models.UUIDField(null=True)
    record = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200)
    detail = models.CharField(
        max_length=200, blank=True
    )  # codes and numbers only, never an answer
    mark = models.BinaryField(null=True)  # null: written before there was a tree

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="log_subject"),
            models.Index(fields=["record", "at"], name="log_record"),
            models.Index(fields=["by", "at"], name="log_by"),
        ]
        constraints = [
            # with a condition SQLite makes an index of it, and does not make the table anew without its triggers
            models.UniqueConstraint(
                fields=["mark"], condition=models.Q(mark__isnull=False), name="log_mark_once"
            )
        ]


class SealedRow(models.Model):
    """The place of a row in the tree. No foreign key: that a row is gone is to be told, place by place."""

    position = models.BigIntegerField(primary_key=True)  # from 0, without a gap
    log = models.BigIntegerField(unique=True)
    leaf = models.BinaryField()


class Seal(models.Model):
    """The tree after some rows were sealed. Two workers cannot both go on from one size."""

    size = models.BigIntegerField(primary_key=True)
    before = models.BigIntegerField(unique=True)  # -1: the beginning
    peaks = models.BinaryField()
    highest = (
        models.BigIntegerField()
    )  # number of a row; in the beginning: rows up to it bear no mark
    at = models.DateTimeField()


class Verification(models.Model):
    """That somebody verified the log, and what came out."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    checkpoints = models.PositiveIntegerField()
    faults = models.PositiveIntegerField()
    seconds = models.FloatField()
