"""The effect `send_to_feed`: an outcome sends what is new in a feed, the record that ended among it. Bound in `config/binding.py`.

Whether a record has left is written with its row (`DeliveredRow`), so that a repeated effect, or a later one that comes when all has
left, sends nothing.
"""

from typing import Any

from exports.feeds.actions import FolderRefused, deliver_now
from exports.feeds.models import Feed
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.records.models import Record


def send(arguments: dict[str, Any], effect: Effect) -> None:
    """What `send_to_feed` is prepared with: the file in the institute's folder."""
    rows = Feed.objects.select_related("institute", "app")
    feed = rows.filter(code=arguments.get("feed", "")).first()
    record = Record.objects.filter(pk=effect.record).select_related("version").first()
    if record is None:
        raise Refused("no_record", final=True)
    if feed is None:
        raise Refused("no_feed")
    if feed.app_id != record.version.app_id:
        raise Refused("feed_of_another", final=True)
    if not feed.open or not feed.columns:
        raise Refused("feed_closed")
    try:
        deliver_now(feed=feed)
    except FolderRefused:
        raise Refused("folder") from None


def sent(_arguments: dict[str, Any], _effect: Effect) -> None:
    """That it left is written with the delivery."""
