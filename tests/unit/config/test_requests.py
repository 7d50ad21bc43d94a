"""What every request goes through: language, policy, cache, limits, error pages."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, name, password, **headers):
    return client.post(
        "/accounts/login/", {"login": name, "password": password}, headers=headers or None
    )


def test_the_policy_lets_no_inline_script_run_outside_the_workshop(admin, client_of):
    policy = client_of(admin).get("/people/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy


def test_the_workshop_has_a_policy_of_its_own(admin, client_of):
    policy = client_of(admin).get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy


def test_private_pages_are_kept_by_no_cache(admin, client_of):
    for address in ("/people/", "/log/", "/nothing/here/"):
        assert "no-store" in client_of(admin).get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        ("fr", "nl", "fr"),
        ("", "nl,en;q=0.5", "nl"),
        ("xx", "de", "de"),
        ("", "ja", "en"),
        ("../../etc", "", "en"),
    ],
)
def test_the_language_before_the_login(client_of, asked, header, language):
    answer = client_of(None).get(
        "/accounts/login/", {"language": asked}, headers={"Accept-Language": header}
    )
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_persons_language_wins(agent, client_of):
    agent.person.language = "nl"
    agent.person.save()
    answer = client_of(agent).get("/nothing/?language=de", headers={"Accept-Language": "fr"})
    assert answer.headers["Content-Language"] == "nl"


def test_after_five_wrong_passwords_the_account_waits(agent, client_of):
    client = client_of(None)
    for _ in range(5):
        sign_in(client, "agent", "wrong")
    answer = sign_in(client, "agent", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert "Too many failed" in answer.content.decode()


def test_names_do_not_tell_whether_they_exist(agent, client_of):
    known = sign_in(client_of(None), "agent", "wrong").content.decode()
    unknown = sign_in(client_of(None), "nobody", "wrong").content.decode()
    assert _without_tokens(known).replace("agent", "X") == _without_tokens(unknown).replace(
        "nobody", "X"
    )


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_forgotten_password_is_set_anew_by_mail(agent, client_of):
    client = client_of(None)
    client.post(reverse("account_reset_password"), {"email": "agent@example.org"})
    link = next(word for word in mail.outbox[0].body.split() if "reset/key" in word)
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"password1": "seven blue horses", "password2": "seven blue horses"},
    )
    fresh = client_of(None)
    sign_in(fresh, "agent", "seven blue horses")
    assert fresh.session["_auth_user_id"] == str(agent.pk)


def test_a_reset_tells_nobody_who_has_an_account(agent, client_of):
    client = client_of(None)
    known = client.post(reverse("account_reset_password"), {"email": "agent@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_nobody_signs_up(client_of):
    form = {
        "email": "x@example.org",
        "username": "x",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    answer = client_of(None).post("/accounts/signup/", form)
    assert "Nobody signs up here" in answer.content.decode()


def test_demo_accounts_sign_in_where_the_demo_runs_only(settings, client_of):
    from django.contrib.auth.models import User

    from config.demo.accounts import ACCOUNTS

    User.objects.create_user("demo", ACCOUNTS[0].email, PASSWORD)
    for demo in (False, True):
        settings.DEMO = demo
        client = client_of(None)
        sign_in(client, "demo", PASSWORD)
        assert ("_auth_user_id" in client.session) == demo


@pytest.mark.parametrize("address", ["/nothing/", "/people/99999999/", "/unit/nothing/"])
def test_what_is_not_there_is_a_calm_page(admin, client_of, address):
    answer = client_of(admin).get(address)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_what_is_too_large_is_answered_413(admin, client_of, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client_of(admin).post("/people/new/", {"username": "x" * 5000})
    assert answer.status_code == 413
    assert "larger than this server takes" in answer.content.decode()


def test_an_old_form_is_refused_with_a_remedy(admin):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    answer = client.post("/people/new/", {})
    assert answer.status_code == 403
    assert "load it again" in answer.content.decode()


def test_a_broken_view_tells_nothing(admin, client_of, monkeypatch):
    def broken(*_):
        raise ValueError("Peeters 0470")

    monkeypatch.setattr("runtime.workspace.people_views.Paginator", broken)
    answer = client_of(admin, raise_request_exception=False).get("/people/")
    assert answer.status_code == 500
    assert "Peeters" not in answer.content.decode()
    assert "Something went wrong here" in answer.content.decode()


def test_the_workshop_answers_on_its_own_host_only(admin, client_of, settings):
    settings.WORKSHOP_HOST, settings.ALLOWED_HOSTS = (
        "workshop.example.org",
        ["workshop.example.org", "calls.example.org"],
    )
    client = client_of(admin)
    assert client.get("/admin/", headers={"Host": "calls.example.org"}).status_code == 403
    assert client.get("/admin/", headers={"Host": "workshop.example.org"}).status_code != 403


def test_the_server_says_that_it_lives(client_of):
    answer = client_of(None).get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
