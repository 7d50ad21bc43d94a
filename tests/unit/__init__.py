"""What spec leaves: one behaviour a test, mirroring the packages."""
