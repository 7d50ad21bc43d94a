"""What is kept in codes is shown in words, in the reader's language."""

import pytest
from django.utils.translation import override

from builder.definition import CLEARANCE_WORDS, CLEARANCES, EFFECT_WORDS, EFFECTS
from runtime.audit import actions as audit
from runtime.audit.actions import DEEDS
from runtime.audit.models import AccessLog
from runtime.people import actions as people
from runtime.people.models import Unit
from runtime.people.roles import ROLES
from runtime.queues.retry import DEFAULT_RULES
from runtime.workspace import history_words, log_words, people_words
from runtime.workspace.history_rows import Asked, kept_models, page_of


def test_every_code_has_its_words():
    assert set(log_words.DEEDS) == set(audit.DEEDS)
    assert set(people_words.ROLES) == set(ROLES)
    assert set(CLEARANCE_WORDS) == set(CLEARANCES)
    assert set(EFFECT_WORDS) == set(EFFECTS)


def test_every_model_with_a_history_and_each_of_its_fields_has_a_name():
    unnamed = {
        name
        for model in kept_models().values()
        for name in (
            str(model._meta.verbose_name),
            *(str(field.verbose_name) for field in model.history.model.tracked_fields),
        )
        if name not in history_words.NAMES
    }
    assert unnamed == {"ID"}


def test_each_key_of_a_policy_has_a_name():
    parts = {
        "calendar": {"hours": {}, "holidays": {}},
        "window": {"days": [], "from": "", "until": ""},
        "ageing": {"minutes": 60, "at_most": 10},
        "exhausted": {"then": "", "document": "", "form": "", "campaign": ""},
        "verification": {"needed": 2, "facts": [], "tries": 3, "adult_from": 18},
    }

    def keys(rules):
        for key, value in rules.items():
            yield key
            if isinstance(value, dict):
                yield from keys(value)

    assert set(keys({**DEFAULT_RULES, **parts})) <= set(history_words.NAMES)


def test_each_deed_of_the_access_log_has_a_word():
    assert set(log_words.DEEDS) == set(DEEDS)


@pytest.mark.parametrize(
    ("deed", "purpose", "detail", "said"),
    [
        ("open", "call_order:spring", "session agent", ("Un appel pour spring", "pour y écrire")),
        ("export", "statistics", "call-v1.csv", ("Statistiques et rapports", "call-v1.csv")),
        ("open", "statistics", "", ("Statistiques et rapports", "")),
        (
            "open",
            "calls_back",
            "unveil phone",
            ("La personne est en ligne", "Téléphone"),
        ),
        ("open", "effect:spawn_items", "", ("ordres d’appel", "")),
        ("open", "written by hand", "elsewhere", ("written by hand", "elsewhere")),
    ],
)
def test_the_access_log_is_said_in_words(deed, purpose, detail, said):
    row = AccessLog(deed=deed, purpose=purpose, detail=detail)
    with override("fr"):
        assert said[0] in log_words.purpose_words(row)
        assert said[1] in log_words.detail_words(row)


@pytest.mark.django_db
def test_a_person_s_changes_name_roles_and_teams(admin, agent, client_of):
    Unit.objects.create(code="north", title="The northern team")
    people.set_unit(by=admin, person=agent.person, unit=Unit.objects.get(code="north"))
    people.set_roles(by=admin, person=agent.person, roles=["data_officer"])
    with override("fr"):
        told = [people_words.change_row(row) for row in agent.person.role_changes.order_by("-pk")]
        rows, _more = page_of(Asked(kind="rights"), start=0, count=2)
    assert [(row["what"], row["new"]) for row in told[:2]] == [
        ("Rôles", "Responsable des données"),
        ("Unité", "The northern team"),
    ]
    assert [row.fields[0].new for row in rows] == ["Responsable des données", "The northern team"]
    page = client_of(admin).get(f"/people/{agent.person.pk}/").content.decode()
    assert "Data officer" in page
    assert "data_officer</td>" not in page


def test_a_list_s_columns_keep_their_names_and_say_what_they_hold():
    with override("fr"):
        assert history_words.key_words("birth_date") == "birth_date"
        assert history_words.key_words("caps") == "Limites"
        assert history_words.target_words("fact:phone") == "Téléphone"
        assert history_words.target_words("fact:unheard") == "fact:unheard"
        assert history_words.target_words("a note: kept") == "a note: kept"
