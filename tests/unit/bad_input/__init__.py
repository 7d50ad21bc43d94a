"""Bad input, class by class: each gets a clear message and status, nothing is half-written, nothing typed is lost."""
