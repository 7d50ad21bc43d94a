"""The call to a person whom a case has met."""

from config.demo.writing import Ask, Compute, Outcome, Page, Section, choice, cue, line, when

RIGHT_PERSON = when(("right_person", "eq", True))
GOES_ON = when(("identity_verified", "eq", True))

OPENING = Section(
    "opening",
    ("Opening", "Ouverture"),
    (
        Ask("text", "given_name", ("Given name", "Prénom"), fact="given_name", required=True),
        Ask(
            "text",
            "family_name",
            ("Family name", "Nom de famille"),
            fact="family_name",
            required=True,
        ),
        Ask("phone", "phone", ("Phone number", "Numéro de téléphone"), fact="phone"),
        line(
            "Good day, this is the contact tracing service. Am I speaking with {given_name} {family_name}?",
            "Bonjour, ici le service de suivi des contacts. Est-ce bien {given_name} {family_name} à l’appareil ?",
        ),
        cue(
            "Never name or confirm the person who was tested.",
            "Ne nommez ni ne confirmez jamais la personne testée.",
        ),
        Ask(
            "yes_no",
            "right_person",
            ("Speaking with the right person", "La bonne personne est à l’appareil"),
            required=True,
        ),
        Ask(
            "date",
            "birth_date",
            ("Date of birth", "Date de naissance"),
            fact="birth_date",
            asked_when=RIGHT_PERSON,
        ),
        Ask(
            "yes_no",
            "identity_verified",
            ("Identity verified", "Identité vérifiée"),
            required=True,
            asked_when=RIGHT_PERSON,
        ),
    ),
)

EXPOSURE = Section(
    "exposure",
    ("Exposure", "Exposition"),
    (
        line(
            "You have been near somebody who tested positive. I cannot tell you who it is.",
            "Vous avez été proche d’une personne testée positive. Je ne peux pas vous dire qui.",
        ),
        Ask(
            "date",
            "last_exposure",
            ("Last exposure on", "Dernière exposition le"),
            required=True,
            settings={"maximum": "today"},
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "same_household",
            ("Lives with the case", "Vit avec le cas"),
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "has_symptoms",
            ("Has symptoms", "A des symptômes"),
            required=True,
            clearance="sensitive",
        ),
        Ask(
            "date",
            "onset",
            ("First symptoms on", "Premiers symptômes le"),
            asked_when=when(("has_symptoms", "eq", True)),
            settings={"maximum": "today"},
            clearance="sensitive",
        ),
        cue(
            "Possible case: advise a test today and isolation until the result.",
            "Cas possible : conseillez un test aujourd’hui et l’isolement jusqu’au résultat.",
            when(("has_symptoms", "eq", True)),
        ),
        Compute(
            "quarantine_until",
            ("Quarantine until", "Quarantaine jusqu’au"),
            "date_plus_days",
            "last_exposure",
            number=10,
        ),
        Compute(
            "test_from",
            ("Test from", "Test à partir du"),
            "date_plus_days",
            "last_exposure",
            number=5,
        ),
    ),
    asked_when=GOES_ON,
)

ADVICE = Section(
    "advice",
    ("Advice", "Conseils"),
    (
        line(
            "Please stay at home until {quarantine_until} and have yourself tested from {test_from}.",
            "Restez chez vous jusqu’au {quarantine_until} et faites-vous tester à partir du {test_from}.",
        ),
        Ask("yes_no", "can_stay", ("Can stay at home", "Peut rester à la maison"), required=True),
        Ask(
            "choose_one",
            "why_not",
            ("Why not", "Pourquoi pas"),
            choices=(
                choice("work", "work", "travail"),
                choice("care", "cares for somebody", "s’occupe de quelqu’un"),
                choice("home", "no place to stay apart", "pas de place pour s’isoler"),
                choice("other", "other", "autre"),
            ),
            asked_when=when(("can_stay", "eq", False)),
        ),
        Ask(
            "yes_no",
            "wants_certificate",
            ("Wants a quarantine certificate", "Souhaite un certificat de quarantaine"),
            required=True,
        ),
        Ask("long_text", "remarks", ("Remarks", "Remarques")),
    ),
    asked_when=GOES_ON,
)

CONTACT_CALL = Page(
    "script",
    "contact_call",
    ("Contact call", "Appel au contact"),
    (OPENING, EXPOSURE, ADVICE),
    (
        Outcome(
            "advised",
            ("Advised, with certificate", "Conseillé, avec certificat"),
            "reached",
            complete=True,
            asked_when=when(("wants_certificate", "eq", True)),
            effects=(
                (
                    "issue_document",
                    {
                        "document": "quarantine_certificate",
                        "valid_from": "last_exposure",
                        "valid_until": "quarantine_until",
                    },
                ),
            ),
        ),
        Outcome(
            "advised_without",
            ("Advised", "Conseillé"),
            "reached",
            complete=True,
            asked_when=when(("wants_certificate", "eq", False)),
        ),
        Outcome("refused", ("Refuses to answer", "Refuse de répondre"), "refused"),
        Outcome(
            "wrong_person",
            ("Not the right person", "Pas la bonne personne"),
            "wrong_number",
            asked_when=when(("right_person", "eq", False)),
        ),
    ),
)
