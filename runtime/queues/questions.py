"""The questions of a campaign's app, as its newest version has them."""

from builder.definition import Definition, Question, index
from builder.models import Version, load
from runtime.queues.models import Campaign


def newest_version(app: int) -> Version | None:
    """The version new records are started on; None while nothing is published or the app is closed."""
    return (
        Version.objects.filter(app_id=app, app__open=True)
        .defer("definition", "bodies")
        .order_by("-number")
        .first()
    )


def definition_of(campaign: Campaign) -> Definition | None:
    version = newest_version(campaign.app_id)
    return None if version is None else load(version.pk)


def questions_of(campaign: Campaign) -> dict[str, Question]:
    """The questions outside repeats, by name: what a column of a list may fill."""
    definition = definition_of(campaign)
    if definition is None:
        return {}
    found = index(definition)
    return {name: item for name, item in found.questions.items() if not found.repeat_of(name)}


def language_of(campaign: Campaign) -> str:
    """The language a list's dates and choices are read in."""
    definition = definition_of(campaign)
    return definition.languages[0] if definition else "en"


def fact_questions(definition: Definition, repeat: str | None = None) -> list[Question]:
    """The questions that ask for a fact: outside repeats, or of the entries of one repeat."""
    found = index(definition)
    wanted = found.sections[repeat] if repeat else None
    return [
        question
        for name, question in found.questions.items()
        if question.fact and found.repeat_of(name) is wanted
    ]
