"""The address of a telephone system's own frame, and the one origin that follows from it. Pure.

https://apps.mypurecloud.com/crm/index.html?crm=embeddable-framework     the frame that our telephone page holds
https://apps.mypurecloud.com                                             whom that page listens to, and who may frame ours
"""

import re
from urllib.parse import urlsplit

LONGEST = 300
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
PLAIN = re.compile(r"[!-~]+\Z", re.ASCII)
HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\Z", re.ASCII)
CLIENT = re.compile(r"[A-Za-z0-9-]{0,64}\Z", re.ASCII)


def problem(address: str) -> str | None:
    """What is wrong with an address, as a code: `frame`; None when it may be shown. Without a certificate only this machine."""
    if len(address) > LONGEST or not PLAIN.match(address) or set("\"'<>\\`;,") & set(address):
        return "frame"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "frame"
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    return None if safe and HOST.match(host) and "@" not in parts.netloc else "frame"


def origin(address: str) -> str:
    """`scheme://host[:port]`, as browsers write it."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"
