"""The apps, their versions, what a version says and what changed, in words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.views.decorators.http import require_GET

from builder.definition import Change, Definition, diff, say_change
from builder.models import App, Version, definition_of
from runtime.people.roles import roles_of
from runtime.workspace.carry_views import open_by_version
from runtime.workspace.version_reading import Reading

KINDS = ("script", "form", "lesson", "document")
LISTED = 8  # changes shown in the list of versions; the version's page has all
ON_A_PAGE = 100


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
    """The versions of an app, the newest first: who, when, why, and what changed against the one before."""
    app = get_object_or_404(App, code=code)
    rows = list(
        Version.objects.filter(app=app).select_related("created_by").defer("bodies")[:ON_A_PAGE]
    )
    found = []
    for at, version in enumerate(rows):
        before = rows[at + 1] if at + 1 < len(rows) else None
        changes = _changes(before, version)
        found.append(
            {
                "version": version,
                "before": before,
                "changes": changes[:LISTED],
                "more": len(changes[LISTED:]),
            }
        )
    context = {"app": app, "versions": found, "may_read": _may_read_records(request)}
    return render(request, "workspace/versions.html", context)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version says, section by section; with `?against=N` what changed since that version."""
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
    against = _against(request, app, number)
    context = {
        "app": app,
        "version": row,
        "others": others,
        "against": against,
        "changes": _changes(*_in_order(against, row)) if against else None,
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


def _against(request: HttpRequest, app: App, number: int) -> Version | None:
    """The version to compare with; an unknown number compares with nothing."""
    asked = request.GET.get("against", "")
    if (
        not (asked.isascii() and asked.isdigit() and len(asked) <= len("999999999"))
        or int(asked) == number
    ):
        return None
    return Version.objects.filter(app=app, number=int(asked)).defer("bodies").first()


def _in_order(one: Version, other: Version) -> tuple[Version, Version]:
    return (one, other) if one.number < other.number else (other, one)


def _changes(before: Version | None, after: Version) -> list[dict[str, str]]:
    """What changed, as sentences in the person's language."""
    if before is None:
        return []
    return [_said(change) for change in diff(definition_of(before), definition_of(after), gettext)]


def _said(change: Change) -> dict[str, str]:
    return {
        "code": change.code,
        "place": change.place,
        "text": say_change(change, gettext, _language_name),
    }


def _language_name(code: str) -> str:
    """A language in the reader's words; its code where nothing is known of it."""
    try:
        return capfirst(get_language_info(code)["name_translated"])
    except KeyError:
        return code
