"""How far a long command has come: a bar that stays on its line in a terminal, a line now and then elsewhere."""

import time
from typing import TextIO

WIDTH = 30
A_LINE = 10.0  # seconds between lines where there is no terminal
A_DRAWING = 0.1
MINUTE = 60


class Bar:
    """`add` what is done; it tells the share, the rate and the time that is left."""

    def __init__(self, whole: int, out: TextIO, what: str, *, done: int = 0) -> None:
        self.whole = max(whole, done)
        self.out = out
        self.what = what
        self.done = self.before = done
        self.begun = self.told = time.monotonic()
        self.alive = bool(getattr(out, "isatty", bool)())

    def add(self, count: int = 1) -> None:
        self.done += count
        now = time.monotonic()
        if now - self.told >= (A_DRAWING if self.alive else A_LINE):
            self.told = now
            self._tell(now)

    def end(self) -> None:
        """The last drawing, and the line's end."""
        if self.alive or self.done != self.before:
            self._tell(time.monotonic())
        if self.alive:
            self.out.write("\n")
        self.out.flush()

    def text(self, now: float) -> str:
        """`[#####.....]  50 %  500 of 1,000 entries, 250/s, 0:02 left`"""
        share = self.done / self.whole if self.whole else 1.0
        rate = (self.done - self.before) / max(now - self.begun, 1e-9)
        filled = "#" * int(share * WIDTH)
        left = _clock((self.whole - self.done) / rate) if rate else "?"
        return (
            f"[{filled:.<{WIDTH}}] {share:4.0%}  {self.done:,} of {self.whole:,} {self.what}, "
            f"{rate:,.0f}/s, {left} left"
        )

    def _tell(self, now: float) -> None:
        line = self.text(now)
        self.out.write(f"\r{line}\x1b[K" if self.alive else f"{line}\n")
        self.out.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
