"""Documents issued: numbered, verifiable, revocable."""
import uuid

from django.conf import settings
from django.db import models


class Document(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=40, unique=True)  # random, >= 80 bits, on the verify page
    template = models.ForeignKey("builder.Version", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="documents")
    party = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="documents")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    language = models.CharField(max_length=8)
    sealed = models.BinaryField()  # the facts it was issued with
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)
