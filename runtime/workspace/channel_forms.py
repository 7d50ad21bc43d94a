"""What an administrator fills in about a channel."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.definition import CLEARANCE_WORDS
from runtime.effects import addresses
from runtime.effects.actions.channels import CLEARANCES
from runtime.effects.models import Channel

KINDS = {
    "mail": gettext_lazy("Mail"),
    "service": gettext_lazy("A service: chat, text message, webhook"),
    "sms": gettext_lazy("A gateway: text messages to people whom we call"),
}
WRONG = {
    "empty": gettext_lazy("Write where its messages go."),
    "unreadable": gettext_lazy(
        "This cannot be read as an address. Copy it again, without blanks."
    ),
    "recipients": gettext_lazy("Write one to twenty mail addresses, with commas between them."),
    "mail": gettext_lazy("One of these is no mail address."),
    "service": gettext_lazy("This service is not among those that can be used: %(services)s."),
    "gateway": gettext_lazy(
        "This service takes no number with each message. Those that do: %(gateways)s."
    ),
    "without_tls": gettext_lazy("Without TLS nothing is sent. Take the address that ends in s."),
}


class FaceForm(forms.Form):
    """A channel that is there; an address that is not written stays."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.WAGTAIL_CONTENT_LANGUAGES
    )
    clearance = forms.ChoiceField(
        label=gettext_lazy("What its messages may say"),
        choices=[(code, gettext_lazy(CLEARANCE_WORDS[code])) for code in CLEARANCES],
        help_text=gettext_lazy(
            "What leaves by mail or chat is out of our hands. A script whose text says more is not released."
        ),
    )
    open = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=addresses.LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "It lies sealed and is not shown again; left empty, the one that is there stays. Mail: addresses, with commas. A service: its address as apprise has it, as jsons://host/path, slack://…, mmosts://…, twilio://… A gateway: the same, without the number it sends to."
        ),
    )

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        kind = self.channel.kind if self.channel else told.get("kind", "mail")
        if told.get("address") or self.channel is None:
            try:
                addresses.checked(kind, told.get("address", ""))
            except addresses.BadAddress as bad:
                words = str(WRONG[bad.code])
                holes = {"services": addresses.SERVICES, "gateways": addresses.GATEWAYS}
                told_of = {name: ", ".join(each) for name, each in holes.items()}
                self.add_error("address", words % told_of)
        return told


class ChannelForm(FaceForm):
    """A new channel: its code and kind are chosen once."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=63,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9-]*\Z",
                gettext_lazy("A code has small letters, digits and dashes only."),
            )
        ],
        help_text=gettext_lazy("Scripts name it by this word. It is chosen once."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    field_order = ("title", "code", "kind", "address", "language", "clearance", "open")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Channel.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a channel of this code."))
        return code
