"""`manage.py turn_search`: other tokens for every entry (keys of a new generation, the newest rules), while everybody works.

For when tokens may have been learnt, and after an update that brought rules or classes (then the worker begins it by itself).
It may be ended at any moment: run it again, or leave the rest to the worker.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from runtime.search import turning
from runtime.search.management.walk import wait, walk

SAID = {
    "flip": "Generation {0} is filled ({1} entries without tokens: their cards do not open). Its index is made; then it is asked.",
    "leave": "The former generation is written no more.",
    "drop": "The former tokens are deleted.",
}

BUSY = "The database did not let the index be turned now. Nothing is lost; run this again, or leave it to the worker."


class Command(BaseCommand):
    help = "Makes other tokens for every entry of the search, while everybody works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--leave", action="store_true", help="only begin; the worker does the rest"
        )
        parser.add_argument("--status", action="store_true", help="only tell how it stands")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except OperationalError as problem:
            raise CommandError(f"{BUSY} ({type(problem.__cause__).__name__})") from None

    def _handle(self, options: dict[str, Any]) -> None:
        if options["status"]:
            self._tell()
            return
        if turning.standing() in (turning.DONE, "fill", "flip"):
            number = turning.begin()
            self.stdout.write(
                f"Generation {number} is written from now on; the one before is asked."
            )
        if not options["leave"]:
            self._turn()

    def _turn(self) -> None:
        while (next_step := turning.standing()) != turning.DONE:
            if next_step == "fill":
                walk(self.stderr)
                continue
            wait(turning.waits)
            said = SAID[next_step].format(turning.known()[-1].number, turning.lacking())
            self.stdout.write(said)
            turning.step()
        self._tell()

    def _tell(self) -> None:
        for one in turning.known():
            self.stdout.write(f"Generation {one.number}, normaliser {one.normaliser}: {one.state}")
        if turning.standing() != turning.DONE:
            self.stdout.write(f"Next: {turning.standing()}{' (waits)' if turning.waits() else ''}")
