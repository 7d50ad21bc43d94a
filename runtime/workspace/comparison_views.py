"""Two versions of an app beside each other: what changed, by section, in words that differ."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from builder.models import App, Version, definition_of
from builder.views.comparison import comparison


@require_GET
def compare_versions(request: HttpRequest, code: str) -> HttpResponse:
    """`?old=N&new=M`; without them the newest against the one before. `kind`: one kind of change; `as=words`: sentences."""
    app = get_object_or_404(App, code=code)
    rows = list(
        app.versions.order_by("-number").select_related("created_by").defer("definition", "bodies")
    )
    new = _asked(request, "new", rows) or (rows[0] if rows else None)
    old = _asked(request, "old", rows) or _before(new, rows)
    context: dict[str, Any] = {"app": app, "versions": rows, "old": old, "new": new}
    if old is not None and new is not None and old != new:
        compared = comparison(definition_of(old), definition_of(new), request.GET.get("kind", ""))
        context |= {
            "compared": compared,
            "words": request.GET.get("as") == "words",
            "old_name": f"v{old.number}",
            "new_name": f"v{new.number}",
            "query": (("old", old.number), ("new", new.number)),
        }
    return render(request, "workspace/comparison.html", context)


def _asked(request: HttpRequest, name: str, rows: list[Version]) -> Version | None:
    """The version of that number; none for a number that is not there."""
    asked = request.GET.get(name, "")
    return next((row for row in rows if str(row.number) == asked), None)


def _before(new: Version | None, rows: list[Version]) -> Version | None:
    """The version before; of the first one there is none."""
    earlier = [row for row in rows if new is not None and row.number < new.number]
    return earlier[0] if earlier else None
