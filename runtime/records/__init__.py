"""Sealed records: append-only events of answers, settled by the engine."""
