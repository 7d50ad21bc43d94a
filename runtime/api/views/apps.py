"""Apps, and the schema of the records of each version."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router
from pydantic import Field

from builder.models import App, Version, load
from runtime.api import reach, shapes
from runtime.api.answers import not_again, page
from runtime.api.bearer import Bearer, token_of
from runtime.api.record_schema import schema_of
from runtime.api.scopes import APPS_READ

router = Router(tags=["apps"])
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


@router.get("/apps", auth=Bearer(APPS_READ), response=shapes.Apps, summary=_("List apps"))
def list_apps(request: HttpRequest, asked: Query[shapes.Filters]) -> HttpResponse:
    return page(request, reach.apps(token_of(request)), asked, _app)


@router.get(
    "/apps/{slug:code}/versions/{int:number}/schema.json",
    auth=Bearer(APPS_READ),
    response=dict[str, Any],
    summary=_("Fetch the schema of a version's records"),
)
def version_schema(request: HttpRequest, code: Path[str], number: Path[Number]) -> HttpResponse:
    rows = Version.objects.filter(app__in=reach.apps(token_of(request)), number=number)
    version = get_object_or_404(rows.defer("definition", "bodies"), app__code=code)
    tag = f'"{version.sha256[:32]}"'
    known = not_again(request, tag)
    if known is not None:
        return known
    told = schema_of(load(version.pk), code=code, number=number, sha256=version.sha256)
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400"}
    return JsonResponse(told, content_type="application/schema+json", headers=headers)


def _app(row: App) -> shapes.App:
    numbers = sorted(row.versions.values_list("number", flat=True))
    return shapes.App(
        code=row.code, kind=row.kind, title=row.title, open=row.open, versions=numbers
    )
