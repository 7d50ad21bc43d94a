"""What people author in Wagtail: script, form, lesson and document pages."""
