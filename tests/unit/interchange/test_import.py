"""A foreign form becomes a page: by the command and in the workshop."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from builder.models import App, Version, definition_of
from content.imports import import_form
from content.models import FormPage
from tests.definitions import Scenario
from tests.unit.interchange.test_fhir import FOLDER, HOSTILE, ODD
from tests.unit.interchange.test_samples import COVID
from tests.unit.workshop import home

__all__ = ["home"]

FILES = sorted(FOLDER.glob("*.json"))


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("import_form", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_command_makes_a_page_and_publishes_it(file: Path, home: Any, editor: Any) -> None:
    out = run(file, "--code", "foreign", "--by", "editor", "--publish")
    page = FormPage.objects.get(code="foreign")
    assert (page.live, page.owner) == (True, editor)
    assert "published" in out
    assert Version.objects.get(app__code="foreign").number == 1


def test_without_publish_it_stays_a_draft(home: Any) -> None:
    out = run(FOLDER / "types.json")
    assert "draft" in out
    assert not App.objects.exists()
    assert FormPage.objects.get().code == "all_types"


def test_what_is_lost_is_printed(home: Any) -> None:
    out = run(FOLDER / "types.json")
    assert (
        "not taken over t16: A question of type reference has no place here and was left out."
        in out
    )
    assert "problem t12: The type “riddle” of an item is unknown; its text is shown." in out


def test_importing_twice_gives_two_apps(home: Any) -> None:
    codes = [
        import_form(data=(FOLDER / "groups.json").read_bytes(), by=None, publish=True).page.code
        for _ in range(2)
    ]
    assert codes == ["home_visit", "home_visit_2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere.json"], "cannot be read"),
        ([FOLDER / "types.json", "--code", "Not A Code"], "A code has small letters"),
        ([FOLDER / "types.json", "--parent", "nothing"], "There is no page nothing."),
        ([FOLDER / "types.json", "--by", "nobody"], "There is nobody with the user name nobody."),
        ([__file__], "No page was made."),
    ],
)
def test_a_wrong_command_says_what_is_wrong(arguments: list[Any], said: str, home: Any) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
    assert not FormPage.objects.exists()


def upload(client: Any, data: bytes, **more: Any) -> Any:
    from content.models import HomePage

    parent = HomePage.objects.order_by("pk")[0].pk
    file = SimpleUploadedFile("form.json", data, "application/json")
    return client.post(
        reverse("import-form"),
        {"file": file, "format": "fhir", "code": "", "parent": parent, **more},
    )


def test_an_editor_uploads_a_form_and_sees_what_was_lost(
    home: Any, client_of: Any, editor: Any
) -> None:
    client = client_of(editor)
    assert client.get(reverse("import-form")).status_code == 200
    answer = upload(client, (FOLDER / "types.json").read_bytes())
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "A question of type reference has no place here" in words
    page = FormPage.objects.get()
    assert (page.live, page.owner) == (False, editor)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_files_that_cannot_be_read_make_no_page(home: Any, client_of: Any, editor: Any) -> None:
    client = client_of(editor)
    for data in (data for files in HOSTILE.values() for data in files if len(data) < 10**6):
        assert upload(client, data).status_code == 400, data[:60]
    assert not FormPage.objects.exists()


def test_odd_files_make_pages_that_can_be_published(home: Any) -> None:
    for name, data in ODD.items():
        if (
            name != "many items"
        ):  # read in test_fhir; publishing thousands of questions takes its time
            assert import_form(data=data, by=None, publish=True).page.live, name


@pytest.mark.parametrize("person", ["agent", "stranger", "supervisor"])
def test_others_may_not_import(
    person: str, home: Any, client_of: Any, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(person))
    assert upload(client, (FOLDER / "types.json").read_bytes()).status_code in (302, 403)
    assert not FormPage.objects.exists()


@pytest.mark.skipif(not COVID.exists(), reason="SAMPLES_DIR has not the covid questionnaire")
def test_the_covid_questionnaire_is_published_and_filled_to_its_end(
    home: Any, editor: Any
) -> None:
    run(COVID, "--code", "covid", "--publish")
    player = Scenario(definition_of(Version.objects.get(app__code="covid")))
    for _ in range(100):
        waiting = [
            place
            for place, row in player.view["questions"].items()
            if row["relevant"] and row["missing"]
        ]
        if not waiting:
            break
        _answer(player, waiting[0])
    player.finish("completed")
    assert player.state["outcome"] == "completed"
    assert (
        len(player.state["answers"]) == 29
    )  # all 30 but the one asked of those without fever today


def _answer(player: Scenario, place: str) -> None:
    from builder.definition import index

    question = index(player.definition).questions[place]
    if question.type == "date":
        player.answer(place, "2026-03-10")
    else:
        names = [choice.name for choice in question.settings.choices]
        player.answer(
            place, "61-70" if "61-70" in names else "LA33-6" if "LA33-6" in names else names[0]
        )
