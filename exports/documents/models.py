"""Documents issued: numbered, verifiable, revocable."""

import uuid

from django.conf import settings
from django.db import models

from exports.purposes import REASONS


class DocumentSequence(models.Model):
    """The last number given out in a year. Counted in the transaction that issues, so that no number is skipped."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Document(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=40, unique=True)  # random, >= 80 bits, on the verify page
    effect = models.UUIDField(
        null=True, unique=True
    )  # the effect that issued it: issued once for it
    template = models.ForeignKey("builder.Version", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        "records.Record", on_delete=models.PROTECT, related_name="documents"
    )
    party = models.ForeignKey(
        "parties.Party", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    language = models.CharField(max_length=8)  # one language, or two joined by "+"
    sealed = models.BinaryField()  # the facts it was issued with
    issued_at = models.DateTimeField(db_index=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-number"]

    def __str__(self) -> str:
        return self.number

    @property
    def reason_words(self) -> str:
        """Why it was revoked, in the reader's language."""
        return str(dict(REASONS).get(self.reason, self.reason))

    @property
    def grouped_code(self) -> str:
        """The code as people read it: groups of four."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
