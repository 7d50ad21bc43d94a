"""Certificates: pages a second, processor time a page, and both beside a naive call with the same fonts and variant.

Ours and the naive call take turns in one process, so that a busy machine slows both alike. The two differ in what is
kept between pages (font configuration and style sheet), nothing else.
"""

import datetime
import multiprocessing
import statistics
import time

from exports.documents.fetcher import AssetFetcher
from exports.documents.paper import STYLE, VARIANT, Paper, Part, Said, Validity, page, qr, render
from tests.bench.figure import Figure, at_least, at_most, told, wall_and_cpu

ROUNDS = 40
PAGES = 40  # each worker's share
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


def naive(paper: Paper) -> bytes:
    """The same page by a plain call: fonts and style sheet made anew."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=STYLE.read_text("utf-8"), font_config=fonts)
    fetcher = AssetFetcher({"qr.png": qr(paper.address)})
    source = HTML(string=page(paper), base_url="asset:", url_fetcher=fetcher)
    made: bytes = source.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=VARIANT)
    return made


def run() -> list[Figure]:
    """Median processor time a page, the ratio, and how two workers scale."""
    ours, plain, wall = _taken_in_turns()
    one, two = _rate(1), _rate(2)
    size = len(render(certificate(1)))
    return [
        told("pdf: certificates a second, one worker", 1 / wall, "1/s"),
        told("pdf: processor time a page", ours * 1000, "ms"),
        told("pdf: processor time a page, naive call", plain * 1000, "ms"),
        at_most("pdf: ours / naive", ours / plain, "ratio", 0.6),
        at_least("pdf: two workers / one", two / one, "ratio", 1.7),
        told("pdf: size of a certificate", size / 1024, "KB"),
    ]


def _taken_in_turns() -> tuple[float, float, float]:
    ours, plain, walls = [], [], []
    for warm in range(3):
        render(certificate(warm))
        naive(certificate(warm))
    for number in range(ROUNDS):
        paper = certificate(number)
        wall, cpu = wall_and_cpu(lambda paper=paper: render(paper))  # type: ignore[misc]
        walls.append(wall)
        ours.append(cpu)
        plain.append(wall_and_cpu(lambda paper=paper: naive(paper))[1])  # type: ignore[misc]
    return statistics.median(ours), statistics.median(plain), statistics.median(walls)


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
