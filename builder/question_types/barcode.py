"""What is on a barcode."""

from builder.problems import gettext_noop as _
from builder.question_types.base.free import CodeText
from builder.question_types.base.settings import Setting, Settings
from builder.values.reading_codes import barcode_of


class Barcode(CodeText):
    """Any code, or the number of an article with its check digit."""

    name = "barcode"
    label = _("Barcode")
    searches = ("number",)
    icon = "code"
    keyboard = "text"
    settings = (
        Setting(
            "checksum",
            "option",
            "none",
            _("Check digit"),
            (
                ("none", _("none: any code")),
                ("ean13", _("EAN: 13 digits")),
                ("gtin", _("GTIN: 8, 12, 13 or 14 digits")),
            ),
        ),
    )

    def spelt(self, text: str, settings: Settings) -> str:
        return barcode_of(text, settings.checksum)

    def expected(self) -> str:
        return _("“%(text)s” is not such a code: a digit may be wrong.")


BARCODE = Barcode()
