"""A desk that takes requests: who, what, how urgent, what becomes of it."""

from django.utils.translation import gettext as _

from content.starts.writing import Block, Draft, ask, note, outcome, say, section, when


def request_desk() -> list[Draft]:
    """One script."""
    outcomes = [
        outcome("done", _("Solved"), relevance=when(("solved", "eq", True)), complete=True),
        outcome(
            "forwarded", _("Forwarded"), relevance=when(("solved", "eq", False)), complete=True
        ),
        outcome("no_request", _("Not for us"), relevance=when(("kind", "eq", "other"))),
    ]
    return [
        Draft(
            "script",
            "request_desk",
            _("Request desk"),
            [_caller(), _request(), _answer()],
            outcomes,
        )
    ]


def _caller() -> Block:
    return section(
        "caller",
        _("Who calls"),
        say(_("Good day, this is the service desk. With whom am I speaking?")),
        ask("text", "given_name", _("Given name"), required=True, fact="given_name"),
        ask("text", "family_name", _("Family name"), required=True, fact="family_name"),
        ask("phone", "phone", _("Phone number"), fact="phone"),
        ask("email", "email", _("Your e-mail address"), fact="email"),
    )


def _request() -> Block:
    access, equipment = when(("kind", "eq", "access")), when(("kind", "eq", "equipment"))
    building = when(("kind", "eq", "building"))
    return section(
        "request",
        _("The request"),
        say(_("Hello {given_name}, what can we do for you?")),
        ask(
            "choose_one",
            "kind",
            _("Kind of request"),
            required=True,
            clearance="open",
            choices=(
                ("access", _("access or password")),
                ("equipment", _("equipment")),
                ("building", _("building")),
                ("other", _("something else")),
            ),
        ),
        ask("text", "system", _("Which system?"), required=True, relevance=access),
        note(_("Never ask for a password, and never say one."), access),
        ask("barcode", "tag", _("Number on its label"), relevance=equipment),
        ask("photo", "picture", _("A picture of it"), relevance=equipment),
        ask("text", "place", _("Floor and room"), required=True, relevance=building),
        ask("long_text", "description", _("What happens, and since when?"), required=True),
        ask(
            "choose_one",
            "urgency",
            _("Who is held up?"),
            required=True,
            clearance="open",
            choices=(
                ("nobody", _("nobody yet")),
                ("one", _("one person")),
                ("many", _("several people")),
            ),
        ),
        note(
            _("Several people are held up: tell the one on duty at once."),
            when(("urgency", "eq", "many")),
        ),
    )


def _answer() -> Block:
    return section(
        "settled",
        _("The answer"),
        ask("yes_no", "solved", _("Solved during the call"), required=True, clearance="open"),
        ask("long_text", "solution", _("What helped?"), relevance=when(("solved", "eq", True))),
        ask(
            "choose_one",
            "team",
            _("For which team?"),
            required=True,
            clearance="open",
            relevance=when(("solved", "eq", False)),
            choices=(
                ("systems", _("systems")),
                ("facilities", _("facilities")),
                ("staff", _("staff")),
            ),
        ),
        say(
            _("I pass it on; you hear from us within two working days."),
            when(("solved", "eq", False)),
        ),
        say(_("Glad that it works again. Have a good day.")),
    )
