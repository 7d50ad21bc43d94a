"""An address in the web."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import CodeText
from builder.question_types.base.settings import Settings
from builder.values.reading_codes import url_of


class Url(CodeText):
    """Only http and https: an address is never a way to run something."""

    name = "url"
    label = _("Web address")
    searches = ("exact",)
    icon = "link"
    keyboard = "url"

    def spelt(self, text: str, settings: Settings) -> str:
        return url_of(text)

    def expected(self) -> str:
        return _("“%(text)s” is not a web address.")


URL = Url()
