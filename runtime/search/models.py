"""Search cards: sealed, with blind tokens beside them (see the backends)."""
from django.db import models


class SearchEntry(models.Model):
    party = models.OneToOneField("parties.Party", on_delete=models.CASCADE, primary_key=True)
    kv = models.PositiveSmallIntegerField(default=1)  # version of index key and normaliser
    card = models.BinaryField()
