"""`manage.py move_keys --to transit` (or `files`, `environment`): the ring goes on in another place, while everybody works.

First every server and worker is started with both places (`KEY_RING=files,transit`), so that whoever reads finds a key wherever it lies.
Then this takes a new key in the other place into use, and wraps every subject key anew under it. It may be ended at any moment, by
SIGKILL too: run it again, or leave the rest to the worker. What is left behind is told, with what to do with it, and never deleted here.
"""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from runtime.vault import rotation
from runtime.vault.errors import VaultError
from runtime.vault.places import PLACES, KeyPlace, MovingRing, place
from runtime.vault.places.transit import FRESH

AFTERWARDS = (
    "Everything is under key {number} of {there}. The former keys stay in {here}: run tokens, and answers that wait in a browser, need them "
    "until {day:%Y-%m-%d %H:%M} UTC. Leave KEY_RING={both} until then. Then:\n"
    "  1. Set KEY_RING={name} and start every server and worker again.\n"
    "  2. Keep a copy of {here} apart for as long as you keep a backup of the keys database from before: only it opens that one.\n"
    "  3. When the last of those backups is gone, destroy {here} and its copies.{more}\n"
    "Keep a copy of what opens {there}, too, apart from the data."
)
MORE_OF_SERVICE = " Until then do not raise min_decryption_version."


class Command(BaseCommand):
    help = "Moves the keys of the ring to another place, while everybody works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", required=True, choices=sorted(PLACES), help="where to")
        parser.add_argument(
            "--leave", action="store_true", help="only begin; the worker does the rest"
        )

    def handle(self, **options: Any) -> None:
        try:
            ring, target = _places(options["to"])
            number = rotation.move(target)
            whole = rotation.left(number)
            self.stdout.write(
                f"Key {number} of {target.where} is in use; {whole} subject keys are to be wrapped anew."
            )
            if not options["leave"]:
                self._wrap(number, whole)
                self._tell(number, options["to"], ring)
        except (VaultError, ImproperlyConfigured) as problem:
            raise CommandError(str(problem)) from None

    def _wrap(self, number: int, whole: int) -> None:
        """Twice: a process that had not heard yet wrapped new keys in the former place for some seconds."""
        left = whole
        for breath in (FRESH + 1, 0):
            while some := rotation.rewrap_some(number):
                left = max(left - some, 0)
                self.stdout.write(f"{whole - left} of {whole}")
                self.stdout.flush()
            if whole:
                time.sleep(breath)
        rotation.seal_anew(number)

    def _tell(self, number: int, name: str, ring: MovingRing) -> None:
        day = rotation.free_from(number)
        if day is None:
            raise CommandError("Some keys are still in the former place. Run this again.")
        there = ring.at(number).where
        here = ring.held.where if name == "transit" else ring.service.where
        more = "" if name == "transit" else MORE_OF_SERVICE
        told = {"number": number, "there": there, "here": here, "day": day, "name": name}
        self.stdout.write(AFTERWARDS.format(**told, both=settings.KEY_RING, more=more))


def _places(name: str) -> tuple[MovingRing, KeyPlace]:
    """The ring in its two places, and the one that is meant."""
    ring = place()
    if isinstance(ring, MovingRing):
        for part in (ring.held, ring.service):
            if isinstance(part, PLACES[name]):
                return ring, part
    raise CommandError(
        f"KEY_RING is {settings.KEY_RING}. Keys move between two places of which one is transit: set KEY_RING to both "
        "(files,transit; with TRANSIT_URL, TRANSIT_KEY and TRANSIT_TOKEN_FILE), start every server and worker again, and then run "
        "this command. (From a file to the environment nothing moves: put the file's text into SCRIPTORIUM_KEYS.)"
    )
