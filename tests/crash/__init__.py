"""Servers and workers killed in the middle of saving and of effects: nothing acknowledged is lost, nothing happens twice."""
