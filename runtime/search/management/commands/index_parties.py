"""`manage.py index_parties`: writes the search entries that are missing, or were made by older rules; `--all`: every one.

For after a restore, or a doubt. Each party it opens is written to the access log. It may be ended at any moment and goes on
where it was when it is started again, `--all` too. Other tokens for everybody, while they work, are made by `turn_search`.
"""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.search.generations import asked
from runtime.search.index import index_party
from runtime.search.management.bar import Bar
from runtime.search.models import SearchTask
from runtime.vault.errors import SubjectDestroyed

AT_ONCE = 100
ALL = "parties"  # the task's name


class Command(BaseCommand):
    help = "Writes the search entries that are missing or were made by older rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="write every entry again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            fresh = {"begins_at": Now()}
            SearchTask.objects.get_or_create(name=ALL, defaults=fresh)
        task = SearchTask.objects.filter(name=ALL).first()
        if task and task.done:
            self.stdout.write(f"Going on after {task.done} parties.")
        written = self._walk(task)
        if task:
            task.delete()
        self.stdout.write(f"{written} entries written.")

    def _walk(self, task: SearchTask | None) -> int:
        rows = Party.objects.order_by("pk")
        if task is None:
            rows = rows.filter(Q(search_entry=None) | Q(search_entry__kv__lt=asked().normaliser))
        done = task.done if task else 0
        bar = Bar(rows.count(), self.stderr, "parties", done=done)
        after, written = UUID(task.after) if task and task.after else None, 0
        while some := _next(rows, after):
            with transaction.atomic():
                written += sum(_indexed(party) for party in some)
                after = some[-1].pk
                if task:
                    task.after, task.done = str(after), task.done + len(some)
                    task.save()
            bar.add(len(some))
        bar.end()
        return written


def _next(rows: QuerySet[Party], after: UUID | None) -> list[Party]:
    return list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])


def _indexed(party: Party) -> bool:
    try:
        facts = open_party(party, by=None, purpose="index")
    except SubjectDestroyed:
        return False
    index_party(party, facts)
    return True
