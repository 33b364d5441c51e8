"""The log of what teammates did (API 2.16 description, /admins/activity_logs).

Intercom logs nothing about attributes, events or segments. Of what it does log, the embedded workspace has one kind:
a change of its time zone.
"""

import sqlite3
from datetime import UTC, datetime
from urllib.parse import urlencode

from ..calls.admin import ADMIN_EMAIL, ADMIN_ID, ADMIN_NAME
from ..calls.call import Call
from ..calls.numbered_pages import Page, cursor_pages
from ..calls.parameters import clamp_integer
from ..storage.identifiers import object_uuid
from ..storage.store import Store
from ..wire.errors import invalid_parameter, missing_parameter
from ..wire.json_values import JsonObject, as_list, as_moment
from ..wire.messages import Response, json_response

TIMEZONE_CHANGE = "app_timezone_change"

# The description's example of GET /admins/activity_log_event_types.
EVENT_TYPE_NAMES = """
    admin_conversation_assignment_limit_change admin_ticket_assignment_limit_change admin_avatar_change
    admin_away_mode_change admin_deletion admin_deprovisioned admin_impersonation_end admin_impersonation_start
    admin_invite_change admin_invite_creation admin_invite_deletion admin_login_failure admin_login_success
    admin_logout admin_occupancy_setting_change admin_occupancy_state_change admin_password_reset_request
    admin_password_reset_success admin_permission_change admin_provisioned admin_two_factor_auth_change
    admin_unauthorized_sign_in_method app_admin_join app_authentication_method_change app_data_deletion
    app_data_export app_google_sso_domain_change app_identity_verification_change app_name_change
    app_outbound_address_change app_package_installation app_package_token_regeneration
    app_package_uninstallation app_team_creation app_team_deletion app_team_membership_modification
    app_timezone_change app_webhook_creation app_webhook_deletion articles_in_messenger_enabled_change
    bulk_delete bulk_export campaign_deletion campaign_state_change conversation_part_deletion
    conversation_pdf_export conversation_topic_change conversation_topic_creation conversation_topic_deletion
    help_center_settings_change inbound_conversations_change inbox_access_change message_deletion
    message_state_change messenger_look_and_feel_change messenger_search_required_change
    messenger_spaces_change office_hours_change role_change role_creation role_deletion
    ruleset_activation_title_preview ruleset_creation ruleset_deletion search_browse_enabled_change
    search_browse_required_change seat_change seat_revoke security_settings_change temporary_expectation_change
    upfront_email_collection_change welcome_message_change hide_csat_from_agents_setting_change
"""

EVENT_TYPES = tuple(EVENT_TYPE_NAMES.split())

DEFAULT_SIZE, LARGEST_SIZE = 20, 250


def log_timezone_change(store: Store, before: str, after: str, now: int) -> None:
    """Logs that the workspace's time zone was changed."""
    description = f"{ADMIN_NAME} changed your app timezone from {before} to {after}."
    store.run(
        "insert into activities values (?, ?, ?, ?)",
        *(store.reserve("activities"), TIMEZONE_CHANGE, description, now),
    )


def index(call: Call) -> Response:
    """GET /admins/activity_logs: latest first, 20 a page.

    `pages.next` is a link, as a connector in wide use expects, where the description's schema has a cursor.
    """
    content = _list_activities(call, dict(call.query), ())
    pages = content["pages"]
    if pages["next"] is not None:
        query = urlencode(dict(call.query) | {"page": pages["page"] + 1})
        pages["next"] = f"{call.host}/admins/activity_logs?{query}"
    return json_response(content)


def search(call: Call) -> Response:
    """POST /admins/activity_logs/search: only the types in `event_types`, where there are any."""
    types = as_list(call.body.get("event_types") or [])
    if types is None or not all(isinstance(name, str) for name in types):
        raise invalid_parameter("event_types must be an array of strings")
    return json_response(_list_activities(call, call.body, tuple(types)))


def event_types(_: Call) -> Response:
    """GET /admins/activity_log_event_types."""
    return json_response({"type": "activity_log_event_type.list", "event_types": list(EVENT_TYPES)})


def _list_activities(call: Call, options: JsonObject, types: tuple[str, ...]) -> JsonObject:
    """Entries between two moments, both included (assumption, as are the codes and texts of errors here)."""
    if options.get("created_at_after") is None:
        raise missing_parameter("created_at_after is required")
    after = _read_moment(options, "created_at_after", default=0)
    before = _read_moment(options, "created_at_before", default=call.now)
    number = options.get("page") or options.get("starting_after")
    page = Page(
        clamp_integer(1 if number is None else number, "page", largest=1_000_000),
        clamp_integer(options.get("per_page") or DEFAULT_SIZE, "per_page", largest=LARGEST_SIZE),
    )
    where = "from activities where created_at between ? and ?"
    if types:
        where += f" and type in ({', '.join('?' * len(types))})"
    total = call.store.number(f"select count(*) {where}", after, before, *types)
    rows = call.store.all(
        f"select * {where} order by created_at desc, seq desc limit ? offset ?",
        *(after, before, *types, page.size, page.offset),
    )
    return {
        "type": "activity_log.list",
        "pages": cursor_pages(page, total),
        "activity_logs": [_render_activity(row) for row in rows],
    }


def _read_moment(options: JsonObject, key: str, *, default: int) -> int:
    """Unix seconds, as a number or digits, or a day or moment as ISO 8601 writes it.

    A day or a moment without a zone is taken as UTC (assumption).
    """
    value = options.get(key)
    if value is None:
        return default
    moment = as_moment(value)
    if moment is None and isinstance(value, str):
        moment = _parse_iso_moment(value)
    if moment is None:
        raise invalid_parameter(f"{key} must be a Unix timestamp or an ISO 8601 date")
    return min(max(moment, 0), 2**60)


def _parse_iso_moment(text: str) -> int | None:
    try:
        # An unescaped plus arrives as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _render_activity(row: sqlite3.Row) -> JsonObject:
    return {
        "id": object_uuid("activity", row["seq"]),
        "performed_by": {"type": "admin", "id": ADMIN_ID, "email": ADMIN_EMAIL, "ip": "127.0.0.1"},
        "metadata": {},
        "created_at": row["created_at"],
        "activity_type": row["type"],
        "activity_description": row["description"],
    }
