"""What every answer carries, also when it refuses or breaks."""

from typing import Any

import pytest
from django.urls import reverse

from tests.house.test_access import PUBLIC, ours

pytestmark = pytest.mark.django_db
SIGNED = (
    "call-webhook",
    "inside-calls",
)  # no cookie counts there: a signature, a token of its own
DIRECTIVES = ("default-src 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'")


def policy_of(answer: Any) -> str:
    return answer.headers.get("Content-Security-Policy", "")


def test_every_page_outside_the_workshop_has_the_strict_policy(agent: Any, client_of: Any) -> None:
    wrong = []
    for client in (client_of(agent, raise_request_exception=False), client_of(None)):
        for name, address in ours():
            for method in ("get", "post"):
                answer = getattr(client, method)(address)
                policy = policy_of(answer)
                if "unsafe" in policy or not all(part in policy for part in DIRECTIVES):
                    wrong.append((method, name, policy))
                if answer.headers.get("X-Content-Type-Options") != "nosniff":
                    wrong.append((method, name, "nosniff"))
    assert wrong == []


def test_errors_carry_the_policy_too(admin: Any, client_of: Any, monkeypatch: Any) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("runtime.workspace.people_views.Paginator", broken)
    client = client_of(admin, raise_request_exception=False)
    answers = [
        client.get("/people/"),
        client.get("/nothing/"),
        client.get("/", headers={"host": "evil.example"}),
        client_of(None, enforce_csrf_checks=True).post("/accounts/login/", {}),
    ]
    assert [answer.status_code for answer in answers] == [500, 404, 400, 403]
    for answer in answers:
        assert "default-src 'none'" in policy_of(answer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors" in policy_of(answer)


def test_the_workshop_is_framed_by_nobody_else(admin: Any, client_of: Any) -> None:
    answer = client_of(admin).get("/admin/")
    assert "frame-ancestors 'self'" in policy_of(answer)
    assert "object-src 'none'" in policy_of(answer)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_no_private_page_is_kept(agent: Any, client_of: Any) -> None:
    client = client_of(agent, raise_request_exception=False)
    kept = [
        name
        for name, address in ours()
        if name not in PUBLIC | {"projection"}
        and "no-store" not in client.get(address).headers.get("Cache-Control", "")
    ]
    assert kept == []
    for name in ("account_login", "account_change_password", "account_email"):
        cached = client.get(reverse(name)).headers["Cache-Control"]
        assert "no-store" in cached, name


# The interface reads a token in a header and no cookie: there is nothing that a foreign page could send along.
TOKENED = {"api-document", "api-nowhere"}


def test_only_the_save_goes_without_a_form_token(agent: Any, client_of: Any) -> None:
    client = client_of(agent, enforce_csrf_checks=True, raise_request_exception=False)
    open_doors = []
    for name, address in ours():
        answer = client.post(address, {"csrfmiddlewaretoken": "x" * 32})
        if answer.status_code != 403 and name not in {"save", *SIGNED, *TOKENED}:
            open_doors.append((name, answer.status_code))
    assert open_doors == []
    answer = client.post("/record/00000000-0000-0000-0000-000000000001/save/", {})
    assert answer.status_code == 403  # without the header it is a page like any other


@pytest.mark.parametrize(
    "address",
    [
        "/static/../config/settings.py",
        "/static/%2e%2e/config/settings.py",
        "/static/..%2f..%2fmanage.py",
        "/static//etc/passwd",
        "/static/runtime/../../settings.py",
        "/media/x",
        "/definition/..%2f..%2fkeys/agent/en.json",
        "/definition/x/agent/..%2f..%2fkeys.json",
        "/%2569ndex",
        "/admin%2fusers/",
        "/./admin/users/",
        "/ADMIN/users/",
        "/document/../manage.py.pdf",
        "/exports/app/../../x/1.csv",
    ],
)
def test_a_path_leads_nowhere_else(address: str, agent: Any, client_of: Any) -> None:
    answer = client_of(agent, raise_request_exception=False).get(address)
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize(
    "folder",
    ["../x", "/etc", "a/../../x", "a\x00b", ".", "..", "~root", "a//b", "a/b/c/d/e", "x\n"],
)
def test_a_delivery_stays_in_its_folder(folder: str, settings: Any, tmp_path: Any) -> None:
    from exports.feeds.folders import FolderRefused, folder_of

    settings.DELIVERIES_DIR = tmp_path / "deliveries"
    with pytest.raises(FolderRefused):
        folder_of(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_link_does_not_lead_a_delivery_out(settings: Any, tmp_path: Any) -> None:
    from exports.feeds.folders import FolderRefused, folder_of

    settings.DELIVERIES_DIR = tmp_path / "deliveries"
    settings.DELIVERIES_DIR.mkdir()
    (settings.DELIVERIES_DIR / "link").symlink_to(tmp_path)
    with pytest.raises(FolderRefused):
        folder_of("link/x")


def test_a_list_that_is_too_large_is_told_so(supervisor: Any, client_of: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from runtime.queues.models import Campaign, ImportJob, Policy, Queue
    from tests.unit.exports import given, making

    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    queue = Queue.objects.create(code="calls", title="Calls", policy=policy)
    app = given.publish(making.call()).app
    Campaign.objects.create(code="spring", title="S", queue=queue, app=app)
    file = SimpleUploadedFile("x.csv", b"a;b\n" + b"x;y\n" * (4 * 1024 * 1024))
    answer = client_of(supervisor).post("/campaign/spring/load/", {"file": file})
    assert answer.status_code == 400
    assert "MB" in answer.content.decode()
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"resourceType": "Questionnaire", "item": ' + b'[{"item": ' * 50_000,
        b'{"resourceType":"Questionnaire","title":"t","item":'
        + b'[{"linkId":"a","type":"group","item":' * 400
        + b"[]"
        + b"}]" * 400
        + b"}",
        b'{"resourceType": "Questionnaire", "title": ' + b"9" * 100_000 + b"}",
        b"\xff\xfe" + b"\x00" * 1000,
        b"",
        b"null",
        b'"' + b"x" * (13 * 1024 * 1024) + b'"',
    ],
    ids=[
        "deep list",
        "deep object",
        "deep items",
        "deep groups",
        "long number",
        "wide",
        "empty",
        "null",
        "13 MB",
    ],
)
def test_a_hostile_form_is_refused_with_a_sentence(
    data: bytes, home: Any, editor: Any, client_of: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    posted = {"file": SimpleUploadedFile("q.json", data), "format": "fhir", "parent": home.pk}
    client = client_of(editor, raise_request_exception=False)
    assert client.post("/admin/import-form/", posted).status_code in {200, 400}


def test_a_production_cookie_is_bound_to_its_host() -> None:
    """The settings of production, read in a process of their own."""
    import os
    import subprocess
    import sys

    code = (
        "from config import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS > 0)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PRODUCTION": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "Lax", "True"]
