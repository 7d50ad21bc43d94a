"""What is shared by scripts is published in editions: numbered, never changed."""

from django.conf import settings
from django.db import models


class Edition(models.Model):
    """What something shared was when it was published once."""

    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
