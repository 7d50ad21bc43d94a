"""Telephony: what a telephone system tells of its calls, and how the house dials. It knows work items and parties, no page.

In by one door, a signed webhook (`webhook_views`); the only writer is `actions`. Pure: `signing`, `payload`, `course`, `dialling`.
"""
