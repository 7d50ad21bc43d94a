"""Rules of keeping, and legal holds. The only writer is `actions`."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Rule(models.Model):
    """How many days after its closing a record of an app is kept. It erases nothing until somebody who saw what it would erase switches it on."""

    app = models.OneToOneField("builder.App", on_delete=models.PROTECT, related_name="+")
    days = models.PositiveIntegerField()
    on = models.BooleanField(default=False)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"{self.app}: {self.days}"


class Hold(models.Model):
    """What must be kept although its time is over: a record, a person, or all of an app. It stays as a row when it has ended."""

    kind = models.CharField(max_length=8)  # record, party, app
    target = models.CharField(max_length=63)  # its id, or the app's code
    reason = models.CharField(max_length=200)  # a reference to a file: it names nobody
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(null=True)  # its last day
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "target"],
                condition=models.Q(lifted_at__isnull=True),
                name="hold_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
