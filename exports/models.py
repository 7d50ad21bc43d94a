"""The face of the models below."""

from exports.documents.models import Document, DocumentSequence
from exports.feeds.models import DeliveredRow, Delivery, Feed, Institute

__all__ = ["DeliveredRow", "Delivery", "Document", "DocumentSequence", "Feed", "Institute"]
