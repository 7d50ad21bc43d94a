"""Whose pages may listen: those of the house itself. Pure."""

from urllib.parse import SplitResult, urlsplit

USUAL = {"https": 443, "http": 80}


def fits(origin: str, host: str, page_port: int | None) -> bool:
    """Whether a page of this origin is ours, by the host that was asked: behind a proxy the very same; without one the same name at
    the port of the pages."""
    page, asked = _split(origin), _split(f"//{host}")
    if page is None or asked is None or page.scheme not in USUAL:
        return False
    if page.path or page.query or page.fragment or "@" in page.netloc:
        return False
    usual = USUAL[page.scheme]
    wanted = page_port if page_port is not None else asked.port or usual
    return page.hostname == asked.hostname and (page.port or usual) == wanted


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None
