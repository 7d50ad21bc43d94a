"""A small call that is open to the public, and somebody without an account."""

from typing import Any

import pytest

from tests.unit.fill.calls import publish, small_call


def opened_to_public(version: Any, **texts: Any) -> Any:
    """The version, its app a public form."""
    from builder.models import PublicForm

    PublicForm.objects.create(app=version.app, open=True, texts=texts)
    return version


@pytest.fixture
def version(db: None) -> Any:
    found = publish(small_call(kind="form"), code="small_call")
    return opened_to_public(
        found,
        en={"before": "Have your card at hand.", "after": "We call you within two days."},
        fr={"before": "Prenez votre carte.", "after": ""},
    )


@pytest.fixture
def citizen(client_of: Any) -> Any:
    return client_of(None, headers={"accept-language": "en"})


@pytest.fixture
def another(client_of: Any) -> Any:
    return client_of(None, headers={"accept-language": "en"})
