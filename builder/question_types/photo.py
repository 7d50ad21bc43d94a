"""A photo, taken there and then or chosen."""

from builder.problems import gettext_noop as _
from builder.question_types.base.settings import Setting, Settings
from builder.question_types.base.stored import JPEG, LARGEST, PICTURES, Stored

SIDES = range(200, 4097)


class Photo(Stored):
    """A picture, drawn anew as JPEG without what a camera writes into it: place, time, device."""

    name = "photo"
    label = _("Photo")
    icon = "image"
    settings = (
        Setting("longest_side", "whole", 2000, _("Longest side kept, in pixels (200 to 4096)")),
        LARGEST,
    )

    def media_types(self, settings: Settings) -> tuple[str, ...]:
        return PICTURES

    def kept_types(self, settings: Settings) -> tuple[str, ...]:
        return (JPEG,)

    def faults(self, settings: Settings) -> tuple[str, ...]:
        found = super().faults(settings)
        if settings.longest_side in SIDES:
            return found
        return (*found, _("“%(label)s” must keep a longest side of 200 to 4096 pixels."))


PHOTO = Photo()
