"""The page of a review: what changed, what was said, approving and sending back."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.models import Comment

from content.forms import Linked
from tests.unit.reviews.drafting import act, fresh, new_draft, submit, write


def address(page: Any) -> str:
    return reverse("review", args=[page.pk])


def told(answer: Any) -> str:
    return answer.content.decode()


def test_reviewers_see_what_changed_and_approve(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    page = act(act(submit(new_draft(editor), editor), board[0]), board[1])
    page = submit(write(page, "Is somebody there", editor), editor)
    client = client_of(board[0])
    read = told(client.get(address(page)))
    assert "Is somebody there" in read
    assert "0 of 2 approvals" in read
    answer = client.post(
        address(page), {"action": "approve", "approve-comment": "Good."}, follow=True
    )
    assert "Your approval is kept" in told(answer)
    assert "1 of 2 approvals" in told(answer)
    answer = client_of(board[1]).post(address(page), {"action": "approve"}, follow=True)
    assert "Approved and released." in told(answer)


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    page = submit(new_draft(editor), editor)
    client = client_of(board[0])
    answer = client.post(address(page), {"action": "reject", "reject-comment": " "})
    assert "Say what must change" in told(answer)
    assert fresh(page).workflow_in_progress
    client.post(address(page), {"action": "reject", "reject-comment": "Name the dose."})
    read = told(client_of(editor).get(address(page)))
    assert "Name the dose." in read
    assert "Correct the page and submit it again." in read


def test_a_comment_at_a_block_is_told_with_the_words_of_the_block(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    page = submit(new_draft(editor), editor)
    section = page.get_latest_revision_as_object().body[0]
    item = section.value["items"][0]
    path = f"body.{section.id}.items.{item.id}.label"
    Comment.objects.create(page=page, user=board[0], text="Say who calls", contentpath=path)
    read = told(client_of(editor).get(address(page)))
    assert "Say who calls" in read
    assert "Start › Reached the person" in read


def test_who_may_not_edit_sees_no_review(
    task: Any, board: Any, editor: Any, trainer: Any, client_of: Any
) -> None:
    page = submit(new_draft(editor), editor)
    assert client_of(trainer).get(address(page)).status_code in (302, 403)
    answer = client_of(editor).post(address(page), {"action": "approve"}, follow=True)
    assert "not waiting for your review" in told(answer)


def test_wagtails_own_dialogue_sends_back_only_with_a_reason(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    page = submit(new_draft(editor), editor)
    state = page.current_workflow_task_state
    where = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client = client_of(board[0])
    headers = {"x-requested-with": "XMLHttpRequest"}
    assert "Say what must change" in told(client.post(where, {"comment": ""}, headers=headers))
    client.post(where, {"comment": "Shorter."}, headers=headers)
    assert fresh(page).current_workflow_state.status == "needs_changes"


def test_the_form_of_the_editor_tells_before_publishing(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    """A page that is not there yet knows its workflow from where it will stand."""
    from content.models import HomePage, ScriptPage
    from content.reviews.counting import tasks_of

    page = ScriptPage(title="New", slug="new")
    page.under = HomePage.objects.first()
    assert tasks_of(page) == [task]


def test_the_link_in_a_refusal_is_a_link() -> None:
    link = Linked(mark_safe('<a href="/x/">Why</a>'))
    told = format_html("<li>{}</li>", "Title <b>: " + str(link))
    assert told == '<li>Title &lt;b&gt;: <a href="/x/">Why</a></li>'
