"""The data dictionary: every question with its texts, choices, conditions, clearance and columns, to read and to print."""

from typing import Any

import pytest
from django.urls import reverse

from builder.definition import load
from exports.dictionary import dictionary
from tests.definitions import calculation, data, question, section
from tests.unit.versions.test_versions import admins, app, read, two

__all__ = ["admins", "app", "two"]  # fixtures
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]
CARS = question(
    "cars",
    "choose_several",
    label={"en": "Cars", "fr": "Voitures"},
    choices=[{"name": "red", "label": {"en": "Red one", "fr": "La rouge"}}],
    relevance=ADULT,
    required=ADULT,
    clearance="sensitive",
)
MADE = load(
    data(
        section(
            "home",
            question("age", "integer", constraints=[(ADULT, "Too young")]),
            CARS,
            calculation("older", "number", ["answer", "age"]),
            question("weight", "quantity", units=["kg", "g"]),
        ),
        section("pets", question("animal"), repeat=True),
        languages=("en", "fr"),
    )
)


def test_each_question_says_all_there_is_to_know() -> None:
    home, pets = dictionary(MADE, "en").chapters
    age, cars, older, weight = home.entries
    assert (age.name, age.kind, age.required) == ("age", "Whole number", "no")
    assert ("Must hold", "Age is at least 18") in age.lines
    assert cars.said == (("en", "Cars"), ("fr", "Voitures"))
    assert (cars.required, cars.clearance) == ("sometimes", "sensitive")
    assert ("Asked when", "Age is at least 18") in cars.lines
    ((title, (red,)),) = cars.lists
    assert (title, red.name, red.labels) == (
        "Choices",
        "red",
        (("en", "Red one"), ("fr", "La rouge")),
    )
    assert cars.columns == ("records: cars.red",)
    assert (older.kind, older.columns) == ("Calculation (number)", ("records: older",))
    assert [row.name for _title, rows in weight.lists for row in rows] == ["kg", "g"]
    assert pets.entries[0].columns == ("pets: animal",)


def test_the_columns_beside_the_answers_are_told() -> None:
    about = dict(dictionary(MADE, "en").about)
    assert [name for name, _words in about["records"]][:2] == ["_record", "_version"]
    assert "_entry" in dict(about["pets"])


def test_the_page_is_linked_and_speaks_the_languages_of_the_version(admins: Any, two: Any) -> None:
    address = reverse("dictionary", args=["index_call", 2])
    assert address in read(admins, "versions", "index_call")
    assert address in read(admins, "version", "index_call", 2)
    words = read(admins, "dictionary", "index_call", 2)
    assert "Prénom" in words
    assert "given_name" in words
    french = read(admins, "dictionary", "index_call", 2, **{"in": "fr"})
    assert 'lang="fr" aria-current="true"' in french
    assert admins.get(reverse("dictionary", args=["index_call", 9])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("data_officer", 200), ("editor", 200), ("agent", 403)]
)
def test_who_may_read_it(
    role: str, status: int, client_of: Any, two: Any, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(reverse("dictionary", args=["index_call", 1])).status_code == status
