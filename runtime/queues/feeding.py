"""Folders from which lists are fetched. Models of this app; `actions.feeding` writes them."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

USER = settings.AUTH_USER_MODEL


class Inbox(models.Model):
    """A folder below `INBOX_DIR` whose files are lists of a campaign. `by` set it up, and is who loads what lies in it."""

    campaign = models.OneToOneField(
        "queues.Campaign", on_delete=models.CASCADE, related_name="inbox"
    )
    folder = models.CharField(max_length=200, unique=True)
    active = models.BooleanField(default=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=16, blank=True)  # why nothing is fetched now
    history = HistoricalRecords(excluded_fields=["looked_at", "problem"])

    def __str__(self):
        return self.folder


class InboxFile(models.Model):
    """A file that was taken up or refused, known by its digest: it is taken once. Its name is kept nowhere, for it may name somebody."""

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="files")
    digest = models.CharField(max_length=64)
    stamps = models.JSONField(default=list)  # of name, size and time: what stays is not read again
    size = models.PositiveIntegerField()
    job = models.ForeignKey(
        "queues.ImportJob", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    problem = models.JSONField(default=dict)  # message, remedy and numbers; empty: it was taken
    moved = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "digest"], name="inbox_file")]

    def __str__(self):
        return f"{self.digest[:8]} of {self.inbox_id}"
