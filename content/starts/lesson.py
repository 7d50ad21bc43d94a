"""A lesson with a quiz."""

from django.utils.translation import gettext as _

from content.starts.writing import Draft, ask, section, show


def lesson() -> list[Draft]:
    """One lesson; it is about writing lessons."""
    text = section(
        "text",
        _("A good lesson"),
        show(
            _(
                "A good lesson is short: one subject, five minutes, the words that are used at work."
            )
        ),
        show(_("Say first what somebody can do afterwards. Show one example. Then ask.")),
    )
    quiz = section(
        "quiz",
        _("Questions"),
        ask(
            "choose_one",
            "length",
            _("How long should a lesson take?"),
            required=True,
            clearance="open",
            choices=(
                ("five", _("about five minutes")),
                ("hour", _("an hour")),
                ("day", _("a day")),
            ),
            right="five",
            points="1",
            explanation=_("What is longer is better cut into several lessons."),
        ),
        ask(
            "choose_several",
            "holds",
            _("What does a lesson hold?"),
            required=True,
            clearance="open",
            choices=(
                ("example", _("an example")),
                ("questions", _("questions")),
                ("everything", _("everything there is to know")),
            ),
            right="example, questions",
            points="1",
            explanation=_("Who wants to know everything reads the manual."),
        ),
        ask(
            "yes_no",
            "explained",
            _("Does each question explain its right answer?"),
            required=True,
            clearance="open",
            right="yes",
            points="1",
            explanation=_("A wrong answer is the moment at which people learn most."),
        ),
    )
    return [
        Draft("lesson", "lesson", _("A first lesson"), [text, quiz], settings={"pass_percent": 80})
    ]
