"""Random definitions, written as XForms and played with the same answers in ODK's engine: both show the same.

What is compared after each answer: relevance of sections, questions and texts; values, calculated ones too; what is missing;
what is wrong. Intended differences are written into the form (`tests.peers.xpath`) or left out
(`tests.oracle.common`); docs/differences-from-odk.md tells them all, with their reasons.
"""

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.definition import check, load
from builder.problems import say
from tests.oracle.common import Data, answered, common
from tests.oracle.dense import dense, filled
from tests.oracle.odk import Odk, play
from tests.properties.arbitrary import definitions
from tests.properties.asked import commands

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "20"))


ENOUGH = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def compare(odk: Odk, made: Data, asked: list[Any]) -> None:
    """Both show the same after each answer."""
    data = common(made)
    assert [say(problem) for problem in check(load(data)) if not problem.warning] == []
    for event, ours, theirs in play(odk, data, [answered(command) for command in asked]):
        assert theirs == ours, event


@ENOUGH
@given(made=definitions(), more=st.data())
def test_both_engines_show_the_same_of_anything(odk: Odk, made: Data, more: st.DataObject) -> None:
    compare(odk, made, more.draw(commands(made)))


@ENOUGH
@given(made=dense(), more=st.data())
def test_both_engines_show_the_same_where_much_hangs_on_much(
    odk: Odk, made: Data, more: st.DataObject
) -> None:
    compare(odk, made, more.draw(filled(made)))
