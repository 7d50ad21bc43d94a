"""An installation that could lose answers or give away keys does not start, and says why."""

import base64
import json
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import checks
from config.demo.accounts import ACCOUNTS

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO": False,
    "WORKSHOP_HOST": "workshop.example.org",
    "ALLOWED_HOSTS": ["calls.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def told(problems) -> str:
    return " ".join(f"{problem.msg} {problem.hint}" for problem in problems)


def test_a_safe_production_has_no_problem(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    assert checks.settings_problems() == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", True, "DEBUG"),
        ("DEMO", True, "DEMO"),
        ("SECRET_KEY", "short", "django.key"),
        ("SECRET_KEY", "x" * 60, "django.key"),
        (
            "SECRET_KEY",
            "django-insecure-5f2k#9s@0q8w7e6r5t4y3u2i1o0p-z1x2c3v4b5n6m7",
            "django.key",
        ),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "Mails"),
        ("WORKSHOP_HOST", "", "WORKSHOP_HOST"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["workshop.example.org"], "the only host name"),
        ("WORKSHOP_HOST", "calls.example.org", "the only host name"),
    ],
)
def test_production_refuses(settings, name, value, word):
    for known, safe in SAFE.items():
        setattr(settings, known, safe)
    setattr(settings, name, value)
    problems = checks.settings_problems()
    assert len(problems) == 1
    assert word in told(problems)


def test_keys_that_others_may_read_are_refused(settings, tmp_path):
    from config.keyfiles import make_keys

    settings.KEY_DIR = tmp_path / "keys"
    make_keys(settings.KEY_DIR)
    assert checks.settings_problems() == []
    (settings.KEY_DIR / "ring.json").chmod(0o644)
    assert "ring.json" in told(checks.settings_problems())


def test_a_key_folder_that_others_may_change_is_refused(settings, tmp_path):
    from config.keyfiles import make_keys

    settings.KEY_DIR = tmp_path / "keys"
    make_keys(settings.KEY_DIR)
    settings.KEY_DIR.chmod(0o770)
    assert f"chmod 700 {settings.KEY_DIR}" in told(checks.settings_problems())


def test_keys_inside_the_data_are_refused(settings, tmp_path):
    settings.DATA_DIR, settings.KEY_DIR = tmp_path, tmp_path / "deeper" / "keys"
    settings.KEY_DIR.mkdir(parents=True)
    assert "inside DATA_DIR" in told(checks.settings_problems())


def test_checkpoints_inside_the_data_are_refused(settings, tmp_path):
    settings.DATA_DIR, settings.LOG_CHECKPOINTS = tmp_path, tmp_path / "deeper" / "log.jsonl"
    assert "put back its checkpoints" in told(checks.settings_problems())


def test_lists_inside_the_data_or_in_a_folder_of_everybody_are_refused(settings, tmp_path):
    settings.DATA_DIR, settings.INBOX_DIR = tmp_path / "data", tmp_path / "data" / "lists"
    assert "lists of people in clear" in told(checks.settings_problems())
    settings.INBOX_DIR = tmp_path / "lists"
    assert checks.settings_problems() == []  # it may come later
    settings.INBOX_DIR.mkdir()
    settings.INBOX_DIR.chmod(0o757)
    assert f"chmod o-rwx {settings.INBOX_DIR}" in told(checks.settings_problems())
    settings.INBOX_DIR.chmod(0o770)
    assert checks.settings_problems() == []


@pytest.mark.django_db
def test_these_databases_commit_safely():
    assert checks.database_problems(databases=["default", "keys"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_database_that_may_lose_a_commit_is_refused(vendor):
    shown = {
        "sqlite": [("journal_mode", "delete", "wal"), ("synchronous", "1", "2")],
        "postgresql": [("fsync", "off", "on"), ("synchronous_commit", "off", "on")],
    }[vendor]
    with (
        mock.patch.object(checks, "_shown_by_sqlite", return_value=shown),
        mock.patch.object(checks, "_shown_by_postgresql", return_value=shown),
    ):
        problems = checks.database_problems(databases=["default"])
    assert [problem.id for problem in problems] == ["scriptorium.E020"] * 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_file_whose_commits_do_not_wait_for_the_disk_is_seen(level):
    if connections["default"].vendor != "sqlite":
        pytest.skip("only on SQLite: the level is one of the connection")
    with connections["default"].cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
        try:
            found = told(checks.database_problems(databases=["default"]))
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
    assert "'default': synchronous is" in found
    assert checks.database_problems(databases=["default"]) == []


@pytest.mark.django_db
def test_a_connection_that_waits_for_no_disk_is_seen():
    if connections["default"].vendor != "postgresql":
        pytest.skip("only on PostgreSQL: the setting is one of the connection")
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert "synchronous_commit" in told(checks.database_problems(databases=["default"]))


@pytest.mark.django_db
def test_production_refuses_the_demos_accounts(settings):
    settings.PRODUCTION = True
    User.objects.create_user(ACCOUNTS[0].name, ACCOUNTS[0].email)
    assert "demo" in told(checks.database_problems(databases=["default", "keys"]))


@pytest.mark.django_db
def test_production_refuses_a_ring_of_an_example(settings):
    from runtime.vault.checks import forget_checks
    from runtime.vault.places import forget_places

    settings.KEY_RING, settings.PRODUCTION = "environment", True
    settings.RING_KEYS = json.dumps(
        {"current": 1, "keys": {"1": base64.b64encode(bytes(32)).decode()}}
    )
    forget_checks()
    forget_places()
    found = told(checks.database_problems(databases=["default", "keys"]))
    assert "A key of the ring is no random one" in found
    forget_checks()
    forget_places()


@pytest.mark.django_db
def test_a_missing_key_ring_is_named(settings, tmp_path):
    settings.KEY_DIR = tmp_path
    with pytest.raises(ImproperlyConfigured, match=r"ring\.json"):
        checks.refuse()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ring.json", "index.key"])
@pytest.mark.parametrize("how", ["missing", "cut", "no key", "foreign", "open to others"])
def test_what_is_wrong_with_a_key_file_stops_the_start(settings, tmp_path, name, how):
    from config.keyfiles import make_keys
    from runtime.vault.blind import tokens_key
    from runtime.vault.checks import forget_checks
    from runtime.vault.keys import process_key

    settings.KEY_DIR = tmp_path / "keys"
    make_keys(settings.KEY_DIR)
    forget_checks()
    process_key("start"), tokens_key("start")
    file = settings.KEY_DIR / name
    text = file.read_text()
    if how == "foreign":
        make_keys(tmp_path / "other")
        file.write_bytes((tmp_path / "other" / name).read_bytes())
    elif how == "missing":
        file.unlink()
    else:
        file.write_text({"cut": text[:-9], "no key": "not a key"}.get(how, text))
        file.chmod(0o640 if how == "open to others" else 0o600)
    forget_checks()
    with pytest.raises(ImproperlyConfigured, match=f"The key file {file} .*"):
        checks.refuse()
    forget_checks()


@pytest.mark.django_db
def test_a_foreign_key_ring_is_named(settings, tmp_path):
    from config.keyfiles import make_keys
    from runtime.vault.checks import forget_checks
    from runtime.vault.keys import process_key

    forget_checks()
    process_key("start")
    settings.KEY_DIR = tmp_path / "foreign"
    make_keys(settings.KEY_DIR)
    forget_checks()
    with pytest.raises(ImproperlyConfigured, match="not the one these data were sealed with"):
        checks.refuse()
    forget_checks()
