"""axe-core in a page: what people who see, hear or move otherwise would stumble over (WCAG 2.2 AA)."""

from importlib.resources import files
from typing import Any

# What is still fading in would be judged by the colours it has on the way.
RUN = """async (within) => {
  document.getAnimations().forEach((each) => { try { each.finish(); } catch { each.cancel(); } });
  const found = await axe.run(within || document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'],
  });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${one.help}: ${node.html.slice(0, 200)}`));
}"""


def violations(page: Any, within: str = "") -> list[str]:
    """One line for each violation in the page, or in what a selector finds there."""
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found: list[str] = page.evaluate(RUN, within)
    return found
