"""The screens of agents, supervisors and admins."""
