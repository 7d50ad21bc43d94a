"""What translators have seen: which text stood there when a translation was written or approved. Written by `content.translations`."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class TranslatedText(models.Model):
    """A text of a page family and its translation, as somebody made or approved the two together. Never changed.

    `block` is the id of a block, empty for the title; `sha256` is that of the three texts, so that a pair is kept once.
    """

    translation_key = models.UUIDField()
    language = models.CharField(max_length=16)
    block = models.CharField(max_length=64, blank=True)
    source = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key", "language", "sha256"], name="translated_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:40]}"
