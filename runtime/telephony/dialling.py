"""How a number is dialled by a press: a template with `{number}`. Pure.

tel:{number}                                the computer's own telephone
sip:{number}@pbx.example.org                a softphone
https://pbx.example.org/dial?to={number}    a telephone system with an address for it
"""

import re
from urllib.parse import quote, urlsplit

USUAL = "tel:{number}"
HOLE = "{number}"
LONGEST = 300
SIP = re.compile(r"sips?:\{number\}(@[A-Za-z0-9.:\[\]-]+)?(;[A-Za-z0-9=.;_-]*)?\Z", re.ASCII)
PLAIN = re.compile(r"[!-~]+\Z", re.ASCII)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def problem(template: str) -> str | None:
    """What is wrong with a template, as a code: `hole`, `scheme`, `letters`, `long`, `host`, `sip`; None when it may be used."""
    if len(template) > LONGEST:
        return "long"
    if not PLAIN.match(template) or any(letter in template for letter in "\"'<>\\`"):
        return "letters"
    if template.count(HOLE) != 1 or set("{}") & set(template.replace(HOLE, "")):
        return "hole"
    scheme = template.partition(":")[0].lower()
    if scheme == "tel":
        return None if template == USUAL else "hole"
    if scheme in {"sip", "sips"}:
        return None if SIP.match(template) else "sip"
    if scheme in {"http", "https"}:
        return _web_problem(template)
    return "scheme"


def _web_problem(template: str) -> str | None:
    """The number stands behind the host, never in it; without a certificate only this machine."""
    try:
        parts = urlsplit(template)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return "host"
    if not host or HOLE in parts.netloc or "@" in parts.netloc:
        return "host"
    if parts.scheme == "http" and host not in LOOPBACK:
        return "scheme"
    return None


def address(template: str, number: str) -> str:
    """The link that dials. `number` is E.164; in an address of the web its plus is written so that no server takes it for a blank."""
    told = quote(number, safe="") if template.lower().startswith("http") else number
    return template.replace(HOLE, told)
