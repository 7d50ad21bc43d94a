"""What is answered: JSON with its tag, nothing where the tag is known, lists a page at a time."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags
from ninja import Schema

from runtime.api.invalid import OTHER
from runtime.api.problems import Fault, Refused

LARGEST_KEY: Final = 2**63 - 1


def single(request: HttpRequest, found: Schema) -> HttpResponse:
    """One resource, under its tag; 304 where who asks has it."""
    told = found.model_dump(mode="json")
    tag = tag_of(told)
    return not_again(request, tag) or answer(told, tag=tag)


def answer(
    told: Mapping[str, Any], *, status: int = 200, tag: str = "", place: str = ""
) -> HttpResponse:
    """Members are sorted: what was kept in a database, which forgets their order, is told byte for byte as the first time."""
    headers = {name: said for name, said in (("ETag", tag), ("Location", place)) if said}
    return JsonResponse(
        told, status=status, headers=headers, json_dumps_params={"sort_keys": True}
    )


def tag_of(told: Any) -> str:
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return f'"{sha256(written.encode()).hexdigest()[:32]}"'


def not_again(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304, where `If-None-Match` names this tag."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in known or f"W/{tag}" in known or "*" in known:
        return HttpResponse(status=304, headers={"ETag": tag})
    return None


def still(request: HttpRequest, tag: str) -> None:
    """Refuses where `If-Match` names other tags: who asks has seen something else."""
    wanted = request.headers.get("If-Match", "")
    if wanted and tag not in (tags := parse_etags(wanted)) and "*" not in tags:
        raise Refused("changed", headers={"ETag": tag})


def page(
    request: HttpRequest, rows: QuerySet[Any], asked: Any, show: Callable[[Any], Schema]
) -> HttpResponse:
    """The rows after the cursor, in the order of their keys, and the next cursor where there are more."""
    _only_known(request, asked)
    if asked.cursor:
        rows = rows.filter(pk__gt=_read_cursor(asked.cursor, rows.model))
    found = list(rows.order_by("pk")[: asked.limit + 1])
    shown = [show(row).model_dump(mode="json") for row in found[: asked.limit]]
    more = len(found) > asked.limit
    return answer({"found": shown, "next": _cursor(found[asked.limit - 1].pk) if more else None})


def _only_known(request: HttpRequest, asked: Any) -> None:
    """A filter that is misspelt would give everything."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        words = OTHER[1]
        raise Refused("invalid", [Fault(f"query: {name[:60]}", "unknown", words) for name in unknown])  # fmt: skip


def _cursor(key: UUID | int) -> str:
    return urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _read_cursor(text: str, model: Any) -> UUID | int:
    """Raises `Refused` for what is no cursor of such a list."""
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        if isinstance(model._meta.pk, UUIDField):  # noqa: SLF001 - the documented door to a model's key
            return UUID(plain)
        key = int(plain) if plain.isdecimal() else -1
        if not 0 <= key <= LARGEST_KEY:
            raise ValueError("no key")
    except ValueError:
        raise Refused("invalid", [Fault("query: cursor", *OTHER)]) from None
    return key
