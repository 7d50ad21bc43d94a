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


class SearchWeights(models.Model):
    """Which terms so many share that their tokens are salted, sealed under the index key; the newest two are kept."""

    number = models.AutoField(primary_key=True)
    sealed = models.BinaryField()
    entries = models.PositiveIntegerField()  # how many there were
    made_at = models.DateTimeField()


class SearchGeneration(models.Model):
    """A set of tokens of every entry, made with keys and a normaliser of its own, in a place of its own."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    normaliser = models.PositiveIntegerField()
    state = models.CharField(max_length=16)  # filling, asked, kept, leaving
    since = models.DateTimeField()


class SearchTask(models.Model):
    """How far a walk through all entries has come, so that it goes on where it was ended."""

    name = models.CharField(max_length=32, primary_key=True)
    after = models.CharField(max_length=64, default="")
    done = models.PositiveIntegerField(default=0)
    begins_at = models.DateTimeField()
