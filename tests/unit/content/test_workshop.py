"""The first page of the workshop: what somebody may edit, one press away."""

from typing import Any

from django.urls import reverse

from content.actions import make_page
from tests.bodies import DONE, SMALL, ask, section


def written(home: Any) -> tuple[Any, Any]:
    """A published script and a lesson that is a draft."""
    script = make_page(kind="script", title="Small", code="small", body=SMALL, outcomes=DONE)
    lesson = make_page(
        kind="lesson",
        title="Quiz",
        code="quiz",
        body=[section("Read", ask("yes_no", "quiz", right="yes"))],
        settings={"pass_percent": 100},
        publish=False,
    )
    return script, lesson


def first_page(client: Any) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_editor_is_led_to_the_scripts(home: Any, client_of: Any, editor: Any) -> None:
    script, _lesson = written(home)
    page = first_page(client_of(editor))
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[script.pk])}"' in page
    assert "published" in page


def test_a_trainer_is_led_to_the_lessons_alone(home: Any, client_of: Any, trainer: Any) -> None:
    script, lesson = written(home)
    page = first_page(client_of(trainer))
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[lesson.pk])}"' in page
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[script.pk])}"' not in page
    assert "draft" in page


def test_an_empty_workshop_says_where_to_begin(home: Any, client_of: Any, editor: Any) -> None:
    assert "Nothing is written yet" in first_page(client_of(editor))
