"""A proposal, from the one who makes it to the version that has it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from builder.models import App

LONGEST = 2000
LONGEST_REASON = 500


class Proposal(models.Model):
    """`block` is the id of what it is about, empty for the whole; `place` are its words on that day."""

    class State(models.TextChoices):
        NEW = "new", _("to decide")
        ACCEPTED = "accepted", _("accepted")
        LATER = "later", _("later")
        REFUSED = "refused", _("refused")
        DONE = "done", _("done")

    class Priority(models.IntegerChoices):
        URGENT = 1, _("urgent")
        HIGH = 2, _("high")
        NORMAL = 3, _("normal")
        LOW = 4, _("low")

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="proposals")
    block = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=200, blank=True)
    change = models.TextField(max_length=LONGEST)
    why = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(null=True)  # the one that has it
    history = HistoricalRecords()

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [("decide_proposal", "Can decide on proposals")]

    def __str__(self) -> str:
        return f"#{self.pk}"
