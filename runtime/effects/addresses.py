"""Where a channel may lead: mail addresses, or a service of the list below, at the host that an administrator wrote.

Nothing an answer holds becomes part of an address. https only; this machine itself, and without TLS, only where
CHANNELS_ON_LOOPBACK says so. Redirects are not followed (`sending`).
"""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST_RECIPIENTS = 20
LONGEST = 1000
# By how its address begins: whether its host stands in it, or is the vendor's.
SERVICES = {
    "jsons": True,  # any webhook: JSON with title and message
    "mmosts": True,  # Mattermost
    "workflows": True,  # Teams
    "slack": False,
    "twilio": False,
    "msgbird": False,
    "clicksend": False,
    "bulksms": False,
    "sinch": False,
    "vonage": False,
}
WITHOUT_TLS = {"json": True, "mmost": True}  # to this machine only
# Services that send a text message to a number that is told with each message.
GATEWAYS = ("twilio", "msgbird", "sinch", "vonage", "jsons")


class BadAddress(ValueError):
    """An address that leads nowhere, or where it may not; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def recipients(address: str) -> list[str]:
    """The mail addresses of a channel; raises BadAddress."""
    found = [one.strip() for one in address.replace(";", ",").split(",") if one.strip()]
    if not 1 <= len(found) <= MOST_RECIPIENTS:
        raise BadAddress("recipients")
    for one in found:
        try:
            validate_email(one)
        except ValidationError:
            raise BadAddress("mail") from None
    return found


def checked(kind: str, address: str) -> str:
    """The address as it is kept; raises BadAddress. Nobody is asked over the network."""
    address = address.strip()
    if not address or len(address) > LONGEST or not address.isprintable():
        raise BadAddress("empty" if not address else "unreadable")
    if kind == "mail":
        return ", ".join(recipients(address))
    scheme, host = parts(address)
    if scheme not in _services():
        raise BadAddress("service")
    if kind == "sms" and scheme not in (*GATEWAYS, *(["json"] if _on_loopback() else [])):
        raise BadAddress("gateway")
    if scheme in WITHOUT_TLS and not _is_loopback_name(host):
        raise BadAddress("without_tls")
    return address


def parts(address: str) -> tuple[str, str]:
    """How an address begins, and its host (empty where the host is the vendor's)."""
    try:
        read = urlsplit(address)
        scheme, host = read.scheme.lower(), read.hostname or ""
    except ValueError:
        raise BadAddress("unreadable") from None
    if not host:
        raise BadAddress("unreadable")
    return scheme, host if _services().get(scheme, True) else ""


def to_number(address: str, number: str) -> str:
    """The address of a gateway with the number that a message goes to, written as +32470123456."""
    if parts(address)[0] in {"json", "jsons"}:
        beginning, _mark, asked = address.partition("?")
        return f"{beginning}?{asked + '&' if asked else ''}:to={quote(number)}"
    return f"{address.rstrip('/')}/{quote(number)}"


def reach(host: str) -> None:
    """Asks where a host is, just before something is sent there: this machine and its neighbours' data services are nobody's channel.
    Raises BadAddress; OSError while the name is not found."""
    for address in _resolved(host):
        near = address.is_loopback or address.is_unspecified
        if address.is_link_local or address.is_multicast or (near and not _on_loopback()):
            raise BadAddress("forbidden_host")


def _resolved(host: str) -> Iterable[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    for *_rest, place in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        yield getattr(address, "ipv4_mapped", None) or address


def _services() -> dict[str, bool]:
    return {**SERVICES, **(WITHOUT_TLS if _on_loopback() else {})}


def _is_loopback_name(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def _on_loopback() -> bool:
    return bool(settings.CHANNELS_ON_LOOPBACK)
