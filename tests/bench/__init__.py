"""Budgets, measured: one module an area, each with `run() -> list[Figure]`."""
