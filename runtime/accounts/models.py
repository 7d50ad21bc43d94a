"""Lists of accounts. Their rows lie sealed, and their key is destroyed after some days. The only writer is `actions`."""

import uuid

from django.conf import settings
from django.db import models


class AccountList(models.Model):
    """A list that somebody loaded: what would become of it, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="looked")  # looked running done stopped
    invites = models.BooleanField(default=True)  # who is new gets a mail to set a password
    total = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    left = models.JSONField(
        default=list
    )  # line numbers, columns and codes of what cannot be: never values
    kept = models.BooleanField(default=True)  # whether its rows can still be opened
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-created_at"], name="account_list_newest")]

    def __str__(self) -> str:
        return f"list of accounts {self.id} ({self.state})"

    @property
    def seen(self) -> int:
        return self.fresh + self.changed + self.same + self.bad


class AccountChunk(models.Model):
    """Some rows of a list, sealed; number 0 is its header."""

    list = models.ForeignKey(AccountList, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="account_chunk")]

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.list_id}"
