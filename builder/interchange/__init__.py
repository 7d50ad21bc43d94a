"""Foreign formats: readers that turn a file into a body, with a list of what had no place.

One reader a format, on the list INTERCHANGES. It works on plain data and knows no page: making one is done by
`content`.
"""

from builder.interchange.base import Body, Interchange, Reading
from builder.interchange.blocks import body_data, outcomes_data
from builder.interchange.fhir import FhirQuestionnaire

INTERCHANGES: tuple[Interchange, ...] = (FhirQuestionnaire(),)

__all__ = ["INTERCHANGES", "Body", "Interchange", "Reading", "body_data", "outcomes_data"]
