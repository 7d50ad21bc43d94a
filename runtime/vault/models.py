"""Wrapped subject keys and the checks of the key files, in the `keys` database."""

from django.db import models


class SubjectKey(models.Model):
    subject = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)  # null once destroyed: the subject is erased
    ring_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)


class KeyCheck(models.Model):
    """An HMAC made with a key file, which tells a foreign file from the right one."""

    name = models.CharField(max_length=32, primary_key=True)
    check_value = models.BinaryField(max_length=32)
