"""The access log: written first, never changed."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from runtime.audit.actions import log_access
from runtime.audit.models import AccessLog

pytestmark = pytest.mark.django_db


def test_a_row_says_who_did_what_for_which_purpose(agent: Any) -> None:
    record = uuid.uuid4()
    log_access(by=agent, deed="open", record=record, purpose="call")
    row = AccessLog.objects.get()
    assert (row.by, row.deed, row.record, row.purpose) == (agent, "open", record, "call")


@pytest.mark.parametrize(("deed", "purpose"), [("peek", "call"), ("open", ""), ("open", "  ")])
def test_without_a_known_deed_and_a_purpose_nothing_is_logged(
    agent: Any, deed: str, purpose: str
) -> None:
    with pytest.raises(ValueError, match=r"deed|purpose"):
        log_access(by=agent, deed=deed, purpose=purpose)
    assert not AccessLog.objects.exists()


def test_the_database_refuses_to_change_a_row(agent: Any) -> None:
    row = log_access(by=agent, deed="open", purpose="call")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AccessLog.objects.filter(pk=row.pk).update(purpose="nothing")
    assert AccessLog.objects.get().purpose == "call"
