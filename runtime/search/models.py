"""Search cards: sealed, with blind tokens beside them. An entry is of a party, or of a record: never of both.

Where the tokens lie depends on the database, so their structures are made in plain SQL
(migration `0003_tokens`) and touched by `runtime.search.backends` only.
"""

from django.db import models


class SearchEntry(models.Model):
    id = models.BigIntegerField(primary_key=True)  # random: its order tells nothing
    party = models.OneToOneField(
        "parties.Party", null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    record = models.OneToOneField(  # what was answered to searchable questions
        "records.Record", null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    kv = models.PositiveSmallIntegerField(default=1)  # version of index key and normaliser
    card = models.BinaryField()
    tokens = models.BinaryField(null=True)  # SQLite: what to delete from the token table

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party=None) ^ models.Q(record=None), name="search_entry_of_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.party_id or self.record_id)
