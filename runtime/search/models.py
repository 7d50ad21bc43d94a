"""Search cards: sealed, with blind tokens beside them.

Where the tokens lie depends on the database, so their structures are made in plain SQL
(migration `0003_tokens`) and touched by `runtime.search.backends` only.
"""

from django.db import models


class SearchEntry(models.Model):
    id = models.BigIntegerField(primary_key=True)  # random: its order tells nothing
    party = models.OneToOneField(
        "parties.Party", on_delete=models.CASCADE, related_name="search_entry"
    )
    kv = models.PositiveSmallIntegerField(default=1)  # version of index key and normaliser
    card = models.BinaryField()
    tokens = models.BinaryField(null=True)  # SQLite: what to delete from the token table

    def __str__(self) -> str:
        return str(self.party_id)
