"""Administrators make people and teams, give roles, shut out; auditors read the access log."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail

from runtime.audit.actions import log_access
from runtime.people.models import Unit
from runtime.people.roles import roles_of

pytestmark = pytest.mark.django_db
NEW = {
    "username": "nadia",
    "first_name": "Nadia",
    "last_name": "Smets",
    "email": "nadia@example.org",
    "roles": ["agent"],
}


def test_a_new_person_gets_a_link_that_is_shown_once_and_sets_the_password(admin, client_of):
    page = client_of(admin).post("/people/new/", NEW).content.decode()
    link = re.search(r'value="(http[^"]+)"', page).group(1)
    visitor = client_of(None)
    form = visitor.get(link, follow=True)
    visitor.post(
        form.request["PATH_INFO"],
        {"password1": "seven blue horses", "password2": "seven blue horses"},
    )
    made = User.objects.get(username="nadia")
    assert made.check_password("seven blue horses")
    assert roles_of(made) == {"agent"}
    assert "seven blue" not in client_of(None).get(link, follow=True).content.decode()


def test_a_link_works_once(admin, client_of):
    page = client_of(admin).post("/people/new/", NEW).content.decode()
    link = re.search(r'value="(http[^"]+)"', page).group(1)
    for password, taken in (("seven blue horses", True), ("nine green horses", False)):
        visitor = client_of(None)
        form = visitor.get(link, follow=True)
        visitor.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
        assert User.objects.get(username="nadia").check_password(password) == taken


def test_a_taken_name_is_refused_in_any_spelling(admin, agent, client_of):
    answer = client_of(admin).post("/people/new/", NEW | {"username": "AGENT"})
    assert answer.status_code == 400
    assert "taken" in answer.content.decode()


def test_changed_roles_hold_at_once_and_end_run_tokens(admin, agent, client_of):
    before = agent.person.epoch
    client_of(admin).post(f"/people/{agent.pk}/", {"deed": "roles", "roles": ["supervisor"]})
    again = User.objects.get(pk=agent.pk)
    assert roles_of(again) == {"supervisor"}
    assert again.person.epoch > before
    assert client_of(again).get("/people/").status_code == 403


def test_an_unknown_role_changes_nothing(admin, agent, client_of):
    answer = client_of(admin).post(f"/people/{agent.pk}/", {"deed": "roles", "roles": ["emperor"]})
    assert answer.status_code == 400
    assert roles_of(User.objects.get(pk=agent.pk)) == {"agent"}


def test_who_is_shut_out_is_out_at_once(admin, agent, client_of):
    working = client_of(agent)
    client_of(admin).post(f"/people/{agent.pk}/", {"deed": "shut_out"})
    assert working.get("/log/").status_code == 302
    assert User.objects.get(pk=agent.pk).person.epoch > 1


def test_an_administrator_does_not_lock_the_door_from_outside(admin, client_of):
    client_of(admin).post(f"/people/{admin.pk}/", {"deed": "shut_out"})
    client_of(admin).post(f"/people/{admin.pk}/", {"deed": "roles", "roles": []})
    again = User.objects.get(pk=admin.pk)
    assert (again.is_active, roles_of(again)) == (True, {"admin"})


def test_a_link_is_sent_to_the_person_alone(admin, agent, client_of):
    answer = client_of(admin).post(f"/people/{agent.pk}/link/", {"send": "1"}, follow=True)
    assert [message.to for message in mail.outbox] == [["agent@example.org"]]
    key = re.search(r"reset/key/([^/]+)/", mail.outbox[0].body).group(1)
    assert key not in answer.content.decode()


def test_units_are_made_renamed_and_their_changes_kept(admin, client_of):
    client = client_of(admin)
    client.post("/units/", {"code": "north", "title": "North", "kind": "centre"})
    client.post("/unit/north/", {"title": "North and coast", "kind": "centre"})
    team = Unit.objects.get()
    assert [(step.title, step.history_user) for step in team.history.all()] == [
        ("North and coast", admin),
        ("North", admin),
    ]
    assert (
        client.post("/units/", {"code": "north", "title": "Again", "kind": "team"}).status_code
        == 400
    )


def test_the_access_log_is_filtered_and_shows_no_data(auditor, agent, client_of):
    log_access(by=agent, deed="search", purpose="search")
    log_access(by=agent, deed="open", purpose="call")
    log_access(by=None, deed="settle", purpose="upkeep")
    client = client_of(auditor)
    assert client.get("/log/").context["shown"].paginator.count == 4  # its own look, too
    rows = client.get("/log/", {"who": "agent", "deed": "open"}).context["shown"]
    assert [(row.by, row.purpose) for row in rows] == [(agent, "call")]
    assert (
        client.get("/log/", {"since": "1999-01-01", "until": "1999-12-31"})
        .context["shown"]
        .paginator.count
        == 0
    )


def test_a_filter_that_cannot_be_read_shows_its_problem(auditor, client_of):
    answer = client_of(auditor).get("/log/", {"record": "not a number", "page": "-3"})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
