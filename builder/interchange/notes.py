"""What a reader notes while it reads: faults of the file and losses, with their words."""

from dataclasses import dataclass, field

from builder.problems import Problem
from builder.problems import gettext_noop as _

LOOK = _("Look at it on the page.")
PROBLEMS = {
    "too_large": (
        _("The file is larger than %(megabytes)s MB."),
        _("Split it, or leave out what is not asked."),
    ),
    "not_json": (_("The file is not JSON, or not whole."), _("Export it again.")),
    "not_questionnaire": (
        _("The file holds no FHIR Questionnaire."),
        _("Choose the file of the questionnaire itself."),
    ),
    "too_deep": (_("Items lie deeper than %(depth)s levels; the deeper ones were left out."), ""),
    "too_many": (_("There are more than %(count)s items; the rest was left out."), ""),
    "nothing_to_ask": (_("The questionnaire asks nothing."), ""),
    "not_an_item": (_("An item cannot be read and was left out."), ""),
    "no_link_id": (_("An item has no linkId; conditions cannot name it."), ""),
    "duplicate_link_id": (
        _("Two items have the linkId “%(place)s”; conditions mean the first."),
        "",
    ),
    "unknown_type": (_("The type “%(type)s” of an item is unknown; its text is shown."), LOOK),
    "condition_unreadable": (_("A condition cannot be read and was left out."), LOOK),
    "condition_unknown": (
        _("A condition names “%(question)s”, which is no question of the form; it was left out."),
        LOOK,
    ),
    "condition_later": (
        _("A condition names “%(question)s”, which comes later; it was left out."),
        LOOK,
    ),
    "condition_value": (
        _("A condition compares with an answer that “%(question)s” cannot have; it was left out."),
        LOOK,
    ),
    "no_behaviour": (_("Several conditions without all or any: any was taken."), LOOK),
    "bundle": (_("The file is a bundle; its first questionnaire was taken."), ""),
}
LOSSES = {
    "renamed": (_("“%(place)s” is called “%(name)s” here."), ""),
    "open_choice": (_("Free answers beside the choices: “Other” and a text question stand for them."), ""),
    "value_set": (_("Its choices lie elsewhere (%(value_set)s): a text is asked instead."), _("Write the choices on the page.")),
    "no_choices": (_("It has no choices: a text is asked instead."), _("Write the choices on the page.")),
    "repeats": (_("It may be answered several times; here it is asked once."), _("Put it in a repeated section.")),
    "nested_repeat": (_("A repeat inside a repeat: its questions are asked once in each entry."), ""),
    "quantity": (_("A quantity: a number is asked, its unit stands in the hint."), ""),
    "no_place": (_("A question of type %(type)s has no place here and was left out."), ""),
    "hidden": (_("A hidden item was left out."), ""),
    "initial": (_("Its initial answer was not taken over."), ""),
    "expression": (_("An expression (%(extension)s) was not taken over."), _("Write it as a condition or a calculation.")),
    "extension": (_("The extension %(extension)s was not taken over."), ""),
    "codes": (_("Its links to concepts (code, definition) were not taken over."), ""),
    "option_details": (_("Scores, prefixes or preselection of its choices were not taken over."), ""),
    "choice_renamed": (_("The choice “%(code)s” is called “%(name)s” here."), ""),
    "group_required": (_("A required group: each of its questions says itself whether it is required."), ""),
    "unanswered_not_equal": (
        _("“Not equal” is also true of an unanswered question in FHIR; here it is not."), _("Add a row to the condition.")),
    "nested_condition": (_("Its condition and those around it mix all and any; only its own was kept."), LOOK),
    "condition_left_out": (_("A condition names “%(question)s”, which was left out; the condition was, too."), LOOK),
    "condition_kind": (_("A condition of kind %(kind)s was left out."), LOOK),
    "long_text": (_("A text of more than %(longest)s letters was cut."), LOOK),
    "translations": (_("Its texts in other languages were not taken over."), ""),
    "media": (_("An image or rich text was not taken over; its plain text was."), ""),
    "empty_group": (_("A group without items was left out."), ""),
    "bounds": (_("A bound that is no plain number or date was not taken over."), ""),
}  # fmt: skip


@dataclass
class Notes:
    """Collects notes; the same note at the same place once."""

    problems: dict[Problem, None] = field(default_factory=dict)
    losses: dict[Problem, None] = field(default_factory=dict)

    def problem(self, code: str, place: str = "", /, **params: object) -> None:
        message, remedy = PROBLEMS[code]
        params = {"place": place, **params}
        self.problems[Problem(code, place, message, remedy, params, warning=True)] = None

    def loss(self, code: str, place: str = "", /, **params: object) -> None:
        message, remedy = LOSSES[code]
        params = {"place": place, **params}
        self.losses[Problem(code, place, message, remedy, params, warning=True)] = None
