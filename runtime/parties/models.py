"""Parties and their contact points: sealed facts, blind keys."""

import uuid

from django.conf import settings
from django.db import models


class Party(models.Model):
    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )  # also the vault's subject
    kind = models.CharField(max_length=16, default="person")
    sealed = models.BinaryField()
    do_not_contact = models.BooleanField(default=False)  # a `Bar` says so
    created_at = models.DateTimeField()


class PartyKey(models.Model):
    """A blind key that finds the same party again (national number; phone with name)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="keys")
    field = models.CharField(max_length=32)
    blind = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "blind"], name="party_key")]


class ContactPoint(models.Model):
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=16)  # phone, email, address
    sealed = models.BinaryField()
    blind = models.BinaryField(max_length=16)
    status = models.CharField(max_length=16, default="unverified")  # unverified, verified, wrong
    do_not_contact = models.BooleanField(default=False)  # a `Bar` says so
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "kind", "blind"], name="contact_point")
        ]
        indexes = [models.Index(fields=["kind", "blind"], name="contact_point_blind")]


class Bar(models.Model):
    """Somebody, or a way to reach whoever it be, that is not to be contacted: why, until when, who says so. It is lifted, never deleted.

    Known by blind keys alone, so that it outlives an erasure: who asked to be forgotten does not ask to be called again."""

    kind = models.CharField(max_length=16)  # party, phone, email
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="bars")
    reason = models.CharField(max_length=32)
    source = models.CharField(max_length=16)  # hand list outcome
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="bar_newest"),
            models.Index(
                fields=["until"], condition=models.Q(lifted_at__isnull=True), name="bar_until"
            ),
        ]

    def __str__(self):
        return f"bar {self.pk} ({self.reason})"


class BarKey(models.Model):
    """A key by which a bar holds: that of a party (`national_number`, `phone_name`), or of a way (`phone`, `email`)."""

    bar = models.ForeignKey(Bar, on_delete=models.CASCADE, related_name="keys")
    field = models.CharField(max_length=32)
    blind = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "blind", "bar"], name="bar_key")]

    def __str__(self):
        return f"{self.field} of bar {self.bar_id}"
