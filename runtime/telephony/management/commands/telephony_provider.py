"""Makes a telephone system known, and says the key it signs with: `manage.py telephony_provider CODE`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from runtime.telephony import sealed
from runtime.telephony.actions import BadSetting, make_provider, renew_key, set_provider_open


class Command(BaseCommand):
    help = "Makes a telephone system known, and says the key that it signs its webhooks with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="small letters, digits and dashes; part of the address")
        parser.add_argument("--title", default="")
        parser.add_argument(
            "--new-key", action="store_true", help="the next key; the last one ends"
        )
        parser.add_argument("--close", action="store_true", help="it is not listened to any more")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            provider, created = make_provider(
                code=options["code"], title=options["title"], by=None
            )
        except BadSetting:
            raise CommandError(
                "A code has small letters, digits and dashes only, 63 at most."
            ) from None
        if options["new_key"] and not created:
            renew_key(provider=provider, by=None)
        if provider.open == options["close"]:
            set_provider_open(provider=provider, value=not options["close"], by=None)
        key = sealed.provider_key(provider.code, provider.serial)
        self.stdout.write(f"POST /telephony/{provider.code}/call/\n{key.hex()}")
