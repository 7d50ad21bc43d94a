"""Exports of an app's versions: tables of records and entries, and the codebook."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import validators
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from builder.models import App, Version, definition_of
from exports import codebook
from exports.formats import FORMATS, by_extension
from exports.formats.base import Format
from exports.opening import readings
from exports.purposes import EXPORT
from exports.table import ROOT, Table, layout
from exports.table import table as table_of
from exports.views.answers import NO_STORE, purpose_of, told
from runtime.audit.actions import log_access
from runtime.queues import scope

MOST_VERSIONS = 200


@dataclass(frozen=True)
class Offer:
    """A version that can be exported, with its tables and how many records it has."""

    version: Version
    closed: int
    open: int
    repeats: tuple[tuple[str, str], ...]  # the name and the title of each


@never_cache
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be exported: each version of each app that has records."""
    app = _apps().filter(code=_code(request.GET.get("app", ""))).first()
    offers = _offers(app, request.user)
    context = {"offers": offers, "purposes": EXPORT, "formats": FORMATS, "apps": _apps()}
    return render(request, "exports/exports.html", context)


@never_cache
@require_POST
def export_table(
    request: HttpRequest, code: str, number: int, extension: str, table: str = ROOT
) -> HttpResponseBase:
    """One table of a version as a file, opened record by record while it is sent."""
    version, kind = _version(code, number), by_extension(extension)
    if version is None:
        return _no_version(request, code, number)
    definition = definition_of(version)
    if kind is None or table not in layout(definition):
        return told(request, status=404, heading=_("No such table"), text=_no_table_text(version))
    purpose = purpose_of(request, EXPORT)
    if purpose is None:
        text = _("An export needs a purpose: go back and choose one of the list.")
        return told(request, status=400, heading=_("No purpose"), text=text)
    file_name = f"{code}-v{number}{'-' + table if table else ''}.{extension}"
    log_access(by=request.user, deed="export", purpose=purpose, detail=file_name)
    opened = readings(version=version, by=request.user, purpose=purpose)
    first = list(itertools.islice(opened, 1))  # a missing key is told before the file begins
    rows = table_of(definition, table, itertools.chain(first, opened))
    return _sent(kind, rows, file_name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_codebook(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """What the columns of a version mean; holds no answers, and needs no purpose."""
    version = _version(code, number)
    if version is None:
        return _no_version(request, code, number)
    head, rows = codebook.codebook(definition_of(version), version.number)
    kind = FORMATS[0]
    return _file(kind.pieces(head, rows), kind, f"{code}-v{number}-codebook.csv")


def _sent(kind: Format, table: Table, file_name: str) -> StreamingHttpResponse:
    return _file(kind.pieces(table.names, table.rows), kind, file_name)


def _file(pieces: Iterator[str], kind: Format, file_name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        (piece.encode() for piece in pieces), content_type=f"{kind.media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Cache-Control"] = NO_STORE
    return response


def _version(code: str, number: int) -> Version | None:
    return Version.objects.select_related("app").filter(app__code=code, number=number).first()


def _no_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    numbers = list(
        Version.objects.filter(app__code=code).order_by("number").values_list("number", flat=True)
    )
    if numbers:
        text = _("%(app)s has no version %(number)s. Its versions: %(numbers)s.") % {
            "app": code,
            "number": number,
            "numbers": ", ".join(map(str, numbers)),
        }
    else:
        text = _("There is no app %(app)s, or it was never published.") % {"app": code}
    return told(request, status=404, heading=_("No such version"), text=text)


def _no_table_text(version: Version) -> str:
    names = [name for name in layout(definition_of(version)) if name]
    return _("%(version)s has the table of records and those of its repeats: %(tables)s.") % {
        "version": version,
        "tables": ", ".join(names) or "\u2013",
    }


def _apps() -> Any:
    return App.objects.exclude(kind="document").order_by("title")


def _code(text: str) -> str:
    """What was asked for, where it can be a code at all (a database may refuse to look for other signs)."""
    return text if validators.slug_re.match(text) else ""


def _offers(app: App | None, user: Any) -> list[Offer]:
    records = scope.records(user)
    records = records.filter(version__app=app) if app else records
    counts = records.values("version").annotate(
        closed=Count("pk", filter=Q(closed_at__isnull=False)), all=Count("pk")
    )
    by_version = {row["version"]: row for row in counts}
    versions = (
        Version.objects.select_related("app")
        .filter(pk__in=by_version)
        .order_by("app__title", "-number")
    )
    return [_offer(version, by_version[version.pk]) for version in versions[:MOST_VERSIONS]]


def _offer(version: Version, counts: dict[str, int]) -> Offer:
    definition = definition_of(version)
    titles = {
        section.name: section.title.plain(get_language() or "", definition.source)
        for section in definition.sections
    }
    repeats = tuple(
        (name, titles.get(name) or name) for name in layout(definition) if name != ROOT
    )
    return Offer(version, counts["closed"], counts["all"] - counts["closed"], repeats)
