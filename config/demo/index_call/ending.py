"""What to do now, and how the call ends."""

from config.demo.index_call.opening import RIGHT_PERSON
from config.demo.writing import YES_NO_UNKNOWN, Ask, Outcome, Section, choice, line, when

ADVICE = Section(
    "advice",
    ("Isolation", "Isolement"),
    (
        line(
            "Please stay at home until {isolation_until} included, and keep away from those you live with.",
            "Restez chez vous jusqu’au {isolation_until} inclus, et à distance de ceux avec qui vous vivez.",
        ),
        Ask(
            "yes_no", "can_isolate", ("Can stay at home", "Peut rester à la maison"), required=True
        ),
        Ask(
            "choose_several",
            "needs",
            ("Help needed", "Aide nécessaire"),
            choices=(
                choice("food", "food", "alimentation"),
                choice("medicine", "medicine", "médicaments"),
                choice("care", "care of others", "soins à d’autres"),
                choice("money", "money", "argent"),
                choice("lodging", "a place to stay", "un logement"),
            ),
            asked_when=when(("can_isolate", "eq", False)),
        ),
        Ask(
            "choose_one",
            "knows_doctor",
            ("Has a family doctor", "A un médecin traitant"),
            choices=YES_NO_UNKNOWN,
        ),
        Ask(
            "yes_no",
            "wants_certificate",
            ("Wants a quarantine certificate", "Souhaite un certificat de quarantaine"),
            required=True,
        ),
        Ask("long_text", "remarks", ("Remarks", "Remarques")),
        line(
            "Thank you for your help, and get well soon.",
            "Merci de votre aide, et bon rétablissement.",
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

OUTCOMES = (
    Outcome(
        "completed",
        ("Completed, with certificate", "Terminé, avec certificat"),
        "reached",
        complete=True,
        asked_when=when(("wants_certificate", "eq", True)),
        effects=(
            (
                "issue_document",
                {
                    "document": "quarantine_certificate",
                    "valid_from": "first_day",
                    "valid_until": "isolation_until",
                },
            ),
            ("spawn_items", {"repeat": "contacts", "campaign": "contact-calls"}),
        ),
    ),
    Outcome(
        "completed_without",
        ("Completed, no certificate", "Terminé, sans certificat"),
        "reached",
        complete=True,
        asked_when=when(("wants_certificate", "eq", False)),
        effects=(("spawn_items", {"repeat": "contacts", "campaign": "contact-calls"}),),
    ),
    Outcome("refused", ("Refuses to answer", "Refuse de répondre"), "refused"),
    Outcome(
        "wrong_person",
        ("Not the right person", "Pas la bonne personne"),
        "wrong_number",
        asked_when=when(("right_person", "eq", False)),
    ),
    Outcome("hospital", ("Is in hospital", "Est à l’hôpital"), "reached", asked_when=RIGHT_PERSON),
)
