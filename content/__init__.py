"""What people author in Wagtail: script, form, lesson and document pages, and the folders they stand in.

A page is the body of an app: publishing it gives a Version (`builder.publish`). Knows nothing of the runtime.
"""
