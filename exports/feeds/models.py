"""Institutes, feeds and their deliveries."""

from django.db import models
from simple_history.models import HistoricalRecords


class Institute(models.Model):
    """Who receives. Its code is chosen once: the pseudonyms it is sent are derived from it."""

    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """A standing arrangement: which columns of an app's closed records go to an institute's folder, and why."""

    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="feeds")
    app = models.ForeignKey("builder.App", on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)  # [{"column": "TX_ONSET", "source": "onset"}]
    folder = models.CharField(max_length=255)  # below DELIVERIES_DIR
    purpose = models.CharField(max_length=200)
    open = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One sending. `preparing` while its rows are sealed one batch after the other, then `prepared`, `delivered`."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="deliveries")
    sequence = models.PositiveIntegerField()
    batch_id = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, default="preparing")
    columns = models.JSONField(default=list)  # as the feed had them when the batch began
    rows = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the file as it was last written
    problem = models.CharField(max_length=200, blank=True)  # a code, never data
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["feed", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "sequence"], name="delivery_sequence")
        ]

    def __str__(self) -> str:
        return self.file_name


class DeliveredRow(models.Model):
    """A row that left, sealed under its subject's key: sent again it has the same bytes, erased it is gone."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="delivered")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="delivered")
    record = models.UUIDField()
    subject = models.UUIDField()
    revision = models.PositiveIntegerField()
    operation = models.CharField(max_length=8)  # new, update, delete
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "record", "revision"], name="delivered_once")
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.revision}"
