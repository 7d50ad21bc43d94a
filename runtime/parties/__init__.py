"""Persons and organisations the work is about, and the ways to reach them."""
