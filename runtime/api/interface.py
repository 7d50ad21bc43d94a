"""The interface as a whole: its operations behind its door, under `/api/v1/`."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from runtime.api.door import StrictParser, door, refusal_of
from runtime.api.problems import told
from runtime.api.views import RESOURCES

BASE: Final = "/api/v1"


def _refuse(_request: HttpRequest, problem: Any) -> HttpResponse:
    return told(refusal_of(problem))


def _made() -> NinjaAPI:
    api = NinjaAPI(
        title="Scriptorium",
        version="1",
        urls_namespace="api",
        openapi_url=None,  # its own page and document: `document`
        docs_url=None,
        parser=StrictParser(),
    )
    for router in RESOURCES:
        api.add_router("", router)
    for kind in (Exception, Http404, HttpError, ValidationError):  # each has a handler by default
        api.add_exception_handler(kind, _refuse)
    return api


API: Final = _made()


def _behind_the_door() -> tuple[list[Any], str, str]:
    patterns, app, namespace = API.urls
    operations = [
        one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"
    ]
    for pattern in operations:
        pattern.callback = door(pattern.callback)
    return operations, app, namespace


urls: Final = _behind_the_door()
