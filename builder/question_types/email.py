"""An e-mail address."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import CodeText
from builder.question_types.base.settings import Settings
from builder.values.reading_codes import email_of


class Email(CodeText):
    """The part after the @ is kept without capitals."""

    name = "email"
    label = _("E-mail address")
    searches = ("exact",)
    icon = "mail"
    keyboard = "email"

    def spelt(self, text: str, settings: Settings) -> str:
        return email_of(text)

    def expected(self) -> str:
        return _("“%(text)s” is not an e-mail address.")


EMAIL = Email()
