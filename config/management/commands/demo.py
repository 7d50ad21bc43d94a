"""Fills an empty installation with the demo; does nothing where it is there already."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import making


class Command(BaseCommand):
    help = "Makes the demo: accounts, pages in English and French, queues, a campaign with fictional citizens, a feed."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--citizens",
            type=int,
            default=making.CITIZENS,
            help="how many citizens are on the list",
        )

    def handle(self, *, citizens: int, **options) -> None:
        if making.made():
            self.stdout.write("The demo is there already.")
            return
        if not 1 <= citizens <= making.CITIZENS:
            raise CommandError(f"--citizens takes a number from 1 to {making.CITIZENS}.")
        making.make(today=timezone.localdate(), count=citizens)
        self.stdout.write(f"The demo is made; the worker loads its list of {citizens} citizens.")
