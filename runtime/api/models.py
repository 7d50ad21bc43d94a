"""Tokens of other programs, the answers they were given, and how often they asked. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

USER = settings.AUTH_USER_MODEL


class Token(models.Model):
    """What another program shows to be let in. Of the token itself only the beginning and a digest are kept."""

    id = models.UUIDField("ID", primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=255)
    purpose = models.SlugField(max_length=63)  # stands in the access log at whatever it opens
    prefix = models.CharField(max_length=10, unique=True)
    digest = models.BinaryField(max_length=32)
    scopes = models.JSONField(default=list)
    clearance = models.CharField(max_length=16, default="open")
    unit = models.ForeignKey(  # whose people's work it comes to; none: the whole organisation's
        "people.Unit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    everywhere = models.BooleanField(default=False)  # else in `campaigns` alone
    campaigns = models.ManyToManyField("queues.Campaign", blank=True, related_name="+")
    rate = models.PositiveIntegerField(default=600)  # requests a minute
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)
    history = HistoricalRecords(m2m_fields=[campaigns], excluded_fields=["digest", "used_at"])

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def logged_as(self) -> str:
        """The purpose of its openings in the access log, from which the token is known, too."""
        return f"api:{self.purpose}:{self.prefix}"


class Kept(models.Model):
    """What a request with an `Idempotency-Key` was answered, so that the same request is answered the same. Key and request are kept as
    keyed digests: either may name a person."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=32)
    asked = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)  # ids, codes and numbers
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_key_once")]

    def __str__(self) -> str:
        return f"answer {self.pk} of {self.token_id}"


class Spent(models.Model):
    """How many requests a token made in a minute."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    minute = models.PositiveBigIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "minute"], name="api_spent_once")]

    def __str__(self) -> str:
        return f"{self.n} of {self.token_id}"
