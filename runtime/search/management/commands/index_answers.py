"""`manage.py index_answers`: makes records found by the answers that their apps made searchable, with a bar.

The worker does it by itself when a version makes other questions searchable; this goes on with what it has begun, without waiting
for it. `--all`: every record of every such app, after a restore or a doubt. It may be ended at any moment and goes on where it was.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from runtime.search.catching_up import NAME, begin, index_some, records_of, standing
from runtime.search.management.bar import Bar
from runtime.search.searchables import searchables


class Command(BaseCommand):
    help = "Makes records found by the answers that their apps made searchable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every record again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            for app_id in sorted({one.app_id for one in searchables()}):
                begin(app_id)
        done = sum(self._walk(task.name, task.done) for task in list(standing()))
        self.stdout.write(f"{done} records indexed.")

    def _walk(self, name: str, before: int) -> int:
        whole = records_of(int(name.removeprefix(NAME))).count()
        bar, done = Bar(whole, self.stderr, "records", done=before), 0
        while some := index_some(name):
            done += some
            bar.add(some)
        bar.end()
        return done
