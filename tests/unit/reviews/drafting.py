"""Drafts, and sending them for review, in one breath."""

import json
from typing import Any

from builder.compile import with_ids
from content.actions import make_page
from tests.bodies import DONE, SMALL, ask, section


def new_draft(by: Any, body: Any = SMALL, code: str = "small") -> Any:
    """A script that was never published."""
    return make_page(
        kind="script", title="Small", code=code, body=body, outcomes=DONE, by=by, publish=False
    )


def write(page: Any, label: str, by: Any, **more: Any) -> Any:
    """The same question, worded anew."""
    drafted = page.get_latest_revision_as_object()
    old = [list(stream.get_prep_value()) for stream in (drafted.body, drafted.outcomes)]
    body = [section("Start", ask("yes_no", "reached", label, required=True, **more))]
    drafted.body = json.dumps(with_ids(body, old[1], "small")[0])
    drafted.save_revision(user=by)
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def submit(page: Any, by: Any) -> Any:
    page.get_workflow().start(page, by)
    return fresh(page)


def act(page: Any, by: Any, action: str = "approve", **given: Any) -> Any:
    """As the buttons do: somebody approves or sends back what waits."""
    page = fresh(page)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, by, action, **given)
    return fresh(page)
