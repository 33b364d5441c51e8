"""Intercom's own keys of the records that are sent to it, as data.

Sources: the API 2.16 description (`create_contact_request`, `update_contact_request`,
`create_or_update_company_request`, `create_data_event_request`; what else `contact` and `company` hold is returned,
never sent), and the Messenger's pages on developers.intercom.com for `boot` and `update`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..attribute import DataType

_S, _I, _F, _B, _D = DataType.STRING, DataType.INTEGER, DataType.FLOAT, DataType.BOOLEAN, DataType.DATE

ROLES = ("user", "lead")

CONTACT_WRITABLE: Mapping[str, DataType] = MappingProxyType(
    {
        "role": DataType.OPTIONS,
        "external_id": _S,
        "email": _S,
        "email_verified": _B,
        "phone": _S,
        "name": _S,
        "avatar": _S,
        "signed_up_at": _D,
        "last_seen_at": _D,
        "owner_id": _S,
        "unsubscribed_from_emails": _B,
    }
)
# `id` names the contact of an update; it is the path's in a call, and no value that could change.
CONTACT_IDENTIFIERS = ("external_id", "id", "email")
CONTACT_RETURNED = frozenset(
    [
        "workspace_id",
        "email_domain",
        "formatted_phone",
        "has_hard_bounced",
        "marked_email_as_spam",
        "created_at",
        "updated_at",
        "last_replied_at",
        "last_contacted_at",
        "last_email_opened_at",
        "last_email_clicked_at",
        "language_override",
        "browser",
        "browser_version",
        "browser_language",
        "os",
        "location",
        "android_app_name",
        "android_app_version",
        "android_device",
        "android_os_version",
        "android_sdk_version",
        "android_last_seen_at",
        "ios_app_name",
        "ios_app_version",
        "ios_device",
        "ios_os_version",
        "ios_sdk_version",
        "ios_last_seen_at",
        "tags",
        "notes",
        "companies",
        "social_profiles",
        "opted_out_subscription_types",
        "opted_in_subscription_types",
        "utm_campaign",
        "utm_content",
        "utm_medium",
        "utm_source",
        "utm_term",
        "referrer",
        "sms_consent",
        "unsubscribed_from_sms",
        "segments",
        "enabled_push_messaging",
        "merge_history",
        "merged_at",
        "archived",
    ]
)

COMPANY_WRITABLE: Mapping[str, DataType] = MappingProxyType(
    {
        "company_id": _S,
        "name": _S,
        "plan": _S,
        "size": _I,
        "website": _S,
        "industry": _S,
        "remote_created_at": _D,
        "monthly_spend": _F,
        "update_last_request_at": _B,
    }
)
COMPANY_IDENTIFIERS = ("company_id", "id")
COMPANY_RETURNED = frozenset(
    [
        "app_id",
        "created_at",
        "updated_at",
        "last_request_at",
        "session_count",
        "user_count",
        "tags",
        "segments",
        "notes",
        "archived",
    ]
)

EVENT_KEYS: Mapping[str, DataType] = MappingProxyType(
    {"event_name": _S, "created_at": _D, "user_id": _S, "id": _S, "email": _S}
)
EVENT_REQUIRED = frozenset({"event_name", "created_at"})
EVENT_RETURNED = frozenset({"intercom_user_id"})
EVENT_IDENTIFIERS = ("user_id", "id", "email")

# What `boot` and `update` take of a person; `created_at` is the API's `signed_up_at`, `user_id` its `external_id`.
BOOT_WRITABLE: Mapping[str, DataType] = MappingProxyType(
    {
        "user_id": _S,
        "email": _S,
        "name": _S,
        "phone": _S,
        "created_at": _D,
        "unsubscribed_from_emails": _B,
        "language_override": _S,
        "utm_campaign": _S,
        "utm_content": _S,
        "utm_medium": _S,
        "utm_source": _S,
        "utm_term": _S,
        "page_title": _S,
        "user_hash": _S,
        "intercom_user_jwt": _S,
    }
)
# A token is as long as what it signs.
UNLIMITED = frozenset({"intercom_user_jwt"})
# The names that the Messenger has for what the API calls otherwise.
MESSENGER_NAMES: Mapping[str, str] = MappingProxyType(
    {"external_id": "user_id", "signed_up_at": "created_at", "last_seen_at": "last_request_at"}
)
# A visitor has neither; a person who is known has one of the three.
BOOT_IDENTIFIERS = ("user_id", "email", "intercom_user_jwt")
BOOT_RETURNED = frozenset({"last_request_at"})
# How the Messenger looks and behaves; no data, and not looked at.
MESSENGER_SETTINGS = frozenset(
    [
        "app_id",
        "api_base",
        "auth_tokens",
        "avatar",
        "custom_launcher_selector",
        "alignment",
        "vertical_padding",
        "horizontal_padding",
        "z_index",
        "hide_default_launcher",
        "hide_notifications",
        "session_duration",
        "action_color",
        "link_color",
        "background_color",
        "theme_mode",
        "installation_type",  # set by @intercom/messenger-js-sdk
    ]
)

MESSENGER_COMPANY_WRITABLE: Mapping[str, DataType] = MappingProxyType(
    {
        "company_id": _S,
        "name": _S,
        "created_at": _D,
        "plan": _S,
        "monthly_spend": _F,
        "size": _I,
        "website": _S,
        "industry": _S,
    }
)
MESSENGER_COMPANY_RETURNED = frozenset({"user_count", "id"})
