"""What a page asks for between its saves, under its run token as they are: no login session is asked for and no user is loaded.

Answers are JSON; whoever's sitting has ended gets `{"code": "", "message": ""}` with the status that saving would have.
"""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from runtime.queues import actions as queues
from runtime.records import actions as records
from runtime.records.append import Appended, standing
from runtime.records.store.tokens import RunToken
from runtime.workspace import screen_conflicts
from runtime.workspace.queue_views import lost

HOUSE = frozenset({"agent", "learner", "practice"})  # a citizen's form has doors of its own

View = Callable[..., HttpResponse]


def under_token(view: View) -> View:
    """The token stands in a header, which no foreign page can send: the check for forged requests is not needed."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def inner(request: HttpRequest, **named: uuid.UUID) -> HttpResponse:
        run = standing(request.headers.get("X-Run-Token", ""), timezone.now())
        if isinstance(run, RunToken) and (
            run.kind not in HOUSE or named.get("record", run.record) != run.record
        ):
            run = Appended.because("foreign")
        if isinstance(run, Appended):
            return JsonResponse({"code": run.code, "message": run.message}, status=run.status)
        return view(request, run, **named)

    return inner


@under_token
def settle(_request: HttpRequest, run: RunToken, record: uuid.UUID) -> HttpResponse:
    """At a section's end: what the server makes of the record."""
    by = get_user_model()(pk=run.user)  # who they are is asked of nobody: their number is written
    settled = records.settle(record, by=by, purpose="call")
    return JsonResponse(
        {
            "number": settled.number,
            "missing": settled.view["missing"],
            "problems": settled.view["problems"],
            "conflicts": screen_conflicts.told(record, settled.conflicts),
        }
    )


@under_token
def heartbeat(request: HttpRequest, run: RunToken, pk: uuid.UUID) -> HttpResponse:
    """The agent is still there: the time at which the lease now ends."""
    until = queues.heartbeat(item=pk, record=run.record, by=run.user, now=timezone.now())
    return JsonResponse({"lease_until": until.isoformat()}) if until else lost(request)
