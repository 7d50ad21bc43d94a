"""Sending through a channel: mail by the house's own mail server, everything else by apprise.

Nobody can send exactly once to a house that is not ours: who is killed between sending and marking sends again. So each message
has a reference made of its effect's key, the same at every try: the Message-ID of a mail, the header Idempotency-Key of a webhook, the last
line of a message to a chat or a telephone. Who receives it twice can tell.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from runtime.effects import addresses
from runtime.outbox.handlers import Refused

SECONDS = 10.0
REFERENCE = 24  # letters
# What apprise logs of itself holds addresses and texts.
logging.getLogger("apprise").disabled = True
logging.getLogger("apprise").propagate = False

__all__ = ["Message", "Reached", "reference", "send", "send_to"]


@dataclass(frozen=True, repr=False)
class Message:
    """What is said, and under which reference. Has no repr: it may hold what is personal."""

    title: str
    text: str
    reference: str


@dataclass(frozen=True, repr=False)
class Reached:
    """How a person can be told something in writing; empty where it is not known. Has no repr."""

    mail: str = ""
    number: str = ""  # as +32470123456


def reference(key: str) -> str:
    """The same for every try of one effect; nothing of the record can be read from it."""
    return hashlib.sha256(f"scriptorium notice {key}".encode()).hexdigest()[:REFERENCE]


def send(kind: str, address: str, message: Message) -> None:
    """Sends once; raises Refused with a code, or what the network raises. Takes at most some seconds."""
    try:
        if kind == "mail":
            _mail(addresses.recipients(address), message)
        else:
            _service(address, message)
    except addresses.BadAddress as bad:
        raise Refused(f"channel {bad.code}", final=True) from None


def send_to(reached: Reached, message: Message, gateway: str = "") -> None:
    """Sends to one person: a text message through the gateway of this address where there is one and they have a number, else a
    mail. Raises as `send` does; Refused where they can be reached neither way."""
    try:
        if gateway and reached.number:
            _service(addresses.to_number(gateway, reached.number), message)
        elif reached.mail:
            _mail(addresses.recipients(reached.mail), message)
        else:
            raise Refused("nowhere_to_send", final=True)
    except addresses.BadAddress:
        raise Refused("nowhere_to_send", final=True) from None


def _mail(to: list[str], message: Message) -> None:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {
        "Message-ID": f"<{message.reference}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(message.title, message.text, to=to, headers=headers).send()


def _service(address: str, message: Message) -> None:
    _scheme, host = addresses.parts(addresses.checked("service", address))
    if host:
        try:
            addresses.reach(host)
        except OSError:
            raise Refused("channel unreachable") from None
    plugin = _plugin(address)
    if plugin is None or (host and _bare(plugin.host) != _bare(host)):
        raise Refused("channel service", final=True)
    text = message.text
    if hasattr(plugin, "headers"):
        plugin.headers["Idempotency-Key"] = message.reference
    else:
        text = f"{text}\n\n[{message.reference[:12]}]"
    sent = plugin.notify(body=text, title=message.title, body_format="text")
    if not sent:
        raise Refused("channel refused")


def _plugin(address: str) -> Any:
    """What apprise makes of an address, with our limits whatever the address says: no redirects, certificates checked, short waits."""
    from apprise import (
        Apprise,
        AppriseAsset,
        OverflowMode,
    )  # only where something is sent: it is large

    asset = AppriseAsset(http_redirects=False, secure_logging=True, async_mode=False)
    plugin = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if plugin is not None:
        plugin.redirects = False
        plugin.verify_certificate = True
        plugin.socket_connect_timeout = plugin.socket_read_timeout = SECONDS
        plugin.overflow_mode = OverflowMode.TRUNCATE
    return plugin


def _bare(host: Any) -> str:
    return str(host or "").strip("[]").lower()
