"""`manage.py index_parties`: writes the search entries that are missing, or were made by older rules.

For after a change of the normaliser or of the index key (`--all`), or a restore. Each party it opens is
written to the access log. It may be stopped and started again.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.search.classes import newest_normaliser
from runtime.search.index import index_party
from runtime.vault.errors import SubjectDestroyed


class Command(BaseCommand):
    help = "Writes the search entries that are missing or were made by older rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="write every entry again")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Party.objects.order_by("pk")
        if not options["all"]:
            rows = rows.filter(Q(search_entry=None) | ~Q(search_entry__kv=newest_normaliser()))
        done = sum(_indexed(party) for party in rows.iterator(chunk_size=500))
        self.stdout.write(f"{done} entries written.")


def _indexed(party: Party) -> bool:
    try:
        facts = open_party(party, by=None, purpose="index")
    except SubjectDestroyed:
        return False
    index_party(party, facts)
    return True
