"""`manage.py setup_content`: languages, page tree, permissions of roles, review. Running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from content.setup import set_up


class Command(BaseCommand):
    help = "Lay out the workshop: languages, page tree, permissions of roles, review."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        home = set_up()
        self.stdout.write(f"The workshop is ready under “{home.title}”.")
