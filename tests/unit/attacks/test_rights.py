"""Rights that somebody tries to widen: an administrator's own, a role's, those of who may see what is right."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from runtime.people.models import RoleChange
from runtime.people.roles import ROLES, roles_of
from tests.people import make_person
from tests.unit.fill.calls import publish, small_lesson

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deed", ["", "Roles", "roles ", "anything", None])
def test_an_administrator_gives_himself_no_role(
    admin: Any, client_of: Any, deed: str | None
) -> None:
    posted = {"roles": ["admin", "agent", "data_officer"]} | (
        {} if deed is None else {"deed": deed}
    )
    client_of(admin).post(f"/people/{admin.pk}/", posted)
    assert roles_of(User.objects.get(pk=admin.pk)) == {"admin"}


def test_a_link_that_sets_a_password_stands_in_the_history(
    admin: Any, agent: Any, client_of: Any
) -> None:
    client_of(admin).post(f"/people/{agent.pk}/link/")
    noted = RoleChange.objects.get(person=agent.person)
    assert (noted.by, noted.reason) == (admin, "link")


@pytest.mark.parametrize("role", ROLES)
def test_what_explains_the_right_answer_is_for_who_writes_lessons(
    role: str, client_of: Any
) -> None:
    version = publish(small_lesson(), code="masks")
    client = client_of(make_person("somebody", role))
    told = {
        audience: client.get(reverse("projection", args=[version.sha256, audience, "en"]))
        for audience in ("agent", "learner", "public", "practice")
    }
    writes = role in {"editor", "trainer", "admin"}
    for audience in ("agent", "public", "practice"):
        assert (told[audience].status_code == 200) == writes, audience
    assert b"Both." not in told["learner"].content
    assert (told["learner"].status_code == 200) == (role not in {"partner", "citizen"})


def test_right_answers_are_kept_by_no_browser(editor: Any, client_of: Any) -> None:
    version = publish(small_lesson(), code="masks")
    answer = client_of(editor).get(f"/definition/{version.sha256}/practice/en.json")
    assert answer["Cache-Control"] == "no-store"
