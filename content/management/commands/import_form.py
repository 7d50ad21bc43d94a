"""`manage.py import_form FILE`: a page of a foreign form (FHIR Questionnaire), and what had no place in it."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext
from wagtail.models import Page

from builder.interchange import INTERCHANGES, Reading
from builder.problems import say
from builder.publish import PublishVetoed
from content.codes import CODE
from content.imports import Imported, NotImported, import_form


class Command(BaseCommand):
    help = "Makes a form page of a foreign form and says what had no place in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file of the form")
        parser.add_argument("--format", default="fhir", choices=[row.name for row in INTERCHANGES])
        parser.add_argument(
            "--code", default="", help="the app's code; made of the title when left out"
        )
        parser.add_argument(
            "--parent", default="", help="the number or slug of the page it shall stand under"
        )
        parser.add_argument("--by", default="", help="the user name of its owner")
        parser.add_argument("--publish", action="store_true", help="publish it at once")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["code"] and not re.match(CODE, options["code"]):
            raise CommandError(
                "A code has small letters, digits and _ only, and begins with a letter."
            )
        imported = self._import(options)
        self._tell(imported.reading)
        state = "published" if imported.page.live else "draft"
        self.stdout.write(
            f"{imported.page.title} ({imported.page.code}): page {imported.page.pk}, {state}."
        )

    def _import(self, options: dict[str, Any]) -> Imported:
        try:
            return import_form(
                data=options["file"].read_bytes(),
                by=_person(options["by"]),
                code=options["code"],
                parent=_parent(options["parent"]),
                publish=options["publish"],
                file_format=options["format"],
            )
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from None
        except NotImported as refused:
            self._tell(refused.reading)
            raise CommandError("No page was made.") from None
        except PublishVetoed as vetoed:
            raise CommandError(f"No page was made: {vetoed}") from None

    def _tell(self, reading: Reading) -> None:
        for label, problems in (("problem", reading.problems), ("not taken over", reading.losses)):
            for problem in problems:
                place = f" {problem.place}" if problem.place else ""
                self.stdout.write(f"{label}{place}: {say(problem, gettext)}")


def _person(name: str) -> Any:
    if not name:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is nobody with the user name {name}.")
    return found


def _parent(named: str) -> Page | None:
    if not named:
        return None
    pages = (
        Page.objects.filter(pk=int(named)) if named.isdigit() else Page.objects.filter(slug=named)
    )
    found = pages.first()
    if found is None:
        raise CommandError(f"There is no page {named}.")
    return found.specific
