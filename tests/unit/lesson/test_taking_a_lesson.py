"""A lesson without JavaScript: begun, handed in, failed with explanations, taken again, passed."""

from typing import Any

import pytest

from tests.unit.fill.calls import publish, small_lesson
from tests.unit.fill.pages import send


@pytest.fixture
def lesson(db: None) -> Any:
    return publish(small_lesson(), code="masks").app


@pytest.fixture
def learner(agent: Any, lesson: Any, client_of: Any) -> Any:
    client = client_of(agent, headers={"accept-language": "en"})
    client.post("/lesson/masks/")
    return client


def hand_in(client: Any, **answers: str) -> Any:
    """Answers the quiz and hands the lesson in; the page that follows."""
    from runtime.records.models import Record

    page = send(client, client.get("/lesson/masks/").text)
    page = send(client, page.text, "stay", **answers)
    record = Record.objects.get(closed_at=None)
    return client.post(f"/record/{record.pk}/finish/", follow=True)


def test_the_browser_never_gets_a_right_answer(learner: Any, lesson: Any) -> None:
    page = learner.get("/lesson/masks/").text
    version = lesson.versions.get()
    projection = learner.get(f"/definition/{version.sha256}/learner/en.json").text
    assert '"mouth_and_nose"' in projection
    assert '"right":"mouth_and_nose"' not in projection
    assert "Both." not in page + projection


def test_a_failed_lesson_says_what_is_right_and_may_be_taken_again(learner: Any) -> None:
    result = hand_in(learner, covers="mouth", daily="true").text
    assert "Not passed yet" in result
    assert "50 %" in result
    assert "Mouth and nose" in result
    assert "Both." in result
    again = learner.post("/lesson/masks/", follow=True).text
    assert 'data-section="quiz"' in again


def test_a_passed_lesson_says_so(learner: Any) -> None:
    result = hand_in(learner, covers="mouth_and_nose", daily="true").text
    assert "Passed" in result
    assert "100 %" in result


def test_a_lesson_is_not_handed_in_with_answers_missing(learner: Any) -> None:
    answer = hand_in(learner, covers="mouth_and_nose")
    assert answer.status_code == 422
    assert "Answers are still missing" in answer.text


def test_a_lesson_of_somebody_else_is_not_known(
    learner: Any, supervisor: Any, client_of: Any
) -> None:
    from runtime.records.models import Record

    record = Record.objects.get()
    assert client_of(supervisor).get(f"/record/{record.pk}/").status_code == 404
    assert (
        client_of(supervisor).post(f"/record/{record.pk}/", {"purpose": "curious"}).status_code
        == 404
    )


def test_an_unknown_lesson_is_not_found(learner: Any) -> None:
    assert learner.get("/lesson/nothing/").status_code == 404
