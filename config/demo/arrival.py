"""A public form: whoever arrives from abroad says where they can be reached."""

from config.demo.writing import Ask, Outcome, Page, Section, choice, display, when

ARRIVAL = Page(
    "form",
    "arrival",
    ("Registration of your arrival", "Enregistrement de votre arrivée"),
    (
        Section(
            "you",
            ("About you", "Vous"),
            (
                Ask(
                    "text",
                    "given_name",
                    ("First name", "Prénom"),
                    fact="given_name",
                    required=True,
                ),
                Ask(
                    "text",
                    "family_name",
                    ("Family name", "Nom de famille"),
                    fact="family_name",
                    required=True,
                ),
                Ask(
                    "date",
                    "birth_date",
                    ("Date of birth", "Date de naissance"),
                    fact="birth_date",
                    required=True,
                    settings={"maximum": "today"},
                ),
                Ask(
                    "phone",
                    "phone",
                    ("Phone number", "Numéro de téléphone"),
                    ("We call you on this number only.", "Nous n’appelons que ce numéro."),
                    fact="phone",
                    required=True,
                ),
            ),
        ),
        Section(
            "journey",
            ("Your journey", "Votre voyage"),
            (
                Ask(
                    "date",
                    "arrived_on",
                    ("Day of arrival", "Jour d’arrivée"),
                    required=True,
                    settings={"maximum": "today"},
                    clearance="open",
                ),
                Ask(
                    "choose_one",
                    "arrived_by",
                    ("How did you come?", "Comment êtes-vous venu ?"),
                    required=True,
                    clearance="open",
                    choices=(
                        choice("plane", "by plane", "en avion"),
                        choice("train", "by train", "en train"),
                        choice("coach", "by coach", "en car"),
                        choice("car", "by car", "en voiture"),
                    ),
                ),
                Ask(
                    "text",
                    "carriage",
                    ("Number of the flight, train or coach", "Numéro du vol, du train ou du car"),
                    asked_when=when(("arrived_by", "ne", "car")),
                    clearance="open",
                ),
                Ask("text", "postcode", ("Postcode of your stay", "Code postal du séjour")),
                Ask(
                    "yes_no",
                    "symptoms",
                    (
                        "Do you have a fever, a cough or a sore throat?",
                        "Avez-vous de la fièvre, de la toux ou mal à la gorge ?",
                    ),
                    required=True,
                    clearance="sensitive",
                ),
                display(
                    "Stay where you are and call your doctor. Do not go there without having called.",
                    "Restez où vous êtes et appelez votre médecin. Ne vous y rendez pas sans avoir appelé.",
                    when(("symptoms", "eq", True)),
                ),
            ),
        ),
    ),
    (Outcome("registered", ("Registered", "Enregistré"), "reached", complete=True),),
    settings={
        "public": True,
        "public_before": "It takes two minutes. Have the number of your flight, train or coach at hand.",
        "public_after": "Nothing more is to be done. Keep your reference.",
    },
    french_settings={
        "public_before": "Deux minutes suffisent. Ayez à la main le numéro de votre vol, de votre train ou de votre car.",
        "public_after": "Vous n’avez plus rien à faire. Gardez votre référence.",
    },
)
