"""Shared sections at work: their editions, what a reference to one means, where they are used, their pages."""
