"""FHIR Questionnaires: `reader` is the door; `items` reads the tree, `choices`, `conditions` and `types` turn what
items say into ours, `sections` lays them out."""

from builder.interchange.fhir.reader import FhirQuestionnaire

__all__ = ["FhirQuestionnaire"]
