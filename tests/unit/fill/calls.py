"""A small call with all that a screen must draw, published as publishing would store it."""

import uuid
from typing import Any

from tests.definitions import calculation, data, line, outcome, question, section

YES = ["value", "bool", True]
RIGHT_PERSON = ["eq", ["answer", "right_person"], YES]
SICK = ["eq", ["answer", "sick"], YES]


def small_call(**members: Any) -> dict[str, Any]:
    """Opening, symptoms (asked of the right person), contacts (a repeat), closing; two outcomes; English and French."""
    return data(
        section(
            "opening",
            line(
                "line-hello",
                {
                    "en": "Good day, am I speaking with {given_name}?",
                    "fr": "Bonjour, est-ce bien {given_name} ?",
                },
            ),
            line(
                "cue-quiet",
                {"en": "Say nothing about health yet.", "fr": "Rien sur la santé encore."},
                kind="cue",
            ),
            question(
                "given_name",
                label={"en": "Given name", "fr": "Prénom"},
                fact="given_name",
                required=True,
            ),
            question(
                "birth_date",
                "date",
                label={"en": "Date of birth", "fr": "Date de naissance"},
                fact="birth_date",
            ),
            question(
                "right_person",
                "yes_no",
                label={"en": "The right person", "fr": "La bonne personne"},
                required=True,
            ),
            question(
                "phone",
                "phone",
                label={"en": "Mobile number", "fr": "Numéro de mobile"},
                fact="phone",
                country="BE",
            ),
            title={"en": "Opening", "fr": "Ouverture"},
        ),
        section(
            "symptoms",
            line("line-how", {"en": "How do you feel today?", "fr": "Comment vous sentez-vous ?"}),
            question(
                "sick",
                "yes_no",
                label={"en": "Has symptoms", "fr": "A des symptômes"},
                required=True,
                clearance="sensitive",
            ),
            question(
                "onset",
                "date",
                label={"en": "First symptoms on", "fr": "Premiers symptômes le"},
                required=True,
                relevance=SICK,
                constraints=[
                    (
                        ["le", ["answer", "onset"], ["today"]],
                        {"en": "Not in the future.", "fr": "Pas dans le futur."},
                    )
                ],
            ),
            question(
                "which", "choose_several", choices=["fever", "cough", "taste"], relevance=SICK
            ),
            question(
                "place",
                "choose_one",
                choices=[("home", "At home"), ("work", "At work"), ("other", "Elsewhere")],
            ),
            calculation(
                "until",
                "date",
                ["add_days", ["answer", "onset"], ["value", "number", "10"]],
                label="Isolation to",
                shown=True,
            ),
            title={"en": "Symptoms", "fr": "Symptômes"},
            relevance=RIGHT_PERSON,
        ),
        section(
            "contacts",
            line("line-whom", {"en": "Whom did you meet?", "fr": "Qui avez-vous rencontré ?"}),
            question("contact_name", label={"en": "Name", "fr": "Nom"}, required=True),
            question("minutes", "integer", minimum="0", maximum="1440"),
            title={"en": "Contacts", "fr": "Contacts"},
            relevance=RIGHT_PERSON,
            repeat={"maximum": 3, "entry_label": {"en": "Contact", "fr": "Contact"}},
        ),
        section(
            "closing",
            line("line-thanks", {"en": "Thank you for your time.", "fr": "Merci de votre temps."}),
            question("remark", "long_text", hint="What the next agent should know"),
            title={"en": "Closing", "fr": "Fin"},
        ),
        outcomes=[
            outcome(
                "done",
                label={"en": "Interview done", "fr": "Entretien terminé"},
                relevance=RIGHT_PERSON,
            ),
            outcome(
                "wrong", label="Wrong person", complete=False, relevance=["not", RIGHT_PERSON]
            ),
        ],
        languages=("en", "fr"),
        **{"title": {"en": "Small call", "fr": "Petit appel"}, **members},
    )


def small_lesson() -> dict[str, Any]:
    """A page to read and two quiz questions; passed with 100 percent, which grants a skill."""
    score_suffices = ["ge", ["score"], ["value", "number", "100"]]
    return data(
        section("read", line("display-mask", "A mask covers mouth and nose.", kind="display")),
        section(
            "quiz",
            question(
                "covers",
                "choose_one",
                choices=["mouth", "mouth_and_nose"],
                right="mouth_and_nose",
                required=True,
                explanation="Both.",
            ),
            question("daily", "yes_no", label="A new one each day?", right=True, required=True),
        ),
        outcomes=[
            outcome(
                "passed",
                relevance=score_suffices,
                effects=[("grant_skill", {"skill": "masks", "days": "30"})],
            ),
            outcome("failed", relevance=["not", score_suffices]),
        ],
        kind="lesson",
        pass_percent="100",
    )


def publish(content: dict[str, Any], *, code: str) -> Any:
    """A version of an app."""
    from django.utils import timezone

    from builder.definition import dump, load, sha256
    from builder.long_lists import keep_long_lists
    from builder.models import App, Version

    read = load({**content, "name": code})
    app, _new = App.objects.get_or_create(
        code=code,
        defaults={
            "kind": read.kind,
            "title": content["title"]["en"],
            "translation_key": uuid.uuid4(),
        },
    )
    number = app.versions.count() + 1
    keep_long_lists(read)
    return Version.objects.create(
        app=app,
        number=number,
        sha256=sha256(read),
        definition=dump(read),
        created_at=timezone.now(),
    )
