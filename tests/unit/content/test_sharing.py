"""A section of a script made a shared one: the script means the same as before, and what stands in the way is said."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Locale

from builder.models import Version, definition_of
from content.models import SharedSection
from content.sections.actions import make_section
from tests.bodies import ask, line, section, when

OPENING = section("Opening", ask("yes_no", "moment", "A good moment?"), name="opening")
INTAKE = section(
    "Intake",
    ask("text", "city", "City"),
    ask("yes_no", "abroad", "Abroad?"),
    ask("text", "country", "Country", relevance=when(("abroad", "eq", True))),
    line("So you live in {city}, {moment}?"),
    name="intake",
    relevance=when(("moment", "eq", True)),
)
CLOSING = section(
    "Closing", ask("text", "why", "Why?", relevance=when(("abroad", "eq", True))), name="closing"
)


@pytest.fixture
def script(make: Any) -> Any:
    return make([OPENING, INTAKE, CLOSING])


@pytest.fixture
def browser(client_of: Any, editor: Any) -> Any:
    return client_of(editor)


def told(page: Any, number: int = 1, **more: Any) -> dict[str, Any]:
    block = page.body[number]
    state = block.block.get_form_state(block.value)
    names = ["moment", "opening", "closing", "why"]
    return {
        "title": "Intake",
        "code": "intake",
        "block": block.id,
        "state": state,
        "names": names,
    } | more


def post(browser: Any, page: Any, **more: Any) -> Any:
    return browser.post(
        f"/admin/shared-sections/of-page/{page.pk}/",
        json.dumps(told(page, **more)),
        content_type="application/json",
    )


def version(page: Any) -> Version:
    found: Any = Version.objects.filter(app__translation_key=page.translation_key)
    return found.order_by("-number").first()


def include(page: Any, code: str, number: int = 1) -> None:
    """What the editor page puts in the section's place, published."""
    body = page.body.get_prep_value()
    block = body[number]
    value = {"section": code, "relevance": block["value"]["relevance"], "prefix": ""}
    body[number] = {"type": "shared_section", "id": block["id"], "value": value}
    page.body = json.dumps(body)
    page.save_revision().publish()


def test_the_script_means_the_same_as_before(browser: Any, script: Any) -> None:
    before = version(script).definition
    script.refresh_from_db()
    assert post(browser, script).json() == {"code": "intake", "title": "Intake"}
    include(script, "intake")
    assert version(script).definition == before


def test_another_script_includes_it_under_ids_of_its_own(
    browser: Any, script: Any, make: Any
) -> None:
    script.refresh_from_db()
    post(browser, script)
    inclusion = "11111111-1111-4111-8111-111111111111"
    value = {"section": "intake"}
    other = make(
        [OPENING, {"type": "shared_section", "id": inclusion, "value": value}],
        title="Other",
        code="other",
    )
    mine, theirs = (
        [item.id for item in definition_of(version(page)).sections[1].items]
        for page in (script, other)
    )
    assert len(theirs) == len(mine)
    assert not set(mine) & set(theirs)


def test_a_taken_code_an_empty_title_and_an_odd_code_are_said_at_their_fields(
    browser: Any, script: Any, editor: Any
) -> None:
    make_section(title="Other", code="intake", section=OPENING, by=editor)
    answer = post(browser, script, title="")
    assert answer.status_code == 422
    assert "title" in answer.json()["fields"]
    assert post(browser, script).json()["fields"] == {
        "code": ["Another shared section has this code."]
    }
    assert "Small letters" in post(browser, script, code="In take").json()["fields"]["code"][0]
    assert SharedSection.objects.count() == 1


def test_what_picks_something_outside_is_named(browser: Any, script: Any) -> None:
    state = told(script)["state"]
    moment = script.body[0].value["items"][0].id
    row = {"question": moment, "operator": "eq", "value": True}
    state["items"][0]["value"]["relevance"] = json.dumps({"join": "all", "rows": [row]})
    answer = post(browser, script, state=state).json()
    assert [each["block"] for each in answer["places"]] == [state["items"][0]["id"]]
    assert "outside this section" in answer["places"][0]["text"]
    assert not SharedSection.objects.exists()


def test_a_question_without_a_name_gets_one_that_the_script_does_not_have(
    browser: Any, script: Any
) -> None:
    state = told(script)["state"]
    value = {**state["items"][0]["value"], "label": "Why", "name": ""}
    new = "22222222-2222-4222-8222-222222222222"
    state["items"].append({"type": "text", "id": new, "value": value})
    post(browser, script, state=state)
    made = SharedSection.objects.get().body[0].value["items"]
    assert [item.value.get("name") for item in made][-1] == "why_2"


def test_who_may_not_make_shared_sections_is_told(
    browser: Any, client_of: Any, agent: Any, trainer: Any, script: Any
) -> None:
    answer = post(client_of(trainer), script)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    Group.objects.get(name="editor").permissions.remove(
        Permission.objects.get(codename="add_sharedsection")
    )
    answer = post(browser, script)
    assert answer.json()["fields"] == {"": ["You may not make shared sections."]}
    assert post(client_of(agent), script).status_code in {302, 403}
    assert not SharedSection.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"state": "x"}, {"state": {"items": 3}}, {"state": None}, {"names": 3}, {"block": "x"}]
)
def test_what_the_page_never_posts_makes_nothing(browser: Any, script: Any, odd: Any) -> None:
    assert post(browser, script, **odd).status_code in {400, 422}
    assert not SharedSection.objects.exists()


def test_the_languages_of_the_script_come_along_in_one_edition(browser: Any, script: Any) -> None:
    script.refresh_from_db()
    french = script.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    body = french.body.get_prep_value()
    body[1]["value"]["items"][0]["value"]["label"] = "Ville"
    french.body = json.dumps(body)
    french.save_revision().publish()
    script.refresh_from_db()
    before = version(script).definition
    post(browser, script)
    shared = SharedSection.objects.get(code="intake", locale__language_code="en")
    edition = shared.editions.get()
    assert edition.bodies["fr"]["value"]["items"][0]["value"]["label"] == "Ville"
    include(script, "intake")
    assert version(script).definition == before
