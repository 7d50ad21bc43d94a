"""English as it is written in Europe: the day first, the clock with 24 hours."""
