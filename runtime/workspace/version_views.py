"""The apps, their versions, what a version says and what changed, in words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from builder.definition import Definition, Sentence, diff, say_change
from builder.models import App, Version, VersionLabel, definition_of
from builder.views.comparison import language_name
from builder.views.schedule import schedule_of
from runtime.people.roles import roles_of
from runtime.records.counts import Counts, counts_of
from runtime.workspace.carry_views import open_by_version
from runtime.workspace.version_evidence import evidence_of
from runtime.workspace.version_reading import Reading

KINDS = ("script", "form", "lesson", "document")
LISTED = 8  # changes shown in the list of versions; the version's page has all
ON_A_PAGE = 100
WRITERS = {"editor", "trainer", "reviewer", "admin"}


@require_GET
def apps(request: HttpRequest) -> HttpResponse:
    """All apps, with their current version."""
    rows = list(App.objects.order_by("title", "code"))
    latest: dict[int, Version] = {}
    for version in _light(Version.objects.order_by("app", "number")):
        latest[version.app_id] = version
    standing = open_by_version(rows)
    found = [
        {"app": app, "version": latest.get(app.pk), "open": standing.get(app.pk, ())}
        for app in rows
    ]
    groups = [(kind, [row for row in found if row["app"].kind == kind]) for kind in KINDS]
    context = {
        "groups": [group for group in groups if group[1]],
        "may_read": _may_read_records(request),
    }
    return render(request, "workspace/apps.html", context)


@require_GET
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """The versions of an app, the newest first: who, when, why, labels, what was tested, records, and what changed against the
    one before; and what is to be released. `?label=` of one label only."""
    app = get_object_or_404(App, code=code)
    rows = list(
        Version.objects.filter(app=app)
        .select_related("created_by")
        .prefetch_related("labels")
        .defer("bodies")[:ON_A_PAGE]
    )
    known = VersionLabel.objects.filter(version__app=app).order_by("text")
    labels = list(known.values_list("text", flat=True).distinct())
    asked = request.GET.get("label", "")
    label = asked if asked in labels else ""
    records = counts_of(app)
    context = {
        "app": app,
        "versions": [
            _row(version, before, records.get(version.pk))
            for version, before in zip(rows, [*rows[1:], None], strict=True)
            if not label or label in [one.text for one in version.labels.all()]
        ],
        "labels": labels,
        "label": label,
        "schedule": schedule_of(app, request.user),
        "may_read": _may_read_records(request),
        "may_write": bool(roles_of(request.user) & WRITERS),
    }
    return render(request, "workspace/versions.html", context)


def _row(version: Version, before: Version | None, records: Counts | None) -> dict[str, Any]:
    changes = _changes(before, version)
    return {
        "version": version,
        "before": before,
        "changes": changes[:LISTED],
        "more": len(changes[LISTED:]),
        "labels": version.labels.all(),
        "evidence": evidence_of(version),
        "records": records,
    }


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version says, section by section."""
    app = get_object_or_404(App, code=code)
    row = (
        Version.objects.filter(app=app, number=number)
        .select_related("created_by")
        .defer("bodies")
        .first()
    )
    if row is None:
        raise Http404(
            gettext("%(app)s has no version %(number)s.") % {"app": app.title, "number": number}
        )
    definition = definition_of(row)
    language = _language(request, definition)
    others = list(_light(app.versions.exclude(number=number)))
    context = {
        "app": app,
        "version": row,
        "others": others,
        "reading": Reading(definition, language),
        "read_in": language,
        "written_in": definition.languages,
    }
    return render(request, "workspace/version.html", context)


def _light(rows: Any) -> Any:
    return rows.select_related("app", "created_by").defer("definition", "bodies")


def _may_read_records(request: HttpRequest) -> bool:
    return bool(roles_of(request.user) & {"agent", "supervisor", "data_officer"})


def _language(request: HttpRequest, definition: Definition) -> str:
    asked = request.GET.get("in", "")
    for language in (asked, request.LANGUAGE_CODE):  # type: ignore[attr-defined]
        if language in definition.languages:
            return str(language)
    return definition.source


def _changes(before: Version | None, after: Version) -> list[dict[str, str]]:
    """What changed, as sentences in the person's language."""
    if before is None:
        return []
    return [_said(change) for change in diff(definition_of(before), definition_of(after), gettext)]


def _said(change: Sentence) -> dict[str, str]:
    return {
        "code": change.code,
        "place": change.place,
        "text": say_change(change, gettext, language_name),
    }
