"""The call to a person who tested positive."""

from config.demo.writing import (
    YES_NO_UNKNOWN,
    Ask,
    Compute,
    Outcome,
    Page,
    Section,
    choice,
    cue,
    line,
    when,
)

RIGHT_PERSON = when(("right_person", "eq", True))
SICK = when(("has_symptoms", "eq", True))

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
        line(
            "Good day, this is the contact tracing service. Am I speaking with {given_name} {family_name}?",
            "Bonjour, ici le service de suivi des contacts. Est-ce bien {given_name} {family_name} à l’appareil ?",
        ),
        cue(
            "Say nothing about health before the identity is verified, not to relatives and not to a voicemail.",
            "Ne dites rien sur la santé avant d’avoir vérifié l’identité, ni à un proche ni sur une messagerie.",
        ),
        Ask(
            "yes_no",
            "right_person",
            ("Speaking with the right person", "La bonne personne est à l’appareil"),
            required=True,
        ),
        line(
            "Everything you tell me is confidential, and you are free not to answer. Is this a good moment?",
            "Tout ce que vous me dites est confidentiel et vous êtes libre de ne pas répondre. Est-ce un bon moment ?",
            RIGHT_PERSON,
        ),
        Ask(
            "yes_no",
            "good_moment",
            ("A good moment", "Un bon moment"),
            asked_when=RIGHT_PERSON,
            clearance="open",
        ),
        Ask(
            "choose_one",
            "spoken_language",
            ("Language of the call", "Langue de l’appel"),
            choices=(
                choice("en", "English", "anglais"),
                choice("fr", "French", "français"),
                choice("nl", "Dutch", "néerlandais"),
                choice("de", "German", "allemand"),
                choice("other", "another: interpreter", "autre : interprète"),
            ),
            asked_when=RIGHT_PERSON,
            clearance="open",
        ),
    ),
)

IDENTITY = Section(
    "identity",
    ("Identity", "Identité"),
    (
        line(
            "To be sure that I have the right file: what is your date of birth, and your postcode?",
            "Pour être sûr d’avoir le bon dossier : quelle est votre date de naissance, et votre code postal ?",
        ),
        cue(
            "Two of the three must agree before you go on.",
            "Deux des trois doivent correspondre avant de continuer.",
        ),
        Ask(
            "date",
            "birth_date",
            ("Date of birth", "Date de naissance"),
            fact="birth_date",
            required=True,
        ),
        Ask(
            "text",
            "postcode",
            ("Postcode", "Code postal"),
            hint=("Four digits", "Quatre chiffres"),
            settings={"pattern": "[1-9][0-9]{3}"},
        ),
        Ask(
            "national_number",
            "national_number",
            ("National number", "Numéro national"),
            fact="national_number",
        ),
        Ask("phone", "phone", ("Mobile number", "Numéro de mobile"), fact="phone", required=True),
        Ask(
            "yes_no",
            "identity_verified",
            ("Identity verified", "Identité vérifiée"),
            required=True,
        ),
    ),
    asked_when=RIGHT_PERSON,
)

RESULT = Section(
    "result",
    ("Test", "Test"),
    (
        Ask(
            "yes_no",
            "knows_result",
            ("Knows the result", "Connaît le résultat"),
            required=True,
            clearance="sensitive",
        ),
        line(
            "Your test was positive: the virus was found. I will explain what that means for you.",
            "Votre test est positif : le virus a été trouvé. Je vais vous expliquer ce que cela signifie pour vous.",
            when(("knows_result", "eq", False)),
        ),
        Ask(
            "date",
            "sample_date",
            ("Sample taken on", "Prélèvement effectué le"),
            required=True,
            clearance="sensitive",
            settings={"maximum": "today"},
        ),
        Ask(
            "choose_one",
            "test_reason",
            ("Reason for the test", "Raison du test"),
            choices=(
                choice("symptoms", "symptoms", "symptômes"),
                choice("contact", "contact of a case", "contact d’un cas"),
                choice("travel", "back from a journey", "retour de voyage"),
                choice("work", "asked by the employer", "demande de l’employeur"),
                choice("other", "other", "autre"),
            ),
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

SYMPTOMS = Section(
    "symptoms",
    ("Symptoms", "Symptômes"),
    (
        line("How do you feel today?", "Comment vous sentez-vous aujourd’hui ?"),
        Ask(
            "yes_no",
            "has_symptoms",
            ("Has or had symptoms", "A ou a eu des symptômes"),
            required=True,
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "breathless",
            ("Short of breath at rest", "Essoufflement au repos"),
            asked_when=SICK,
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "chest_pain",
            ("Pain in the chest", "Douleur dans la poitrine"),
            asked_when=SICK,
            clearance="sensitive",
        ),
        cue(
            "Stop the script: advise to call 112 now, offer to stay on the line.",
            "Arrêtez le script : conseillez d’appeler le 112 tout de suite, proposez de rester en ligne.",
            when(("breathless", "eq", True), ("chest_pain", "eq", True), join="any"),
        ),
        Ask(
            "date",
            "onset",
            ("First symptoms on", "Premiers symptômes le"),
            required=True,
            asked_when=SICK,
            clearance="sensitive",
            settings={"maximum": "today"},
        ),
        Ask("yes_no", "fever", ("Fever", "Fièvre"), asked_when=SICK, clearance="sensitive"),
        Ask(
            "decimal",
            "temperature",
            ("Highest temperature, °C", "Température la plus haute, °C"),
            asked_when=when(("fever", "eq", True)),
            settings={"scale": 1, "minimum": "35", "maximum": "43"},
            clearance="sensitive",
        ),
        Ask(
            "choose_several",
            "which_symptoms",
            ("Which symptoms", "Quels symptômes"),
            choices=(
                choice("cough", "cough", "toux"),
                choice("throat", "sore throat", "mal de gorge"),
                choice("head", "headache", "mal de tête"),
                choice("muscles", "muscle ache", "douleurs musculaires"),
                choice("smell", "loss of smell or taste", "perte d’odorat ou de goût"),
                choice("stomach", "stomach or bowels", "estomac ou intestins"),
            ),
            asked_when=SICK,
            clearance="sensitive",
        ),
        Compute(
            "first_day",
            ("First day of the illness", "Premier jour de la maladie"),
            "first_answered",
            "onset",
            "sample_date",
        ),
        Compute(
            "infectious_from",
            ("Infectious from", "Contagieux depuis"),
            "date_plus_days",
            "first_day",
            number=-2,
        ),
        Compute(
            "isolation_until",
            ("Isolation until", "Isolement jusqu’au"),
            "date_plus_days",
            "first_day",
            number=7,
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

HOUSEHOLD = Section(
    "household",
    ("Home and work", "Domicile et travail"),
    (
        Ask(
            "integer",
            "household_size",
            ("People living in the home", "Personnes vivant au domicile"),
            settings={"minimum": "1", "maximum": "30"},
        ),
        Ask(
            "yes_no",
            "vulnerable",
            ("Somebody frail among them", "Une personne fragile parmi elles"),
            clearance="sensitive",
            asked_when=when(("household_size", "gt", "1")),
        ),
        Ask(
            "choose_one",
            "lives_in",
            ("Lives in", "Vit dans"),
            choices=(
                choice("home", "a home of their own", "un logement personnel"),
                choice("care", "a care home", "une maison de soins"),
                choice("shared", "a shared house", "une maison partagée"),
                choice("other", "other", "autre"),
            ),
        ),
        Ask("yes_no", "works", ("Worked outside since then", "A travaillé à l’extérieur depuis")),
        Ask(
            "text",
            "workplace",
            ("Workplace", "Lieu de travail"),
            asked_when=when(("works", "eq", True)),
        ),
        Ask(
            "date",
            "last_worked",
            ("Last day there", "Dernier jour sur place"),
            asked_when=when(("works", "eq", True)),
            settings={"maximum": "today"},
        ),
        Ask(
            "yes_no",
            "travelled",
            ("Travelled in the last two weeks", "A voyagé ces deux dernières semaines"),
        ),
        Ask(
            "text", "travelled_to", ("Where to", "Où"), asked_when=when(("travelled", "eq", True))
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

CONTACTS = Section(
    "contacts",
    ("Contacts", "Contacts"),
    (
        line(
            "Whom have you spent time with since {infectious_from}, closer than one and a half metres?",
            "Avec qui avez-vous passé du temps depuis le {infectious_from}, à moins d’un mètre et demi ?",
        ),
        cue(
            "Do not promise that contacts will not guess who named them. Never say the name of one contact to another.",
            "Ne promettez pas que les contacts ne devineront pas qui les a cités. Ne dites jamais à un contact le nom d’un autre.",
        ),
        Ask(
            "text",
            "contact_given_name",
            ("Given name", "Prénom"),
            fact="given_name",
            required=True,
        ),
        Ask(
            "text",
            "contact_family_name",
            ("Family name", "Nom de famille"),
            fact="family_name",
            required=True,
        ),
        Ask(
            "phone",
            "contact_phone",
            ("Phone number", "Numéro de téléphone"),
            fact="phone",
            required=True,
        ),
        Ask(
            "choose_one",
            "relation",
            ("Who is it", "Qui est-ce"),
            choices=(
                choice("household", "same household", "même ménage"),
                choice("family", "family", "famille"),
                choice("friend", "friend", "ami"),
                choice("work", "from work", "du travail"),
                choice("other", "other", "autre"),
            ),
        ),
        Ask(
            "date",
            "last_met",
            ("Last met on", "Dernière rencontre le"),
            required=True,
            settings={"maximum": "today"},
            constraint=(
                when(("last_met", "ge", ("answer", "infectious_from"))),
                (
                    "That is before the infectious days: this person need not be called.",
                    "C’est avant la période contagieuse : inutile d’appeler cette personne.",
                ),
            ),
        ),
        Ask(
            "choose_one",
            "distance",
            ("Distance", "Distance"),
            choices=(
                choice("close", "under 1.5 m", "moins de 1,5 m"),
                choice("far", "farther", "plus loin"),
                choice("unknown", "unknown", "inconnue"),
            ),
        ),
        Ask(
            "integer",
            "minutes",
            ("Minutes together", "Minutes ensemble"),
            settings={"minimum": "0", "maximum": "10080"},
        ),
        Ask(
            "yes_no", "masked", ("Both with a mask", "Tous deux avec un masque"), clearance="open"
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
    repeat={"minimum": 0, "maximum": 40, "entry_label": ("Contact", "Contact"), "party": True},
)

PLACES = Section(
    "places",
    ("Places", "Lieux"),
    (
        Compute(
            "minutes_total",
            ("Minutes with others in all", "Minutes avec d’autres au total"),
            "sum",
            "minutes",
        ),
        Ask(
            "yes_no",
            "gathering",
            (
                "Was at a gathering of ten or more",
                "A participé à un rassemblement de dix personnes ou plus",
            ),
        ),
        Ask(
            "text",
            "gathering_where",
            ("Where was it", "Où était-ce"),
            asked_when=when(("gathering", "eq", True)),
        ),
        Ask(
            "date",
            "gathering_on",
            ("On which day", "Quel jour"),
            asked_when=when(("gathering", "eq", True)),
            settings={"maximum": "today"},
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

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
        Ask("text", "remarks", ("Remarks", "Remarques"), settings={"long": True}),
        line(
            "Thank you for your help, and get well soon.",
            "Merci de votre aide, et bon rétablissement.",
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

INDEX_CALL = Page(
    "script",
    "index_call",
    ("Index case call", "Appel au cas index"),
    (OPENING, IDENTITY, RESULT, SYMPTOMS, HOUSEHOLD, CONTACTS, PLACES, ADVICE),
    (
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
        Outcome(
            "hospital", ("Is in hospital", "Est à l’hôpital"), "reached", asked_when=RIGHT_PERSON
        ),
    ),
)
