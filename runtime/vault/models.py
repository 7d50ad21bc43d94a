"""Wrapped subject keys, in the `keys` database."""
from django.db import models


class SubjectKey(models.Model):
    subject = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)  # null once destroyed: the subject is erased
    ring_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
