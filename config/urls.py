"""All addresses on one page."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from content import proposal_views
from exports.views import dictionary, documents, feeds, institutes, tables, verify
from runtime.api.addresses import urlpatterns as interface
from runtime.selfservice import begin_views, browser, later_views, link_views
from runtime.selfservice import fill_views as public_views
from runtime.telephony import webhook_views
from runtime.workspace import (
    account_views,
    amend_views,
    board_items_views,
    board_report_views,
    board_views,
    bulk_views,
    call_views,
    campaign_views,
    carry_views,
    channel_views,
    comparison_views,
    definition_views,
    effect_views,
    erasing_views,
    figures_views,
    file_views,
    fill_views,
    find_views,
    glass_review_views,
    glass_views,
    history_views,
    home,
    import_views,
    inside_views,
    lesson_views,
    line_views,
    log_views,
    people_views,
    phone_views,
    queue_setup_views,
    queue_views,
    record_views,
    replay_views,
    retention_views,
    save_views,
    simulation_views,
    telephony_views,
    unit_views,
    unsent_views,
    version_label_views,
    version_views,
)


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


# what several addresses begin with
SEAT = "form/at/<uuid:seat>/"
VERSION = "app/<slug:code>/version/<int:number>/"
OPEN = "app/<slug:code>/open/"
EXPORT = "exports/app/<slug:code>/<int:number>"
ACCOUNTS = "accounts-list/<uuid:pk>/"

# Before Wagtail's own login, which knows of no limits and no second factor.
LOGIN = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", home.home, name="home"),
    path("settings/", home.my_settings, name="my-settings"),
    # a record, its screen and its posts
    path("record/<uuid:record>/", fill_views.record, name="record"),
    path("record/<uuid:record>/save/", save_views.save, name="save"),
    path("unsent/keys/", unsent_views.keys, name="unsent-keys"),
    path("record/<uuid:record>/upload/", file_views.upload, name="upload"),
    path("record/<uuid:record>/file/<uuid:file>/", file_views.fetch, name="file"),
    path("record/<uuid:record>/file/<uuid:file>/small/", file_views.small, name="file-small"),
    path("record/<uuid:record>/section/", fill_views.section, name="record-section"),
    path("record/<uuid:record>/settle/", fill_views.settle, name="record-settle"),
    path("record/<uuid:record>/token/", fill_views.token, name="record-token"),
    path("record/<uuid:record>/finish/", fill_views.finish, name="record-finish"),
    path("record/<uuid:record>/reopen/", amend_views.reopen, name="record-reopen"),
    path("record/<uuid:record>/replay/", replay_views.replay, name="replay"),
    path(
        "record/<uuid:record>/replay/<int:log>/<int:step>/", replay_views.step, name="replay-step"
    ),
    path("amendments/", amend_views.amendments, name="amendments"),
    path("amendments/<int:pk>/seen/", amend_views.amendment_seen, name="amendment-seen"),
    path("record/<uuid:record>/continue/", fill_views.go_on, name="record-continue"),
    path("record/<uuid:record>/late/", fill_views.late, name="record-late"),
    path(
        "definition/<str:sha256>/<str:audience>/<str:language>.json",
        definition_views.projection,
        name="projection",
    ),
    path("list/<str:sha256>.json", definition_views.long_list, name="long-list"),
    path("app/<slug:code>/start/", fill_views.start, name="start"),
    path("app/<slug:code>/records/", record_views.records, name="records"),
    path("lesson/<slug:code>/", lesson_views.lesson, name="lesson"),
    # the queue
    path("queue/<slug:code>/claim/", queue_views.claim, name="claim"),
    path("item/<uuid:pk>/", queue_views.item, name="item"),
    path("item/<uuid:pk>/attempt/", queue_views.attempt, name="item-attempt"),
    path("item/<uuid:pk>/dispose/", queue_views.dispose, name="item-dispose"),
    path("item/<uuid:pk>/release/", queue_views.release, name="item-release"),
    path("item/<uuid:pk>/heartbeat/", queue_views.heartbeat, name="item-heartbeat"),
    # telephone calls
    path("telephony/<slug:code>/call/", webhook_views.webhook, name="call-webhook"),
    path("telephony/", telephony_views.telephony, name="telephony"),
    path("telephone/", phone_views.telephone, name="telephone"),
    path("telephone/<slug:code>/told/", phone_views.told, name="telephone-told"),
    path("inside/<slug:code>/", inside_views.inside, name="inside"),
    path("inside/<slug:code>/let-in/", inside_views.let_in, name="inside-let-in"),
    path("inside/<slug:code>/calls/", inside_views.calls, name="inside-calls"),
    path("settings/telephone/", telephony_views.my_telephone, name="my-telephone"),
    path("calls/", call_views.ringing, name="calls"),
    path("calls/take/", call_views.take, name="call-take"),
    path("calls/begin/", call_views.begin, name="call-begin"),
    path("calls/mine/", call_views.somebody_calls, name="call-mine"),
    path("call/<uuid:pk>/", call_views.call, name="call"),
    path("pop", call_views.pop, name="pop"),
    # public forms: citizens, without an account
    path("form/<slug:code>/", begin_views.form, name="public-form"),
    path("form/<slug:code>/link/<str:text>/", link_views.link, name="public-link"),
    path("form/continue/<str:handle>/", later_views.come_back, name="public-continue"),
    path(SEAT, public_views.fill, name="public-fill"),
    path(SEAT + "check/", public_views.check, name="public-check"),
    path(SEAT + "send/", public_views.send, name="public-send"),
    path(SEAT + "done/", public_views.done, name="public-done"),
    path(SEAT + "later/", later_views.later, name="public-later"),
    path(SEAT + "file/<uuid:file>/", browser.file, name="public-file"),
    path(
        SEAT + "file/<uuid:file>/small/", browser.file, {"small": True}, name="public-file-small"
    ),
    path(SEAT + "definition/<str:language>.json", browser.definition, name="public-definition"),
    path(SEAT + "list/<str:sha256>.json", browser.long_list, name="public-list"),
    path("item/<uuid:pk>/invite/", link_views.invite, name="item-invite"),
    # who is on the line
    path("verification/<uuid:pk>/", line_views.verification, name="verification"),
    path("verification/<uuid:pk>/end/", line_views.verification_end, name="verification-end"),
    # the supervisors' board
    path("board/", board_views.board_page, name="board"),
    path("board/live/", board_views.board_live, name="board-live"),
    path("board/pause/", board_views.board_pause, name="board-pause"),
    path("board/items/", board_items_views.board_items, name="board-items"),
    path("board/report/", board_report_views.board_report, name="board-report"),
    path("board/report/file/", board_report_views.board_report_file, name="board-report-file"),
    path("board/deeds/", bulk_views.bulks, name="bulks"),
    path("board/deeds/new/", board_items_views.bulk_new, name="bulk-new"),
    path("board/deed/<uuid:pk>/", bulk_views.bulk, name="bulk"),
    path("board/deed/<uuid:pk>/progress/", bulk_views.bulk_progress, name="bulk-progress"),
    path("board/deed/<uuid:pk>/<slug:turn>/", bulk_views.bulk_turn, name="bulk-turn"),
    # campaigns
    path("campaigns/", campaign_views.campaigns, name="campaigns"),
    path("campaigns/new/", campaign_views.campaign_new, name="campaign-new"),
    path("campaign/<slug:code>/", campaign_views.campaign, name="campaign"),
    path("campaign/<slug:code>/edit/", campaign_views.campaign_edit, name="campaign-edit"),
    path("campaign/<slug:code>/close/", campaign_views.campaign_close, name="campaign-close"),
    path("campaign/<slug:code>/open/", campaign_views.campaign_open, name="campaign-open"),
    path("campaign/<slug:code>/load/", import_views.campaign_load, name="campaign-load"),
    path("campaign/<slug:code>/figures/", figures_views.campaign_figures, name="campaign-figures"),
    path(
        "campaign/<slug:code>/facts/<slug:kind>/",
        figures_views.campaign_facts,
        name="campaign-facts",
    ),
    path(
        "campaign/<slug:code>/forecast/",
        simulation_views.campaign_simulations,
        name="campaign-simulations",
    ),
    path("forecast/<uuid:pk>/", simulation_views.simulation, name="simulation"),
    path(
        "forecast/<uuid:pk>/progress/",
        simulation_views.simulation_progress,
        name="simulation-progress",
    ),
    path("forecast/<uuid:pk>/stop/", simulation_views.simulation_stop, name="simulation-stop"),
    path("forecast/<uuid:pk>/again/", simulation_views.simulation_again, name="simulation-again"),
    path("import/<uuid:pk>/", import_views.import_page, name="import"),
    path("import/<uuid:pk>/progress/", import_views.import_progress, name="import-progress"),
    path("import/<uuid:pk>/stop/", import_views.import_stop, name="import-stop"),
    path("import/<uuid:pk>/again/", import_views.import_again, name="import-again"),
    path("queues/", queue_setup_views.queues, name="queues"),
    path("queues/new/", queue_setup_views.queue_edit, name="queue-new"),
    path("queue/<slug:code>/", queue_setup_views.queue_edit, name="queue-edit"),
    path("policies/new/", queue_setup_views.policy_edit, name="policy-new"),
    path("policy/<slug:code>/", queue_setup_views.policy_edit, name="policy-edit"),
    path("skills/new/", queue_setup_views.skill_edit, name="skill-new"),
    path("skill/<slug:code>/", queue_setup_views.skill_edit, name="skill-edit"),
    # what leaves
    path("exports/", tables.exports, name="exports"),
    path(EXPORT + ".<slug:extension>", tables.export_table, name="export-csv"),
    path(EXPORT + "/codebook.csv", tables.export_codebook, name="export-codebook"),
    path(EXPORT + "/<slug:table>.<slug:extension>", tables.export_table, name="export-entries"),
    path("documents/", documents.documents, name="documents"),
    path("document/<uuid:pk>.pdf", documents.document_pdf, name="document-pdf"),
    path("document/<uuid:pk>/revoke/", documents.document_revoke, name="document-revoke"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify-code"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/new/", feeds.feed_new, name="feed-new"),
    path("feed/<slug:code>/", feeds.feed, name="feed"),
    path("feed/<slug:code>/change/", feeds.feed_change, name="feed-change"),
    path("feed/<slug:code>/columns/", feeds.feed_columns, name="feed-columns"),
    path("feed/<slug:code>/preview/", feeds.feed_preview, name="feed-preview"),
    path("feed/<slug:code>/send/", feeds.feed_send, name="feed-send"),
    path("feed/<slug:code>/send/<int:sequence>/", feeds.feed_resend, name="feed-resend"),
    path("institutes/new/", institutes.institute_new, name="institute-new"),
    path("institute/<slug:code>/", institutes.institute, name="institute"),
    # finding people, versions, history
    path("find/", find_views.find, name="find"),
    path("party/<uuid:party>/", find_views.party, name="party"),
    path("apps/", version_views.apps, name="apps"),
    path("app/<slug:code>/versions/", version_views.versions, name="versions"),
    path(VERSION, version_views.version, name="version"),
    path("propose/", proposal_views.propose, name="propose"),
    path("proposals/", proposal_views.proposals, name="proposals"),
    path("proposal/<int:pk>/", proposal_views.proposal, name="proposal"),
    path(VERSION + "label/", version_label_views.put_label, name="version-label"),
    path(
        VERSION + "label/<int:pk>/off/", version_label_views.take_label, name="version-label-off"
    ),
    path(VERSION + "dictionary/", dictionary.dictionary, name="dictionary"),
    path("app/<slug:code>/compare/", comparison_views.compare_versions, name="comparison"),
    path(OPEN, carry_views.carry_overs, name="carry-over"),
    path(OPEN + "<int:number>/progress/", carry_views.carry_progress, name="carry-over-progress"),
    path(OPEN + "<int:number>/now/", carry_views.carry_now, name="carry-over-now"),
    path(OPEN + "<int:number>/undo/", carry_views.carry_undo, name="carry-over-undo"),
    path("history/", history_views.history, name="history"),
    path("history/on/", history_views.history_on, name="history-on"),
    # people
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.person_new, name="person-new"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/link/", people_views.person_link, name="person-link"),
    path("units/", unit_views.units, name="units"),
    path("unit/<slug:code>/", unit_views.unit, name="unit"),
    path("unit/<slug:code>/move/", unit_views.unit_move, name="unit-move"),
    path("unit/<slug:code>/out-of-use/", unit_views.unit_off, name="unit-off"),
    path("unit/<slug:code>/in-use/", unit_views.unit_on, name="unit-on"),
    path("accounts-list/", account_views.lists, name="account-lists"),
    path(ACCOUNTS, account_views.account_list, name="account-list"),
    path(ACCOUNTS + "go/", account_views.go, name="account-list-go"),
    path(ACCOUNTS + "stop/", account_views.stop, name="account-list-stop"),
    path(ACCOUNTS + "again/", account_views.again, name="account-list-again"),
    path(ACCOUNTS + "progress/", account_views.progress, name="account-list-progress"),
    path(ACCOUNTS + "left-out.csv", account_views.left_out, name="account-list-left"),
    path("retention/", retention_views.retention, name="retention"),
    path("retention/person/", erasing_views.erase_person, name="erase-person"),
    path("retention/person/<uuid:party>/", erasing_views.erased, name="erased"),
    path("retention/hold/", retention_views.hold_new, name="hold-new"),
    path("retention/hold/<int:pk>/lift/", retention_views.hold_lift, name="hold-lift"),
    path("retention/app/<slug:code>/", retention_views.retention_app, name="retention-app"),
    path("person/<uuid:party>/break-glass/", glass_views.glass, name="glass"),
    path("broken-glass/<uuid:pk>/end/", glass_views.glass_end, name="glass-end"),
    path("broken-glass/", glass_review_views.breaks, name="glass-breaks"),
    path("broken-glass/<uuid:pk>/", glass_review_views.judged, name="glass-judged"),
    path("log/", log_views.access_log, name="access-log"),
    path("effects/", effect_views.effects, name="effects"),
    path("effects/again/", effect_views.effects_again, name="effects-again"),
    path("effects/log/", effect_views.effect_log, name="effect-log"),
    path("effects/series/", effect_views.series, name="series"),
    path("effects/series/<uuid:pk>/end/", effect_views.series_end, name="series-end"),
    path("effects/channels/", channel_views.channels, name="channels"),
    path("effects/channels/new/", channel_views.channel_new, name="channel-new"),
    path("effects/channel/<slug:code>/", channel_views.channel, name="channel"),
    path("effect/<uuid:pk>/retry/", effect_views.effect_retry, name="effect-retry"),
    path("effect/<uuid:pk>/give-up/", effect_views.effect_give_up, name="effect-give-up"),
    *interface,
    path("accounts/", include("allauth.urls")),
    path("admin/login/", LOGIN, name="workshop-login"),
    path("admin/", include(wagtailadmin_urls)),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
