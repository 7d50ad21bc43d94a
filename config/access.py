"""Who may come to which address: one row per address, refused where there is none.

The middleware (`config.middleware.AccessMiddleware`) asks `row_of` before the view runs; a view has no decorator of
its own, it only checks objects (is this *my* work item?). Addresses of installed packages are covered by the
beginning of their route: `admin/` is Wagtail, `accounts/` is the login.
"""

from dataclasses import dataclass

from django.urls import ResolverMatch

SIGNED_IN = frozenset({"*"})  # whoever has an account, whatever the roles
CONTENT = frozenset({"editor", "trainer", "reviewer", "admin"})


@dataclass(frozen=True)
class Row:
    """Who may come, with which token, for which purpose.

    `roles`: any of these suffices. `token`: the kind of token that is as good as a role; the view itself
    checks it (it stands in the header `X-Run-Token`). `purpose`: what an opening is logged with where the
    person names none. `public`: nobody needs to sign in. `whole`: what concerns all units at once, and is for those
    who belong to none, or administer them.
    """

    roles: frozenset[str] = frozenset()
    token: str | None = None
    purpose: str = ""
    public: bool = False
    whole: bool = False

    def admits(self, roles: frozenset[str]) -> bool:
        return self.public or self.roles == SIGNED_IN or bool(self.roles & roles)


def only(*roles: str, token: str | None = None, purpose: str = "") -> Row:
    """A row for these roles."""
    return Row(roles=frozenset(roles), token=token, purpose=purpose)


def whole(*roles: str, purpose: str = "") -> Row:
    """A row for these roles, of the whole organisation."""
    return Row(roles=frozenset(roles), purpose=purpose, whole=True)


PUBLIC = Row(public=True)
EVERYBODY = Row(roles=SIGNED_IN)
WORKING = only(
    "admin", "agent", "auditor", "data_officer", "editor", "reviewer", "supervisor", "trainer"
)
APP_READERS = only("admin", "editor", "trainer", "reviewer", "supervisor", "data_officer")
CAMPAIGNS = ("new", "edit", "close", "open", "figures", "simulations")
LISTS = ("progress", "stop", "again", "load", "columns", "forget")
BOARD = ("live", "pause", "items", "report")
BARS = whole("supervisor", "data_officer", purpose="do_not_contact")

ROWS: dict[str, Row] = {
    "healthz": PUBLIC,
    # the workplace
    "home": EVERYBODY,
    "my-settings": EVERYBODY,
    # the queue
    "claim": only("agent", purpose="call"),
    "item": only("agent", purpose="call"),
    "item-attempt": only("agent", purpose="call"),
    "item-dispose": only("agent", purpose="call"),
    "item-release": only("agent", purpose="call"),
    "item-heartbeat": Row(token="run", purpose="call"),
    # telephone calls
    "calls": only("agent"),
    "call": only("agent", purpose="calls_back"),
    "call-take": only("agent", purpose="calls_back"),
    "call-begin": only("agent", purpose="calls_back"),
    "call-mine": only("agent", purpose="calls_back"),
    "pop": only("agent", purpose="calls_back"),
    "verification": only("agent", purpose="calls_back"),
    "verification-end": only("agent", purpose="calls_back"),
    "telephony": only("admin"),
    "my-telephone": only("agent"),
    "telephone": only("agent"),
    "telephone-told": only("agent", purpose="calls_back"),
    "inside": PUBLIC,  # framed by the telephone system: empty until a token is handed over
    "inside-calls": PUBLIC,  # the view asks for that token
    "inside-let-in": only("agent"),
    "call-webhook": PUBLIC,  # the view asks for the provider's signature
    # public forms: who sits at one is known by the cookie of the seat, which each view asks for
    "public-form": PUBLIC,
    "public-link": PUBLIC,
    "public-continue": PUBLIC,
    "public-fill": PUBLIC,
    "public-check": PUBLIC,
    "public-send": PUBLIC,
    "public-done": PUBLIC,
    "public-later": PUBLIC,
    "public-file": PUBLIC,
    "public-file-small": PUBLIC,
    "public-definition": PUBLIC,
    "public-list": PUBLIC,
    "item-invite": only("agent", "supervisor", purpose="self_service"),
    # records
    "record": only("agent", "supervisor", "trainer", purpose="call"),
    "save": Row(token="run", purpose="call"),
    "unsent-keys": only("agent", "supervisor", "trainer", purpose="call"),
    "upload": Row(token="run", purpose="call"),
    "file": only("agent", "supervisor", "trainer", purpose="call"),
    "file-small": only("agent", "supervisor", "trainer", purpose="call"),
    "record-section": only("agent", "supervisor", "trainer", purpose="call"),
    "record-settle": Row(token="run", purpose="call"),
    "record-token": only("agent", "supervisor", "trainer", purpose="call"),
    "record-finish": only("agent", "supervisor", "trainer", purpose="call"),
    "record-continue": only("agent", purpose="call back"),
    "record-reopen": only("agent", "supervisor", purpose="amendment"),
    "replay": only("auditor", "supervisor", purpose="quality"),
    "replay-step": only("auditor", "supervisor", purpose="quality"),
    "amendments": only("supervisor"),
    "amendment-seen": only("supervisor"),
    "record-late": only("agent", "supervisor", purpose="late answers"),
    "projection": EVERYBODY,
    "long-list": EVERYBODY,
    "start": only("agent", purpose="call"),
    "records": only("agent", "supervisor", "data_officer", purpose="oversight"),
    # finding people
    "find": only("agent", "supervisor", purpose="search"),
    "party": only("agent", "supervisor", purpose="search"),
    # seeing one person in an emergency, and its review
    "glass": only("agent", "supervisor", purpose="break_glass"),
    "glass-end": only("agent", "supervisor", purpose="break_glass"),
    "glass-breaks": only("data_officer"),
    "glass-judged": only("data_officer", purpose="review"),
    # lessons
    "lesson": only("agent", "trainer", purpose="learning"),
    # the supervisors' board
    **dict.fromkeys(["board", *(f"board-{part}" for part in BOARD)], only("supervisor")),
    **dict.fromkeys(
        ["bulks", "bulk", "bulk-new", "bulk-progress", "bulk-turn"], only("supervisor")
    ),
    "board-report-file": only("supervisor", purpose="figures"),
    # campaigns
    "bars": BARS,
    "bars-list": BARS,
    "bar-lift": only("supervisor", "data_officer"),
    "party-bar": only("supervisor"),
    "doubles": only("supervisor", purpose="doubles"),
    "double-decide": only("supervisor", purpose="doubles"),
    "inboxes": only("admin"),
    "inbox-stop": only("admin"),
    "campaigns": only("supervisor"),
    "campaign": only("supervisor"),
    **dict.fromkeys([f"campaign-{deed}" for deed in CAMPAIGNS], only("supervisor")),
    "campaign-load": only("supervisor", purpose="import"),
    "campaign-facts": only("supervisor", purpose="figures"),
    "simulation": only("supervisor"),
    "simulation-progress": only("supervisor"),
    "simulation-stop": only("supervisor"),
    "simulation-again": only("supervisor"),
    "import": only("supervisor", purpose="import"),
    **dict.fromkeys([f"import-{deed}" for deed in LISTS], only("supervisor")),
    "import-left-out": only("supervisor", purpose="import"),
    "queues": only("supervisor"),
    "queue-new": only("supervisor"),
    "queue-edit": only("supervisor"),
    "policy-new": only("supervisor"),
    "policy-edit": only("supervisor"),
    "skill-new": only("supervisor"),
    "skill-edit": only("supervisor"),
    # apps and their versions
    "apps": APP_READERS,
    "versions": APP_READERS,
    "version": APP_READERS,
    "propose": WORKING,
    "proposals": WORKING,
    "proposal": WORKING,
    "comparison": APP_READERS,
    "dictionary": APP_READERS,
    "version-label": Row(roles=CONTENT),
    "version-label-off": Row(roles=CONTENT),
    "carry-over": whole(*APP_READERS.roles),
    "carry-over-progress": whole(*APP_READERS.roles),
    "carry-over-now": whole("editor", "supervisor"),
    "carry-over-undo": whole("editor", "supervisor"),
    "history": whole("admin", "auditor"),
    "history-on": whole("admin", "auditor"),
    # people
    "people": only("admin"),
    "person-new": only("admin"),
    "person": only("admin"),
    "person-link": only("admin"),
    # units and their people: an administrator's all, a leader's their own
    "units": only("admin", "supervisor"),
    "unit": only("admin", "supervisor"),
    "unit-move": only("admin", "supervisor"),
    "unit-off": only("admin", "supervisor"),
    "unit-on": only("admin", "supervisor"),
    "account-lists": only("admin", "supervisor", purpose="accounts"),
    "account-list": only("admin", "supervisor", purpose="accounts"),
    "account-list-go": only("admin", "supervisor", purpose="accounts"),
    "account-list-stop": only("admin", "supervisor", purpose="accounts"),
    "account-list-again": only("admin", "supervisor", purpose="accounts"),
    "account-list-progress": only("admin", "supervisor", purpose="accounts"),
    "account-list-left": only("admin", "supervisor", purpose="accounts"),
    # how long records are kept
    "retention": whole("data_officer", "admin"),
    "retention-app": whole("data_officer", "admin"),
    "erase-person": whole("data_officer"),
    "erased": whole("data_officer"),
    "hold-new": whole("data_officer", "admin"),
    "hold-lift": whole("data_officer", "admin"),
    "access-log": whole("auditor", "admin"),
    # what could not be carried out
    "effects": only("admin", "supervisor"),
    "effect-retry": only("admin", "supervisor"),
    "effect-give-up": only("admin", "supervisor"),
    "effects-again": only("admin", "supervisor"),
    "effect-log": only("admin", "supervisor"),
    "series": only("admin", "supervisor"),
    "series-end": only("admin", "supervisor"),
    # where effects tell somebody
    "channels": only("admin"),
    "channel-new": only("admin"),
    "channel": only("admin"),
    # other programs
    "api-tokens": only("admin"),
    "api-token-new": only("admin"),
    "api-token-revoke": only("admin"),
    "api-page": PUBLIC,  # what the interface is, not what is in it
    "api-document": PUBLIC,
    "api-nowhere": PUBLIC,  # there is nothing
    # what leaves
    "exports": only("data_officer"),
    "export-csv": only("data_officer", purpose="export"),
    "export-codebook": APP_READERS,
    "export-entries": only("data_officer", purpose="export"),
    "documents": only("agent", "supervisor", "data_officer"),
    "document-pdf": only("agent", "supervisor", "data_officer", purpose="hand_out"),
    "document-revoke": only("supervisor", "data_officer"),
    "verify": PUBLIC,
    "verify-code": PUBLIC,
    "feeds": whole("data_officer"),
    "feed-new": whole("data_officer"),
    "feed": whole("data_officer"),
    "feed-change": whole("data_officer"),
    "feed-columns": whole("data_officer"),
    "feed-preview": whole("data_officer", purpose="export"),
    "feed-send": whole("data_officer", purpose="delivery"),
    "feed-resend": whole("data_officer", purpose="delivery"),
    "institute-new": whole("data_officer"),
    "institute": whole("data_officer"),
    # logging in: before one is signed in
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,  # closed by the adapter, and says so
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "mfa_authenticate": PUBLIC,
    # Wagtail sends who is not signed in to the login page
    "workshop-login": PUBLIC,
    "wagtailadmin_logout": PUBLIC,
}

# The first beginning that fits a route decides; only asked when its name has no row above.
ROUTES: tuple[tuple[str, Row], ...] = (
    ("admin/users/", only("admin")),
    ("admin/groups/", only("admin")),
    ("admin/sites/", only("admin")),
    ("admin/locales/", only("admin")),
    ("admin/collections/", only("admin")),
    ("admin/redirects/", only("admin")),
    *(
        (f"admin/workflows/{row}{deed}/", only("admin"))
        for row in ("", "tasks/")
        for deed in ("add", "edit", "enable", "disable")
    ),
    ("admin/settings/", only("admin")),
    ("admin/password_reset/", Row()),  # the login has its own; nobody comes here
    ("admin/failwhale/", Row()),  # Wagtail's tests of its own error pages
    ("admin/test404/", Row()),
    ("admin/", Row(roles=CONTENT)),
    ("accounts/", EVERYBODY),
    ("api/v1/", PUBLIC),  # each operation asks for a token of its scope (`runtime.api.bearer`)
)


def row_of(match: ResolverMatch) -> Row | None:
    """The row of the address that was asked for; None when nobody wrote one."""
    row = ROWS.get(match.url_name or "") if not match.namespaces else None
    return row or _row_of_route(match.route)


def _row_of_route(route: str) -> Row | None:
    for beginning, row in ROUTES:
        if route.startswith(beginning):
            return row
    return None
