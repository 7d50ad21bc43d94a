"""A postal address."""

from builder.problems import gettext_noop as _
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite
from builder.question_types.base.settings import Settings

PARTS = (
    Part("street", _("Street")),
    Part("number", _("House number")),
    Part("box", _("Box")),
    Part("postcode", _("Postcode")),
    Part("city", _("Town")),
    Part("country", _("Country")),
)


class PostalAddress(Composite):
    """Where somebody lives, in the parts that letters and registers need."""

    name = "postal_address"
    label = _("Postal address")
    icon = "home"
    groups = (("street", "number", "box"), ("postcode", "city"), ("country",))

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return PARTS


POSTAL_ADDRESS = PostalAddress()
