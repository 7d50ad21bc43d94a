"""The manual as tables: one chapter a file; every row holds in both engines, on the server and in the browser."""
