"""What must hold in every state, for every pair of eyes and hands: one list of what is wrong."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from tests import axe
from tests.states.house import NARROW, WIDE
from tests.states.table import State, each

OVERFLOWS: Final = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# What moves though the person asked for stillness.
MOVES: Final = """() => [...document.querySelectorAll('*')].filter((part) => {
  const style = getComputedStyle(part);
  const lasts = (told) => told.split(',').some((one) => parseFloat(one) > 0.01);
  return part.checkVisibility() && (lasts(style.transitionDuration) && style.transitionProperty !== 'none'
    || style.animationName !== 'none' && lasts(style.animationDuration));
}).map((part) => part.outerHTML.slice(0, 120))"""

# WCAG 2.5.8: 24 by 24 pixels, or so much room around; links within a text are excepted.
SMALL: Final = """() => {
  const within = document.querySelector('dialog[open]') || document;
  const all = [...within.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]')]
    .filter((part) => part.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !part.closest('.unseen') && part.tabIndex >= 0);
  const boxOf = (part) => {
    const label = part.matches('[type=radio], [type=checkbox]') ? part.closest('label') : null;
    return (label || part).getBoundingClientRect();
  };
  const boxes = all.map(boxOf);
  const small = (box) => box.width < 24 || box.height < 24;
  const near = (box, other) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [dx, dy] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
    return Math.hypot(dx, dy) < 12;
  };
  const inText = (part) => part.matches('a') && getComputedStyle(part).display === 'inline' && part.closest('p, li, dd, td');
  return all.filter((part, at) => boxes[at].width > 1 && small(boxes[at]) && !inText(part)
    && boxes.some((other, its) => its !== at && other.width > 1 && near(boxes[at], other)))
    .map((part) => part.outerHTML.slice(0, 120));
}"""

# WCAG 2.4.11: whatever takes the focus is seen, at least a part of it, and nothing lies over that.
HIDDEN: Final = """() => {
  const within = document.querySelector('dialog[open]') || document;
  const before = document.activeElement;
  const wrong = [];
  for (const part of within.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!part.checkVisibility({ checkVisibilityCSS: true }) || part.tabIndex < 0 || part.disabled) continue;
    document.activeElement?.blur?.(); // who has it already is not scrolled to again
    part.focus();
    if (document.activeElement !== part) continue;
    const box = (part.closest('label.choice') || part).getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.15, 0.5, 0.85].map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (top === part || part.contains(top) || top.contains(part) && top.closest('label, a, button, summary, .door') || part.closest('label')?.contains(top)
        || top.closest('.choice')?.contains(part) || part.closest('.door')?.contains(top));
    });
    if (!seen) wrong.push(part.outerHTML.slice(0, 120));
  }
  if (before && before !== document.body) before.focus(); else document.activeElement?.blur?.();
  return wrong;
}"""

# In colours of the person's own: what is chosen and what has the focus is still told apart by more than a background.
UNMARKED: Final = """() => [...document.querySelectorAll('.choice:has(input:checked)')].filter((part) => part.checkVisibility()
  && getComputedStyle(part).outlineStyle === 'none' && getComputedStyle(part.querySelector('input')).opacity === '0').map((part) => part.outerHTML.slice(0, 120))"""


def wrong_in(state: State, page: Any) -> list[str]:
    """One line for each thing that is wrong; the page is as it was."""
    page.wait_for_load_state()  # its sheets of style, too
    found: list[str] = []
    for name, setting in LOOKS:
        at_rest(page)
        found += [f"{state.name}, {name}: {one}" for one in setting(page)]
    at_rest(page)
    return found


def at_rest(page: Any) -> None:
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    sized(page, WIDE)


def sized(page: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def wide_and_light(page: Any) -> Iterator[str]:
    yield from axe.violations(each(page))
    yield from (f"too small: {part}" for part in page.evaluate(SMALL))
    yield from (f"focus under something: {part}" for part in page.evaluate(HIDDEN))


def narrow_and_dark(page: Any) -> Iterator[str]:
    page.emulate_media(color_scheme="dark")
    sized(page, NARROW)
    if page.evaluate(OVERFLOWS):
        yield "wider than the page"
    yield from axe.violations(each(page))
    yield from (f"too small: {part}" for part in page.evaluate(SMALL))
    yield from (f"focus under something: {part}" for part in page.evaluate(HIDDEN))


def zoomed(page: Any) -> Iterator[str]:
    """200 % of 1280 by 800: half as many pixels of CSS."""
    sized(page, (640, 400))
    if page.evaluate(OVERFLOWS):
        yield "wider than the page"
    yield from (f"focus under something: {part}" for part in page.evaluate(HIDDEN))


def own_colours(page: Any) -> Iterator[str]:
    page.emulate_media(forced_colors="active")
    yield from (f"not marked: {part}" for part in page.evaluate(UNMARKED))


def still(page: Any) -> Iterator[str]:
    page.emulate_media(reduced_motion="reduce")
    yield from (f"moves: {part}" for part in page.evaluate(MOVES))


LOOKS: Final[tuple[tuple[str, Callable[[Any], Iterator[str]]], ...]] = (
    ("wide", wide_and_light),
    ("narrow and dark", narrow_and_dark),
    ("200 %", zoomed),
    ("forced colours", own_colours),
    ("reduced motion", still),
)
