"""`manage.py make_admin NAME`: the first administrator of an installation, or one more.

The role is what opens the pages; Django's own superuser has none.
"""

import getpass
import os
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from runtime.people.actions import create_person, ensure_person, set_active, set_roles
from runtime.people.roles import roles_of

ROLE = "admin"
VARIABLE = "DJANGO_SUPERUSER_PASSWORD"  # as createsuperuser has it


class Command(BaseCommand):
    help = "Gives somebody the role of administrator; makes the account where there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the user name")
        parser.add_argument(
            "--email", default="", help="of a new account: where a forgotten password is set anew"
        )
        parser.add_argument(
            "--noinput",
            action="store_true",
            help=f"ask for nothing: the password of a new account stands in {VARIABLE}",
        )

    def handle(self, *, name: str, email: str, noinput: bool, **_options: Any) -> None:
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            self._make(name, email, noinput)
        else:
            self._promote(user)
        self.stdout.write(f"{name} is an administrator.")

    def _make(self, name: str, email: str, noinput: bool) -> None:
        user = _checked(get_user_model()(username=name, email=email))
        password = _given(user) if noinput else self._asked(user)
        create_person(by=None, username=name, email=email, password=password, roles=[ROLE])

    @transaction.atomic
    def _promote(self, user: Any) -> None:
        person = ensure_person(user=user)
        if not user.is_active:
            set_active(by=None, person=person, active=True)
            self.stdout.write(f"{user.get_username()} may sign in again.")
        set_roles(by=None, person=person, roles=roles_of(person.user) | {ROLE})

    def _asked(self, user: Any) -> str:
        if not sys.stdin.isatty():
            raise CommandError(
                f"There is no terminal to ask for a password. Set {VARIABLE} and add --noinput."
            )
        while True:
            password = getpass.getpass("Password: ")
            problem = _weakness(password, user)
            if problem is None and password != getpass.getpass("Password (again): "):
                problem = "The two passwords differ."
            if problem is None:
                return password
            self.stderr.write(problem)


def _checked(user: Any) -> Any:
    """The account that is to be made, if its name and its address may be used."""
    users = get_user_model().objects
    same = users.filter(username__iexact=user.username).first()
    if same is not None:
        raise CommandError(f"There is {same.get_username()} already: write the name like that.")
    if user.email and users.filter(email__iexact=user.email).exists():
        raise CommandError("This address is somebody else's.")
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages)) from None
    return user


def _given(user: Any) -> str:
    password = os.environ.get(VARIABLE, "")
    problem = _weakness(password, user) if password else f"{VARIABLE} is not set."
    if problem:
        raise CommandError(problem)
    return password


def _weakness(password: str, user: Any) -> str | None:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return None
