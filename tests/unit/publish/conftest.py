"""Pages in a site that is set up."""

from tests.unit.workshop import home, make

__all__ = ["home", "make"]
