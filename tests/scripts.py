"""The demo's scripts as definitions, without a database; and generated ones of any size."""

import dataclasses
from typing import Any

from builder.compile import Body, Source, compile_source, with_ids
from config.demo.bodies import body_of, outcomes_of
from config.demo.contact_call import CONTACT_CALL
from config.demo.index_call import INDEX_CALL
from config.demo.other_pages import INTAKE, LESSON
from tests.peers.workload import SIZES, definition_of

DEMO = {"index_call": INDEX_CALL, "contact_call": CONTACT_CALL, "intake": INTAKE, "lesson": LESSON}


def demo_script(name: str) -> dict[str, Any]:
    """The data of one of the demo's pages, in English."""
    page = DEMO[name]
    body, outcomes = with_ids(body_of(page), outcomes_of(page), page.code)
    source = Source(page.kind, page.code, {"en": Body(page.title[0], body, outcomes)})
    return compile_source(source).data


def generated(questions: int) -> dict[str, Any]:
    """A definition of so many questions: the workload's, shrunk or grown."""
    big, share = SIZES["big"], questions / 500
    numbers = {
        name: max(1, round(getattr(big, name) * share))
        for name in ("sections", "conditions", "chains", "constraints", "pipes")
    }
    size = dataclasses.replace(big, name=f"of_{questions}", questions=questions, **numbers)
    return definition_of(size)
