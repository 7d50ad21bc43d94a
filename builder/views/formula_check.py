"""A formula while it is typed: what is wrong with it, in words. Nothing is read from the database, and nothing kept.

The page posts what it holds at the moment, told briefly: names and types, no texts. Anything of another shape is refused.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from builder.blocks.conditions import LONGEST
from builder.compile import Body, problems_of_formula
from builder.compile.index import CALCULATED
from builder.problems import say
from builder.question_types import TYPES

Told = dict[str, Any]
MOST = 20_000  # blocks
TEXTS = ("name", "label", "title", "kind", "formula", "question", "second", "hit", "gives", "within", "otherwise")  # fmt: skip
CHOICES = ("choices", "rows", "units")
KINDS = frozenset({*TYPES, *CALCULATED})


class OddShapeError(ValueError):
    """What was posted is not what the page's script tells."""


@require_POST
def formula_check(request: HttpRequest) -> HttpResponse:
    """`{"problems": ["Formula, line 1, character 5: ..."]}`; an empty list where the formula may stand so."""
    try:
        told = _is(json.loads(request.body), dict)
        text, place, field = (_is(told.get(name), str) for name in ("text", "place", "field"))
        body = Body("", [_section(each) for each in _listed(told.get("sections"))])
    except (ValueError, RecursionError):
        return HttpResponseBadRequest()
    if len(text) > LONGEST:
        return HttpResponseBadRequest()
    problems = problems_of_formula(body, text, place, field)
    return JsonResponse({"problems": [say(problem, gettext) for problem in problems]})


def _is(value: Any, shape: type) -> Any:
    if not isinstance(value, shape):
        raise OddShapeError
    return value


def _listed(value: Any) -> list[Told]:
    listed = _is(value, list)
    if len(listed) > MOST:
        raise OddShapeError
    return [_is(each, dict) for each in listed]


def _block(told: Told) -> Told:
    value: Told = {name: _is(told.get(name, ""), str) for name in TEXTS}
    for name in CHOICES:
        if name in told:
            value[name] = [{"name": _is(each, str)} for each in _is(told[name], list)]
    if "results" in told:
        value["cases"] = [
            {"value": {"result": _is(each, str)}} for each in _is(told["results"], list)
        ]
    return {"id": _is(told.get("id"), str), "type": _is(told.get("type"), str), "value": value}


def _section(told: Told) -> Told:
    block = _block({**told, "type": "section"})
    block["value"]["repeat"] = {"on": bool(told.get("repeat"))}
    items = [_block(each) for each in _listed(told.get("items"))]
    block["value"]["items"] = [item for item in items if item["type"] in KINDS]
    return block
