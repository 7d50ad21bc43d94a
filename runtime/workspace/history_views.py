"""Who changed what in everything that is administered: queues, policies, campaigns, skills, feeds, institutes, teams, rights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from runtime.workspace.history_rows import kinds, page_of

ON_A_PAGE = 50
MOST_PAGES = 200


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """The changes, the newest first; `?kind=` of one kind only."""
    known = kinds()
    asked = request.GET.get("kind", "")
    kind = asked if asked in known else ""
    page = _number(request.GET.get("page", ""))
    rows, more = page_of(kind, start=(page - 1) * ON_A_PAGE, count=ON_A_PAGE)
    context = {
        "kinds": sorted(known.items(), key=lambda row: str(row[1])),
        "kind": kind,
        "rows": rows,
        "page": page,
        "more": more and page < MOST_PAGES,
    }
    return render(request, "workspace/history.html", context)


def _number(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PAGES))
    return min(max(int(text), 1), MOST_PAGES) if known else 1
