"""The ground the tests stand on holds."""

import os

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections


@pytest.mark.django_db
def test_both_databases_are_there(editor):
    from runtime.vault.models import SubjectKey

    assert SubjectKey.objects.count() == 0
    assert (
        connections["keys"].settings_dict["NAME"] != connections["default"].settings_dict["NAME"]
    )
    assert [group.name for group in editor.groups.all()] == ["editor"]


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_behind():
    User.objects.create_user("left behind")
    Group.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_what_migrations_made_is_there_again():
    from wagtail.models import Locale, Page

    assert not User.objects.filter(username="left behind").exists()
    assert Page.objects.exists()
    assert Locale.objects.exists()


@pytest.mark.django_db
def test_each_process_has_databases_of_its_own():
    name = str(connections["default"].settings_dict["NAME"])
    if connections["default"].vendor == "sqlite":
        assert name.startswith(os.environ["DATA_DIR"])
    else:
        assert name.endswith(f"_{os.getpid()}")
