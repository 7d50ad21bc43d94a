"""Institutes, feeds and their deliveries."""
from django.db import models
from simple_history.models import HistoricalRecords


class Institute(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    history = HistoricalRecords()

    def __str__(self):
        return self.title


class Feed(models.Model):
    code = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=255)
    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="feeds")
    app = models.ForeignKey("builder.App", on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)  # [{"column": "TX_ONSET", "source": "onset"}]
    folder = models.CharField(max_length=255)  # below DATA_DIR/deliveries
    purpose = models.CharField(max_length=200)
    open = models.BooleanField(default=True)
    history = HistoricalRecords()

    def __str__(self):
        return self.title


class Delivery(models.Model):
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="deliveries")
    sequence = models.PositiveIntegerField()
    batch_id = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, default="prepared")  # prepared, delivered, failed
    rows = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "sequence"], name="delivery_sequence")]


class DeliveredRow(models.Model):
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="delivered")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="delivered")
    record = models.UUIDField()
    revision = models.PositiveIntegerField()
    operation = models.CharField(max_length=8)  # new, update, delete
    digest = models.CharField(max_length=64)  # keyed, so that it tells nothing about the row

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "record", "revision"], name="delivered_once")]
