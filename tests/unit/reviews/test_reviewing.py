"""Reviews: so many of a group, each once, not their own work; and nothing else is released."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from builder.models import Version
from builder.publish import PublishVetoed
from content.actions import change_page, translate
from content.models import Approval
from tests.unit.reviews.drafting import act, fresh, new_draft, submit, write


def codes(veto: Any) -> list[str]:
    return [problem.code for problem in veto.value.problems]


def test_two_of_three_release_a_draft_and_the_version_keeps_who(
    task: Any, board: Any, editor: Any
) -> None:
    page = submit(new_draft(editor), editor)
    page = act(page, board[0], comment="Sound.")
    assert (page.live, page.workflow_in_progress) == (False, True)
    page = act(page, board[2])
    assert (page.live, page.workflow_in_progress) == (True, False)
    version = Version.objects.get()
    kept = version.evidence["review"]
    assert [(each["review"], each["kind"], each["by"], each["comment"]) for each in kept] == [
        ("Review", "medical", "rosa", "Sound."),
        ("Review", "medical", "rita", ""),
    ]
    assert {each["sha256"] for each in kept} == {version.sha256}


def test_one_person_counts_once(task: Any, board: Any, editor: Any) -> None:
    page = submit(new_draft(editor), editor)
    act(act(page, board[0]), board[0])
    assert Approval.objects.count() == 1
    assert not fresh(page).live


def test_who_wrote_a_draft_does_not_approve_it(task: Any, board: Any, editor: Any) -> None:
    editor.groups.add(task.groups.get())
    page = submit(new_draft(editor), editor)
    with pytest.raises(PublishVetoed) as veto:
        act(page, editor)
    assert codes(veto) == ["own_work"]
    assert task.get_actions(page, editor) == []


def test_own_work_may_count_where_the_task_says_so(task: Any, board: Any, editor: Any) -> None:
    task.own, task.needed = True, 1
    task.save()
    editor.groups.add(task.groups.get())
    assert act(submit(new_draft(editor), editor), editor).live


def test_a_reviewer_who_corrects_becomes_an_author_and_earlier_approvals_are_void(
    task: Any, board: Any, editor: Any
) -> None:
    page = act(submit(new_draft(editor), editor), board[0])
    page = write(page, "Is it a good moment", board[1])
    page = act(page, board[2])
    assert not page.live, "the approval before the correction does not count"
    with pytest.raises(PublishVetoed):
        act(page, board[1])
    assert act(page, board[0]).live


def test_a_rejection_says_why_and_goes_back_to_the_author(
    task: Any, board: Any, editor: Any
) -> None:
    page = submit(new_draft(editor), editor)
    with pytest.raises(PublishVetoed) as veto:
        act(page, board[0], "reject", comment="  ")
    assert codes(veto) == ["no_comment"]
    page = act(page, board[0], "reject", comment="Too long.")
    state = page.current_workflow_state
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "Too long.")
    page = write(page, "Good moment", editor)
    page.current_workflow_state.resume(editor)
    assert act(act(page, board[0]), board[1]).live


def test_a_stranger_neither_approves_nor_rejects(
    task: Any, board: Any, editor: Any, agent: Any
) -> None:
    page = submit(new_draft(editor), editor)
    for action in ("approve", "reject"):
        with pytest.raises(PublishVetoed) as veto:
            act(page, agent, action, comment="no")
        assert codes(veto) == ["not_under_review"]
    assert task.get_actions(page, agent) == []


def test_a_group_without_enough_people_is_told_at_once_and_nothing_is_started(
    task: Any, board: Any, editor: Any
) -> None:
    for person in board[:2]:
        person.is_active = False
        person.save()
    page = new_draft(editor)
    with pytest.raises(PublishVetoed) as veto:
        submit(page, editor)
    assert codes(veto) == ["no_reviewers"]
    assert "of its 1 active reviewers 1 may approve" in str(veto.value)
    assert fresh(page).current_workflow_state is None


def test_only_chosen_people_of_the_role_review(task: Any, board: Any, editor: Any) -> None:
    task.people.set(board[:2])
    page = submit(new_draft(editor), editor)
    with pytest.raises(PublishVetoed):
        act(page, board[2])
    assert act(act(page, board[0]), board[1]).live


def test_what_cannot_be_released_is_not_reviewed(task: Any, board: Any, editor: Any) -> None:
    page = new_draft(editor, body=[])
    with pytest.raises(PublishVetoed):
        submit(page, editor)
    assert fresh(page).current_workflow_state is None


def test_nothing_is_released_past_a_demanded_review(task: Any, board: Any, editor: Any) -> None:
    page = new_draft(editor)
    revision = page.get_latest_revision()
    for way in (
        lambda: revision.publish(user=editor),
        lambda: revision.publish(user=editor, skip_permission_checks=True),
        lambda: change_page(page=page, by=editor, note="at once"),
        lambda: new_and_live(editor),
    ):
        with pytest.raises(PublishVetoed) as veto:
            way()
        assert codes(veto) == ["not_reviewed"]
    assert Version.objects.count() == 0


def new_and_live(by: Any) -> Any:
    from content.actions import make_page
    from tests.bodies import DONE, SMALL

    return make_page(kind="script", title="Other", code="other", body=SMALL, outcomes=DONE, by=by)


def test_a_copy_is_reviewed_like_a_new_page(task: Any, board: Any, editor: Any) -> None:
    page = act(act(submit(new_draft(editor), editor), board[0]), board[1])
    with pytest.raises(PublishVetoed):
        page.copy(update_attrs={"slug": "copy", "title": "Copy"}, user=editor, keep_live=True)
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, user=editor, keep_live=False)
    with pytest.raises(PublishVetoed):
        copy.get_latest_revision().publish(user=editor)


def test_an_approved_draft_is_scheduled_and_a_changed_one_is_not(
    task: Any, board: Any, editor: Any
) -> None:
    page = new_draft(editor).get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor)
    with pytest.raises(PublishVetoed):
        page.get_latest_revision().publish(user=editor)
    page = act(act(submit(fresh(page), editor), board[0]), board[1])
    assert not page.live
    assert page.get_latest_revision().approved_go_live_at is not None


def test_after_a_release_only_what_changed_is_asked(task: Any, board: Any, editor: Any) -> None:
    page = act(act(submit(new_draft(editor), editor), board[0]), board[1])
    page.get_latest_revision().publish(user=editor)  # nothing changed
    page = write(page, "Reached", editor)
    with pytest.raises(PublishVetoed):
        page.get_latest_revision().publish(user=editor)


def test_texts_alone_may_need_less(task: Any, board: Any, editor: Any) -> None:
    task.texts_needed = 1
    task.save()
    page = act(act(submit(new_draft(editor), editor), board[0]), board[1])
    page = act(submit(write(page, "Reached", editor), editor), board[0])
    assert Version.objects.count() == 2
    page = act(submit(write(page, "Reached", editor, clearance="sealed"), editor), board[0])
    assert Version.objects.count() == 2


def test_a_translation_is_reviewed_and_taking_it_away_is_not(
    task: Any, board: Any, editor: Any
) -> None:
    page = act(act(submit(new_draft(editor), editor), board[0]), board[1])
    texts = {"reached": {"label": "Joint"}}
    with pytest.raises(PublishVetoed):
        translate(page=page, language="fr", title="Petit", texts=texts, by=editor)
    french = translate(
        page=page, language="fr", title="Petit", texts=texts, by=editor, publish=False
    )
    french = act(act(submit(french, editor), board[0]), board[1])
    assert Version.objects.order_by("-number")[0].texts_only
    french.unpublish(user=editor)
    assert Version.objects.count() == 3


def test_without_the_demand_editors_publish_as_before(home: Any, editor: Any) -> None:
    page = new_draft(editor)
    page.get_latest_revision().publish(user=editor)
    assert "review" not in Version.objects.get().evidence


def test_reviewers_without_the_right_to_publish_release_by_approving(
    task: Any, home: Any, board: Any, editor: Any
) -> None:
    from wagtail.models import GroupPagePermission

    GroupPagePermission.objects.filter(group__name="reviewer").delete()
    assert act(act(submit(new_draft(editor), editor), board[0]), board[1]).live


def test_two_steps_follow_each_other_and_a_later_change_goes_through_both(
    task: Any, board: Any, editor: Any, admin: Any
) -> None:
    from django.contrib.auth.models import Group
    from wagtail.models import WorkflowTask

    from content.models import ReviewTask

    task.needed = 1
    task.save()
    legal = ReviewTask.objects.create(name="Legal", required=True)
    legal.groups.set([Group.objects.get(name="admin")])
    WorkflowTask.objects.create(workflow=task.workflows[0], task=legal, sort_order=1)
    page = act(submit(new_draft(editor), editor), board[0])
    assert page.current_workflow_task.name == "Legal"
    page = write(page, "Is it a good moment", editor)
    page = act(page, admin)
    assert not page.live
    assert page.current_workflow_task.name == "Review"
    page = act(page, board[1])
    assert page.live
    assert len(Version.objects.get().evidence["review"]) == 2
