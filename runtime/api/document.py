"""The interface described: as an OpenAPI 3.1 document for programs, as a page for people. Both are made of the operations."""

from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from runtime.api.bearer import Bearer
from runtime.api.door import DEEPEST, MOST_BYTES, door
from runtime.api.interface import API, BASE
from runtime.api.problems import MEDIA_TYPE, PROBLEMS
from runtime.api.scopes import SCOPES
from runtime.api.shapes import ProblemDetails

ALWAYS: Final = ("unauthorized", "scope", "not_acceptable", "invalid", "too_many", "unavailable")
WITH_BODY: Final = ("malformed", "too_large", "media_type")
SCHEME: Final = "Bearer"


@cache
def document() -> dict[str, Any]:
    """The document, in English; the same for everybody."""
    made: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=f"{BASE}/"))
    schemas = made["components"]["schemas"]
    schemas["ProblemDetails"] = ProblemDetails.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    schemas.update(schemas["ProblemDetails"].pop("$defs", {}))
    scopes = _scopes()
    for path, methods in made["paths"].items():
        for operation in methods.values():
            operation["security"] = [{SCHEME: [scopes[operation["operationId"]]]}]
            operation["responses"].update(_refusals(path, operation))
    made["servers"] = [{"url": "/"}]
    return made


def _scopes() -> dict[str, str]:
    """The scope that each operation asks for."""
    return {
        operation.operation_id or API.get_openapi_operation_id(operation): each.scope
        for _name, router in API._routers  # noqa: SLF001 - there is no other way to an operation's token
        for view in router.path_operations.values()
        for operation in view.operations
        for each in operation.auth_callbacks
        if isinstance(each, Bearer)
    }


def _refusals(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    codes = [*ALWAYS, "failed"]
    if "requestBody" in operation:
        codes += [*WITH_BODY, "campaign_closed", "erased"]
    if "{" in path:
        codes += ["not_found", "changed", "erased"]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        str(PROBLEMS[code][0]): {"description": PROBLEMS[code][1], "content": content}
        for code in codes
    }


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    request.keeps_no_language = True  # type: ignore[attr-defined]
    return JsonResponse(document())


openapi_view = door(openapi)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The operations, scopes and problems, in the reader's language."""
    context = {
        "operations": [
            {
                "method": method.upper(),
                "path": path,
                "summary": gettext(operation["summary"]),
                "scope": operation["security"][0][SCHEME][0],
                "parameters": [_parameter(one) for one in operation.get("parameters", ())],
                "body": "requestBody" in operation,
            }
            for path, methods in document()["paths"].items()
            for method, operation in methods.items()
        ],
        "scopes": SCOPES.items(),
        "problems": [(code, status, gettext(words)) for code, (status, words) in PROBLEMS.items()],
        "kilobytes": MOST_BYTES // 1024,
        "deepest": DEEPEST,
    }
    return render(request, "api/page.html", context)


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    return {"name": told["name"], "in": told["in"], "required": told["required"]}
