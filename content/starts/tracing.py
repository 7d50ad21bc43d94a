"""A tracing campaign: the call to a person who tested positive, the calls to the contacts, the certificate."""

from django.utils.translation import gettext as _

from content.starts.writing import (
    Block,
    Draft,
    ask,
    compute,
    note,
    outcome,
    repeated,
    say,
    section,
    show,
    when,
)

DAYS = 10  # of isolation and of quarantine; an author changes them in the calculation
CERTIFICATE = {
    "type": "issue_document",
    "value": {"document": "@certificate", "valid_from": "begins", "valid_until": "until"},
}
RIGHT, WRONG = when(("right_person", "eq", True)), when(("right_person", "eq", False))


def tracing() -> list[Draft]:
    """Two scripts and a document."""
    index = Draft(
        "script",
        "index",
        _("Call after a positive test"),
        [_opening(), _illness(), _contacts(), _advice()],
        [
            outcome(
                "advised", _("Advised"), relevance=RIGHT, complete=True, effects=[CERTIFICATE]
            ),
            outcome("wrong_person", _("Wrong person"), "wrong_number", relevance=WRONG),
        ],
    )
    contact = Draft(
        "script",
        "contact",
        _("Call to a contact"),
        [_opening(), _exposure()],
        [
            outcome("advised", _("Advised"), relevance=RIGHT, complete=True),
            outcome("wrong_person", _("Wrong person"), "wrong_number", relevance=WRONG),
        ],
    )
    return [index, contact, _certificate()]


def _opening() -> Block:
    return section(
        "opening",
        _("Opening"),
        ask("text", "given_name", _("Given name"), required=True, fact="given_name"),
        ask("text", "family_name", _("Family name"), required=True, fact="family_name"),
        say(_("Good day, am I speaking with {given_name} {family_name}?")),
        note(
            _(
                "Say nothing about health before you know to whom you speak, and never to a voicemail."
            )
        ),
        ask(
            "yes_no", "right_person", _("It is the right person"), required=True, clearance="open"
        ),
        ask(
            "date",
            "birth_date",
            _("Date of birth"),
            required=True,
            relevance=RIGHT,
            fact="birth_date",
        ),
    )


def _illness() -> Block:
    ill = when(("ill", "eq", True))
    return section(
        "illness",
        _("Symptoms"),
        say(_("Your test was positive. How are you?")),
        ask(
            "date",
            "sample_date",
            _("Date of the sample"),
            required=True,
            clearance="sensitive",
            maximum="today",
        ),
        ask("yes_no", "ill", _("Has symptoms"), required=True, clearance="sensitive"),
        ask(
            "date",
            "onset",
            _("Symptoms since"),
            required=True,
            clearance="sensitive",
            maximum="today",
            relevance=ill,
        ),
        ask(
            "choose_several",
            "symptoms",
            _("Which symptoms?"),
            clearance="sensitive",
            relevance=ill,
            choices=(
                ("fever", _("fever")),
                ("cough", _("cough")),
                ("breath", _("short of breath")),
                ("other", _("other")),
            ),
        ),
        say(
            _("If you are short of breath at rest, call the emergency number at once."),
            when(("symptoms", "contains", "breath")),
        ),
        compute("begins", _("Infectious since"), "first_answered", "onset", second="sample_date"),
        compute("until", _("Stay at home until"), "date_plus_days", "begins", number=DAYS),
        relevance=RIGHT,
    )


def _contacts() -> Block:
    return repeated(
        "contacts",
        _("Contacts"),
        "{contact_given_name} {contact_family_name}",
        ask("text", "contact_given_name", _("Given name"), required=True, fact="given_name"),
        ask("text", "contact_family_name", _("Family name"), required=True, fact="family_name"),
        ask("phone", "contact_phone", _("Phone number"), fact="phone"),
        ask(
            "date",
            "contact_last",
            _("Last met on"),
            required=True,
            clearance="sensitive",
            maximum="today",
        ),
        party=True,
        maximum=50,
    )


def _advice() -> Block:
    return section(
        "advice",
        _("Advice"),
        say(
            _(
                "Please stay at home until {until} included, and see nobody. You get a certificate for your employer."
            )
        ),
        ask(
            "yes_no", "understood", _("Has understood the advice"), required=True, clearance="open"
        ),
        ask("long_text", "help", _("What help do they need?")),
        relevance=RIGHT,
    )


def _exposure() -> Block:
    return section(
        "exposure",
        _("Advice"),
        note(_("Never say who named them, not even when they guess.")),
        say(_("You were near somebody who tested positive. I tell you what to do now.")),
        ask(
            "date",
            "last_contact",
            _("Last met on"),
            required=True,
            clearance="sensitive",
            maximum="today",
        ),
        ask("yes_no", "ill", _("Has symptoms"), required=True, clearance="sensitive"),
        compute("until", _("Stay at home until"), "date_plus_days", "last_contact", number=DAYS),
        say(_("Please stay at home until {until} included, and see nobody.")),
        say(_("Have yourself tested today, please."), when(("ill", "eq", True))),
        relevance=RIGHT,
    )


def _certificate() -> Draft:
    text = section(
        "text",
        _("Certificate of isolation"),
        show(
            _(
                "{given_name} {family_name}, born on {birth_date}, has been asked to stay at home until {valid_until} included."
            )
        ),
        show(
            _(
                "This certificate states no diagnosis. Issued on {issued_on} under number {document_number}."
            )
        ),
    )
    return Draft(
        "document",
        "certificate",
        _("Certificate of isolation"),
        [text],
        settings={"subject_app": "@index"},
    )
