"""Whom a document was made out to, by the number on it. Nothing is opened."""

import re

from exports.documents.models import Document
from runtime.parties.models import Party

NUMBER = re.compile(r"(?<![\w-])([0-9]{4}-[0-9]{4,9})(?![\w-])")


def person_of(text: str) -> Party | None:
    """The party of the document whose number stands in the text."""
    found = NUMBER.search(text)
    if found is None:
        return None
    document = Document.objects.filter(number=found[1], party__isnull=False)
    row = document.select_related("party").only("party").first()
    return row.party if row else None
