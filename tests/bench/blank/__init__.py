"""The page that the agent's screen is measured against: the same frame with nothing on it, and no module to run."""
