"""Numbers: decimals with at most 12 places, absolute value below 10^15; never binary floats.

They are written canonically (`2`, `-0.5`): no exponent, no `-0`, no trailing zeros. Sums are exact, products and
quotients are rounded half-even to 12 places. What leaves the range is Missing.
"""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

PLACES: Final = 12
LIMIT: Final = Decimal(10) ** 15
# 60 digits hold every product exactly, and every quotient far enough that rounding twice cannot differ.
CONTEXT: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
_STEP: Final = Decimal(1).scaleb(-PLACES)
CANONICAL: Final = re.compile(
    r"(?:0|-?[1-9][0-9]{0,14}(?:\.[0-9]{0,11}[1-9])?|-?0\.[0-9]{0,11}[1-9])\Z"
)


def is_number(value: object) -> bool:
    """Whether this is a canonical decimal string."""
    return isinstance(value, str) and len(value) <= 30 and CANONICAL.match(value) is not None


def decimal(text: str) -> Decimal:
    """The number a canonical string means."""
    return Decimal(text)


def canonical(number: Decimal) -> str:
    """The one way to write a number. Takes numbers within range and places only."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def within(number: Decimal) -> Decimal | None:
    """The number, or Missing if it is out of range."""
    return number if -LIMIT < number < LIMIT else None


def multiply(left: Decimal, right: Decimal) -> Decimal | None:
    """The product, rounded half-even to 12 places; Missing out of range."""
    return within(CONTEXT.quantize(CONTEXT.multiply(left, right), _STEP))


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    """The quotient, rounded half-even to 12 places; Missing out of range and for division by zero."""
    if not right:
        return None
    quotient = CONTEXT.divide(left, right)
    # A quotient of 10^28 and more would not fit the context at 12 places, and is out of range anyway.
    return within(CONTEXT.quantize(quotient, _STEP)) if within(quotient) is not None else None
