"""The call to a person who tested positive: its sections in the order of the talk."""

from config.demo.index_call.ending import ADVICE, OUTCOMES
from config.demo.index_call.illness import RESULT, SYMPTOMS
from config.demo.index_call.meetings import CONTACTS, HOUSEHOLD, PLACES
from config.demo.index_call.opening import IDENTITY, OPENING
from config.demo.writing import Page

INDEX_CALL = Page(
    "script",
    "index_call",
    ("Index case call", "Appel au cas index"),
    (OPENING, IDENTITY, RESULT, SYMPTOMS, HOUSEHOLD, CONTACTS, PLACES, ADVICE),
    OUTCOMES,
)
