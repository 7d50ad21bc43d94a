"""The only writer of channels, notices, series, descents and trials."""
