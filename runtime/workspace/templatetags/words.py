"""Codes in words, in the reader's language."""

from django import template

from runtime.workspace import campaign_words, log_words, people_words

register = template.Library()


@register.filter
def state_word(state: str) -> str:
    """The state of a work item."""
    return campaign_words.word(state, "state")


register.filter(people_words.role_word)
register.filter(log_words.deed_word)
register.filter(log_words.purpose_words)
register.filter(log_words.detail_words)
