"""Somewhere to write, for those who attack what is written."""

from tests.unit.workshop import home

__all__ = ["home"]
