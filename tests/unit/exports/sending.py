"""Sending a feed, and reading what arrived."""

import csv
from pathlib import Path
from typing import Any

from django.utils import timezone

from exports.feeds import actions
from exports.feeds.models import Delivery, Feed


def send(feed: Feed, by: Any) -> Delivery:
    delivery = actions.deliver(feed=feed, by=by, now=timezone.now())
    assert delivery is not None
    return delivery


def rows_in(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
