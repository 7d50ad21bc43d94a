"""Pages of what leaves. Roles and purposes are rows of `config.access`; the pages check their objects."""
