"""A survey of satisfaction."""

from django.utils.translation import gettext as _

from content.starts.writing import Draft, ask, outcome, section, show, when


def survey() -> list[Draft]:
    """One form."""
    unhappy = when(("satisfaction", "le", 2))
    again = when(("contact", "eq", True))
    visit = section(
        "visit",
        _("Your visit"),
        show(_("Thank you for taking two minutes. Your answers help us to do better.")),
        ask(
            "scale",
            "satisfaction",
            _("How satisfied are you?"),
            required=True,
            clearance="open",
            minimum=1,
            maximum=5,
            minimum_label=_("not at all"),
            maximum_label=_("very much"),
        ),
        ask(
            "matrix",
            "aspects",
            _("How was ..."),
            clearance="open",
            rows=(
                ("waiting", _("the time you waited")),
                ("kindness", _("the way you were received")),
                ("clearness", _("the explanation you got")),
            ),
            choices=(("good", _("good")), ("fair", _("fair")), ("bad", _("bad"))),
        ),
        ask("long_text", "wrong", _("What went wrong?"), relevance=unhappy),
        ask("long_text", "better", _("What could we do better?")),
    )
    goodbye = section(
        "goodbye",
        _("To end with"),
        ask(
            "scale",
            "recommend",
            _("How likely is it that you recommend us?"),
            clearance="open",
            minimum=0,
            maximum=10,
            minimum_label=_("not likely"),
            maximum_label=_("most likely"),
        ),
        ask("yes_no", "contact", _("May we contact you about your answers?"), required=True),
        ask(
            "email",
            "email",
            _("Your e-mail address"),
            required=True,
            relevance=again,
            fact="email",
        ),
    )
    return [
        Draft(
            "form",
            "survey",
            _("Survey of satisfaction"),
            [visit, goodbye],
            [outcome("done", _("Filled in"), complete=True)],
        )
    ]
