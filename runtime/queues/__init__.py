"""Queues, campaigns, work items, attempts, skills."""
