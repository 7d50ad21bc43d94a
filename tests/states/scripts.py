"""Two scripts that look like an office's own: an agent's, with every kind of field, and a form that citizens fill."""

from itertools import product
from typing import Any, Final

from tests.definitions import calculation, data, line, outcome, question, section

YES: Final = ["value", "bool", True]
FIRST = ("Ouden", "Nieuwe", "Hoge", "Lage", "Groot", "Klein", "Ooster", "Wester", "Noorder", "Zuider", "Water", "Linden")  # fmt: skip
SECOND = ("dorp", "kerke", "hout", "veld", "brug", "beke", "donk", "laar", "rode", "zele", "gem", "hoven")  # fmt: skip
ALONG = (" an der ", " aan de ", " bij de ", " sur ")
RIVERS = ("Aa", "Dender", "Dijle", "Durme", "Gete", "IJzer", "Kale", "Leie", "Maas", "Mark", "Mandel", "Mol", "Nete", "Ruppel",
          "Schelde", "Semois", "Velp", "Vesder", "Vliet", "Winge", "Zenne", "Zwalm", "Zwin", "Berwijn", "Ourthe", "Samber", "Lesse",
          "Viroin", "Our", "Sauer", "Rijn", "Roer", "Waal", "Linge", "Eem")  # fmt: skip


def towns() -> list[dict[str, Any]]:
    """20,000 places that do not exist."""
    names = ["".join(parts) for parts in product(FIRST, SECOND, ALONG, RIVERS)]
    return [{"name": f"t{at}", "label": {"en": name}} for at, name in enumerate(names[:20_000])]


def desk() -> dict[str, Any]:
    """A call about a vaccination: a warning, a long list, dates, side sections; some texts wait for their translation."""
    return data(
        _who(), _health(), _papers(), *_aside(),
        outcomes=[
            outcome("planned", label={"en": "Appointment made", "fr": "Rendez-vous pris"}),
            outcome("declined", label={"en": "Does not want one", "fr": "N’en veut pas"}, complete=False),
        ],
        languages=("en", "fr"),
        title={"en": "Vaccination desk", "fr": "Guichet vaccination"},
    )  # fmt: skip


def _who() -> dict[str, Any]:
    many = ["le", ["answer", "people"], ["value", "number", "8"]]
    return section(
        "who",
        line("line-hello", {"en": "Good day {given_name}, you asked to be called back about the vaccination. Is this a good moment?",
                            "fr": "Bonjour {given_name}, vous avez demandé un rappel pour la vaccination. Est-ce un bon moment ?"}),
        line("cue-calm", {"en": "Who hesitates may hesitate: offer a talk with a nurse (F2), never press."}, kind="cue"),
        question("given_name", label={"en": "Given name", "fr": "Prénom"}, required=True),
        question("birth_date", "date", label={"en": "Date of birth", "fr": "Date de naissance"}, required=True, clearance="sensitive"),
        question("town", "choose_from_list", label={"en": "Town", "fr": "Commune"}, choices=towns(), hint="A few letters suffice"),
        question("people", "integer", label={"en": "People who come along", "fr": "Personnes qui accompagnent"}, minimum="0",
                 constraints=[(many, {"en": "So many? A family of this size has a team of its own.", "fr": "Autant ?"}, True)]),
        question("day", "date", label={"en": "Day that suits best"},
                 constraints=[(["ge", ["answer", "day"], ["today"]], {"en": "That day is over.", "fr": "Ce jour est passé."})]),
        calculation("second", "date", ["add_days", ["answer", "day"], ["value", "number", "28"]], label={"en": "Second dose from"}, shown=True),
        title={"en": "Who and when", "fr": "Qui et quand"},
    )  # fmt: skip


def _health() -> dict[str, Any]:
    ill = ["eq", ["answer", "ill"], YES]
    return section(
        "health",
        line("line-health", {"en": "A few questions about your health, so that the doctor can prepare."}),
        question("ill", "yes_no", label={"en": "Ill at the moment", "fr": "Malade en ce moment"}, required=True),
        question("ill_since", "date", label={"en": "Since when", "fr": "Depuis quand"}, relevance=ill, required=True),
        question("signs", "matrix", label={"en": "In the last week"}, relevance=ill, choices=[("never", "never"), ("some", "some days"), ("daily", "daily")],
                 rows=[("fever", "Fever"), ("cough", "Cough"), ("rash", "Rash")]),
        question("pain", "scale", label={"en": "Pain"}, minimum="0", maximum="10",
                 settings={"minimum_label": {"en": "none"}, "maximum_label": {"en": "unbearable"}}),
        question("weight", "quantity", label={"en": "Weight"}, units=["kg", "g"]),
        question("allergies", "choose_several", label={"en": "Allergies"},
                 choices=[("egg", "egg"), ("latex", "latex"), ("penicillin", "penicillin"), ("wasps", "wasp stings"), ("other", "another")]),
        title={"en": "Health", "fr": "Santé"},
    )  # fmt: skip


def _papers() -> dict[str, Any]:
    return section(
        "papers",
        question("home", "postal_address", label={"en": "Where the invitation goes"}),
        question("card", "photo", label={"en": "Photo of the vaccination card"}),
        question("agreed", "consent", label={"en": "Agrees that the doctor reads these answers"}),
        question("remark", "long_text", label={"en": "Remark"}, hint="What the next agent should know"),
        title={"en": "Papers", "fr": "Documents"},
    )  # fmt: skip


def _aside() -> list[dict[str, Any]]:
    return [
        section(
            "why",
            line("line-why", {"en": "We ask only what the doctor needs to know; nobody else reads it."}),
            question("asked_why", "yes_no", label={"en": "Was reassured"}),
            title={"en": "“Why do you ask this?”", "fr": "« Pourquoi demandez-vous cela ? »"}, side=True,
        ),
        section(
            "nurse",
            line("line-nurse", {"en": "Shall a nurse call you this week, without any obligation?"}),
            question("nurse_call", "yes_no", label={"en": "A nurse calls"}),
            title={"en": "Hesitates", "fr": "Hésite"}, side=True,
        ),
    ]  # fmt: skip


def newer_desk() -> dict[str, Any]:
    """The next version: one question is gone, another has to be asked."""
    made = desk()
    items = made["sections"][0]["items"]
    phone = question("phone", "phone", label={"en": "Mobile number"}, country="BE", required=True)
    made["sections"][0]["items"] = [*(one for one in items if one.get("name") != "people"), phone]
    return made


def registration() -> dict[str, Any]:
    """What citizens fill by themselves."""
    helped = ["eq", ["answer", "helped"], YES]
    return data(
        section(
            "you",
            question("given_name", label={"en": "First name", "fr": "Prénom"}, required=True),
            question("birth_date", "date", label={"en": "Date of birth", "fr": "Date de naissance"}, required=True, hint="For example 27 3 1985"),
            question("helped", "yes_no", label={"en": "Do you need help to come?", "fr": "Avez-vous besoin d’aide ?"}, required=True),
            question("help", "choose_several", label={"en": "Which help?", "fr": "Quelle aide ?"}, relevance=helped,
                     choices=[("car", "Somebody drives me"), ("stairs", "No stairs"), ("sign", "Sign language")]),
            title={"en": "About you", "fr": "À propos de vous"},
        ),
        section(
            "family",
            line("display-family", {"en": "Name everybody who lives with you and comes along."}, kind="display"),
            question("name", label={"en": "Name", "fr": "Nom"}, required=True),
            question("age", "integer", label={"en": "Age", "fr": "Âge"}, minimum="0", maximum="120"),
            title={"en": "Who comes along", "fr": "Qui vous accompagne"}, repeat={"maximum": 6, "entry_label": {"en": "Person"}},
        ),
        outcomes=[outcome("sent", label={"en": "Registered"})],
        languages=("en", "fr"),
        kind="form",
        title={"en": "Register for your vaccination", "fr": "S’inscrire à la vaccination"},
    )  # fmt: skip
