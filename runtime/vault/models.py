"""Wrapped subject keys and the checks of the key files, in the `keys` database."""

from django.db import models


class SubjectKey(models.Model):
    subject = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField(null=True)  # null once destroyed: the subject is erased
    ring_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [  # a rotation asks what is not under the newest key
            models.Index(
                fields=["ring_version", "subject"],
                condition=models.Q(wrapped__isnull=False),
                name="subject_key_ring",
            )
        ]


class KeyCheck(models.Model):
    """An HMAC made with a key file, which tells a foreign file from the right one."""

    name = models.CharField(max_length=32, primary_key=True)
    check_value = models.BinaryField(max_length=32)


class RingKey(models.Model):
    """What is kept of a key of the ring: since when it is used, and its root where the key itself never comes here."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    root = models.BinaryField(null=True)
    used_from = models.DateTimeField(null=True)
