"""Bad input, class by class: each gets a clear message and status, nothing is half-written, nothing typed is lost.

| class | tests |
|---|---|
| a list: wrong header, wrong encoding, 100,000 columns, a line break in a cell | `unit/queues/test_reading.py`, `test_views.py`, `test_imports.py` |
| an answer: unknown, read-only, calculated, of the wrong type, 10 MB, a null character, half a pair of surrogates | `unit/records/test_append.py`, `test_save_view.py`; typed into a form: `test_posted_texts.py` here |
| a run token: expired, foreign, made up, of a sitting that ended | `unit/records/test_append.py`, `test_save_view.py` |
| publishing with a broken reference | `unit/publish/test_veto.py` |
| a language nobody knows | `test_posted_texts.py` here; `unit/config/test_requests.py`, `unit/fill/test_who_may.py`, `test_home_and_lists.py` |
| a version that does not exist | `unit/exports/test_export_pages.py`, `unit/versions/test_versions.py`, `unit/fill/test_who_may.py` |
| a key file that is missing, broken or foreign | while the house is running: `test_key_files.py` here; at the start: `test_start.py` here, `unit/config/test_checks.py` |
"""
