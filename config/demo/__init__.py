"""The demo: a contact-tracing campaign written for it, in English and French, with fictional citizens."""
