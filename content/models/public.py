"""What a page says of itself when citizens may fill its app by themselves."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class OpenToPublic(models.Model):
    """The fields of pages whose app may be a public form."""

    public = models.BooleanField(
        _("public form"),
        default=False,
        help_text=_(
            "Anybody may fill it without an account, at the address /form/ and its code. Closed again with the next publishing."
        ),
    )
    public_before = models.TextField(
        _("said before it begins"),
        max_length=2000,
        blank=True,
        help_text=_("What it is for, what people need at hand, what happens with their answers."),
    )
    public_after = models.TextField(
        _("said when it was sent"),
        max_length=2000,
        blank=True,
        help_text=_("What happens next, and by when."),
    )

    public_panels: ClassVar[list[Any]] = [
        FieldPanel("public"),
        FieldPanel("public_before"),
        FieldPanel("public_after"),
    ]

    class Meta:
        abstract = True
