"""Telling somebody of an outcome through channels that are administered, and trying a draft's effects on past records."""
