"""Lessons taken, skills granted."""
