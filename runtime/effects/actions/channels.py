"""Channels, and that something was told through one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from runtime.effects import addresses
from runtime.effects.models import Channel, Notice
from runtime.effects.sealed import create_subject, seal_address
from runtime.outbox.models import Effect

KINDS = ("mail", "service", "sms")
CLEARANCES = ("open", "personal")  # sensitive and sealed answers never leave by a channel


class CodeTaken(ValueError):
    """There is a channel of that code."""


@dataclass(frozen=True)
class Face:
    """What may be changed of a channel beside its address."""

    title: str
    language: str
    clearance: str = "open"
    open: bool = True


def create_channel(*, code: str, kind: str, face: Face, address: str, by: Any) -> Channel:
    """A new channel; code and kind are chosen once. Raises `addresses.BadAddress`, `CodeTaken`."""
    if kind not in KINDS or face.clearance not in CLEARANCES:
        raise ValueError("kind or clearance")
    told = addresses.checked(kind, address)
    number = uuid4()
    create_subject(number)
    channel = Channel(
        id=number, code=code, kind=kind, sealed=seal_address(number, told), **vars(face)
    )
    try:
        with transaction.atomic():
            return _kept(channel, by)
    except IntegrityError:
        raise CodeTaken(code) from None


def change_channel(*, channel: Channel, face: Face, address: str = "", by: Any) -> Channel:
    """Changes what may be changed; an empty address leaves the one that is there. Raises `addresses.BadAddress`."""
    if face.clearance not in CLEARANCES:
        raise ValueError("clearance")
    if address.strip():
        told = addresses.checked(channel.kind, address)
        channel.sealed = seal_address(channel.pk, told)
    for name, value in vars(face).items():
        setattr(channel, name, value)
    return _kept(channel, by)


def clearance_of(code: str) -> str:
    """What the texts of a channel may say; empty where there is none of that code."""
    return Channel.objects.filter(code=code).values_list("clearance", flat=True).first() or ""


def was_sent(effect: UUID) -> bool:
    return Notice.objects.filter(effect=effect).exists()


def gateway() -> Channel | None:
    """Through which people whom we call get text messages: the first that is in use, by its title."""
    return Channel.objects.filter(kind="sms", open=True).order_by("title").first()


def note_sent(*, effect: Effect, channel: Channel | None, reference: str) -> None:
    """In the transaction that marks the effect done; no channel: by the house's own mail."""
    Notice.objects.get_or_create(
        effect=effect.pk,
        defaults={
            "channel": channel,
            "reference": reference,
            "record": effect.record,
            "at": timezone.now(),
        },
    )


def _kept(channel: Channel, by: Any) -> Channel:
    channel._history_user = by  # noqa: SLF001 - how simple_history is told
    channel.save()
    return channel
