"""`manage.py weigh_names`: counts which names many people share, and which answers to searchable questions many records, and gives those
several tokens each, so that counting tokens does not tell them.

The worker does it by itself when there are twice as many entries as the last time. Cards are opened for it, a sample of
them, and one line of the access log says how many. Then every entry is written again; it may be ended at any moment, and
the worker ends it.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from runtime.search import rewriting
from runtime.search.management.walk import walk
from runtime.search.weighing import weigh


class Command(BaseCommand):
    help = "Counts frequent names and answers and gives them several tokens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--leave", action="store_true", help="only count; the worker writes the entries again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = weigh()
        self.stdout.write(
            f"{made.counted:,} of {made.entries:,} cards counted, and {made.records:,} of records: {made.heavy:,} terms have several tokens, "
            f"{made.grown:,} of them more than before."
        )
        if not options["leave"]:
            for name in (rewriting.NAME, rewriting.ANSWERS):
                walk(self.stderr, name)
