"""Where the pages of this installation find the bell."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from runtime.telephony.bell import origins


def address(request: HttpRequest) -> str:
    """A path behind the proxy, or the same host at another port; empty where no bell was set up."""
    if settings.BELL_URL or not settings.BELL_PORT:
        return str(settings.BELL_URL)
    host, _port = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}:{settings.BELL_PORT}/"


def ours(origin: str, host: str) -> bool:
    """Whether a page of this origin, which asks the bell under this host name, is one of ours."""
    name, _port = split_domain_port(host)
    known = bool(name) and validate_host(name, settings.ALLOWED_HOSTS)
    port = None if settings.BELL_URL else settings.PORT
    return known and origins.fits(origin, host, port)
