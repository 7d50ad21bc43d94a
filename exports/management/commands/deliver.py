"""Sends what is new in the feeds that are in use: for a timer. A feed that fails does not stop the others."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exports.feeds.actions import FolderRefused, deliver
from exports.feeds.models import Feed
from exports.vaulted import VaultError


class Command(BaseCommand):
    help = "Sends what is new in the feeds that are in use (all, or those whose codes are given)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", help="codes of feeds")

    def handle(self, *_: Any, codes: list[str], **__: Any) -> None:
        feeds = (
            Feed.objects.filter(open=True).exclude(columns=[]).select_related("institute", "app")
        )
        if codes:
            feeds = feeds.filter(code__in=codes)
            unknown = set(codes) - set(feeds.values_list("code", flat=True))
            if unknown:
                raise CommandError(f"No such feed in use: {', '.join(sorted(unknown))}")
        failed = [feed.code for feed in feeds if not self._sent(feed)]
        if failed:
            raise CommandError(f"Not sent: {', '.join(failed)}")

    def _sent(self, feed: Feed) -> bool:
        try:
            delivery = deliver(feed=feed, by=None, now=timezone.now())
        except (FolderRefused, VaultError) as error:
            self.stderr.write(f"{feed.code}: {error}")
            return False
        self.stdout.write(
            f"{feed.code}: {delivery.file_name} ({delivery.rows})"
            if delivery
            else f"{feed.code}: nothing new"
        )
        return True
