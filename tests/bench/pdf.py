"""Certificates: pages a second, processor time a page, and both beside a naive call with the same fonts and variant.

Ours and the naive calls take turns in one process, so that a busy machine slows all alike. The page is the same; a naive
call reads style sheet and fonts anew: from the same font files by `@font-face`, or (told beside it) as the system finds them.
One worker and two take turns as well, and the best of their rounds count: a neighbour's load can only make them slower.
"""

import datetime
import multiprocessing
import shutil
import statistics
import subprocess
import time
from functools import cache
from pathlib import Path

from exports.documents.fetcher import AssetFetcher
from exports.documents.paper import STYLE, VARIANT, Paper, Part, Said, Validity, page, qr, render
from tests.bench.figure import Figure, at_least, at_most, told, wall_and_cpu

ROUNDS = 24
PAGES = 12  # each worker's share of a round
FAMILY = "DejaVu Sans"
FACES = (("normal", "normal"), ("bold", "normal"), ("normal", "italic"), ("bold", "italic"))
DAY = datetime.date(2026, 11, 22)


def certificate(number: int) -> Paper:
    """A quarantine certificate of one page."""

    def said(text: str) -> tuple[Said, ...]:
        return (Said("en", text),)

    code = "ABCD-EFGH-IJKL-MNOP"
    paragraphs = (
        said(
            f"Ann{number} Peeters, born on 3 May 1980, has been asked to stay at home from 22 November until 2 December included."
        ),
        said(
            f"This certificate states no diagnosis. Issued on 22 November 2026 under number 2026-{number:06d}."
        ),
    )
    title = said("Quarantine certificate")
    return Paper(
        organisation="Contact service",
        title=title,
        number=f"2026-{number:06d}",
        code=code,
        address=f"https://example.org/verify/{code}/",
        validity=Validity(DAY, DAY, datetime.date(2026, 12, 2)),
        parts=(Part(title, paragraphs),),
    )


def naive(paper: Paper, faces: str) -> bytes:
    """The same page by a plain call: fonts and style sheet made anew."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=faces + STYLE.read_text("utf-8"), font_config=fonts)
    fetcher = AssetFetcher({"qr.png": qr(paper.address)})
    source = HTML(string=page(paper), base_url="asset:", url_fetcher=fetcher)
    made: bytes = source.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)
    return made


@cache
def font_faces() -> str:
    """The `@font-face` rules for the files that the system takes for our font."""
    rules = []
    for weight, style in FACES:
        file = _font_file(f"{FAMILY}:{weight}:{style}")
        rules.append(
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; src: url("{file.as_uri()}") }}\n'
        )
    return "".join(rules)


def _font_file(pattern: str) -> Path:
    finder = shutil.which("fc-match")
    if finder is None:
        raise RuntimeError("fc-match (package fontconfig) is needed to find the font files")
    done = subprocess.run(
        [finder, "--format=%{file}", pattern], capture_output=True, text=True, check=True
    )
    return Path(done.stdout)


def run() -> list[Figure]:
    """Median processor time a page, the ratios, and how two workers scale."""
    ours, faces, system, wall = _taken_in_turns()
    one, two = _rates()
    size = len(render(certificate(1)))
    return [
        told("pdf: certificates a second, one worker", 1 / wall, "1/s"),
        told("pdf: processor time a page", ours * 1000, "ms"),
        told("pdf: processor time a page, naive call", faces * 1000, "ms"),
        at_most("pdf: ours / naive", ours / faces, "ratio", 0.6),
        told("pdf: ours / naive call with the system's fonts", ours / system, "ratio"),
        at_least("pdf: two workers / one", two / one, "ratio", 1.7),
        told("pdf: size of a certificate", size / 1024, "KB"),
    ]


def _taken_in_turns() -> tuple[float, float, float, float]:
    """Median seconds: ours, naive with `@font-face`, naive with the system's fonts; ours on the clock."""
    ways = (
        render,
        lambda paper: naive(paper, font_faces()),
        lambda paper: naive(paper, ""),
    )
    walls: list[list[float]] = [[] for _ in ways]
    worked: list[list[float]] = [[] for _ in ways]
    for number in range(-3, ROUNDS):
        paper = certificate(abs(number))
        for place, way in enumerate(ways):
            wall, cpu = wall_and_cpu(lambda way=way, paper=paper: way(paper))  # type: ignore[misc]
            if number >= 0:  # before that, they warm up
                walls[place].append(wall)
                worked[place].append(cpu)
    ours, faces, system = (statistics.median(each) for each in worked)
    return ours, faces, system, statistics.median(walls[0])


def _rates() -> tuple[float, float]:
    """Pages a second of one worker and of two: the best of their rounds."""
    rounds = [(_rate(1), _rate(2)) for _ in range(3)]
    return max(one for one, _two in rounds), max(two for _one, two in rounds)


def _rate(workers: int) -> float:
    """Pages a second of so many processes, from their common start to the last one's end."""
    context = multiprocessing.get_context("fork")
    start = context.Barrier(workers + 1)
    processes = [context.Process(target=_work, args=(start,)) for _ in range(workers)]
    for process in processes:
        process.start()
    start.wait(timeout=120)
    begun = time.perf_counter()
    for process in processes:
        process.join(timeout=300)
    return workers * PAGES / (time.perf_counter() - begun)


def _work(start: "multiprocessing.synchronize.Barrier") -> None:
    render(certificate(0))
    start.wait(timeout=120)
    for number in range(PAGES):
        render(certificate(number))
