"""The access log: rows are inserted, never changed."""

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
