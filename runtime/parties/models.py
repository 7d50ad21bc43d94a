"""Parties and their contact points: sealed facts, blind keys."""

import uuid

from django.db import models


class Party(models.Model):
    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )  # also the vault's subject
    kind = models.CharField(max_length=16, default="person")
    sealed = models.BinaryField()
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
    do_not_contact = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "kind", "blind"], name="contact_point")
        ]
