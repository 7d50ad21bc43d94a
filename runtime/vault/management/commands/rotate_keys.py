"""`manage.py rotate_keys`: a new key in the ring, and every subject key wrapped anew under it, while everybody works.

It may be ended at any moment, by SIGKILL too: run it again, or leave the rest to the worker. `--retire N` gives a former key up, and refuses while
anything needs it.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from runtime.vault import rotation
from runtime.vault.errors import VaultError


class Command(BaseCommand):
    help = "Adds a key to the ring and wraps every subject key anew under it; or gives up a former key (--retire)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retire", type=int, metavar="NUMBER", help="give up a key that nothing needs"
        )
        parser.add_argument(
            "--at-once", action="store_true", help="with --retire: the key was stolen, do not wait"
        )
        parser.add_argument(
            "--leave", action="store_true", help="only begin; the worker does the rest"
        )

    def handle(self, **options: Any) -> None:
        try:
            if options["retire"] is None:
                self._turn(leave=options["leave"])
            else:
                self._retire(options["retire"], at_once=options["at_once"])
        except VaultError as problem:
            raise CommandError(str(problem)) from None

    def _turn(self, *, leave: bool) -> None:
        number = rotation.begin()
        whole = left = rotation.left(number)
        self.stdout.write(f"Key {number} is in use; {whole} subject keys are to be wrapped anew.")
        if leave:
            return
        while some := rotation.rewrap_some(number):
            left = max(left - some, 0)
            self.stdout.write(f"{whole - left} of {whole}")
            self.stdout.flush()
        rotation.seal_anew(number)
        self.stdout.write(
            f"Everything is under key {number}. Keep a copy of the keys now, apart from the data; give the former key up later "
            "with --retire."
        )

    def _retire(self, number: int, *, at_once: bool) -> None:
        rotation.retire(number, now=timezone.now(), at_once=at_once)
        self.stdout.write(f"Key {number} is given up.")
