"""Home and work, the people met, the places visited."""

from config.demo.writing import Ask, Compute, Section, choice, cue, line, when

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
