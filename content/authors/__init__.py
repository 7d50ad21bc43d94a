"""Several authors at one page: what each window of a browser holds, and saving a page that others saved meanwhile.

`actions` keep the windows, `sitting` is one request of one, `hooks` are where Wagtail's editor asks. The joining itself is
`content.joining`, which knows no window.
"""
