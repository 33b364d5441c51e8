"""Intercom's own attributes of contacts and companies, as data.

Sources: companies, the API 2.16 description (example of GET /data_attributes); contacts, an observed answer
of the real API, since the description has no example; searchable fields, the description of POST
/contacts/search. The ten timestamps are dates at 2.16: search compares them by workspace calendar day.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intercom_iac.lazy_dataclass import dataclass

from .address import ModelName
from .attribute import DataType, Field


@dataclass(frozen=True, slots=True)
class StandardAttribute:
    """One of Intercom's own. `name` is how rules call it, `wire` its `full_name` in the API."""

    model: ModelName
    name: str
    type: DataType
    label: str
    wire: str
    api_writable: bool
    searchable: bool

    @property
    def is_custom(self) -> bool:
        """Whether Intercom itself keeps it among the custom attributes."""
        return self.wire.startswith("custom_attributes.")

    def field(self) -> Field:
        return Field(
            self.model,
            self.name,
            self.type,
            wire=_WITHIN.get(self.wire, self.wire),
            search=self.wire if self.searchable else None,
            options=("user", "lead") if (self.model, self.name) == ("contact", "role") else (),
            custom=self.is_custom,
        )


# Where a contact of the API holds the value deeper than the attribute's full name says (description, contact).
_WITHIN = {"avatar": "avatar.image_url"}

_S, _I, _F, _B, _D = (
    DataType.STRING,
    DataType.INTEGER,
    DataType.FLOAT,
    DataType.BOOLEAN,
    DataType.DATE,
)
_WRITABLE, _READ_ONLY = True, False

# name, type, label, api_writable; contact search takes every one but those of _NOT_SEARCHABLE.
_CONTACT = (
    ("role", DataType.OPTIONS, "Contact role", _WRITABLE),
    ("name", _S, "Name", _WRITABLE),
    ("owner_id", _S, "Owner", _WRITABLE),
    ("email", _S, "Email", _WRITABLE),
    ("email_domain", _S, "Email domain", _READ_ONLY),
    ("phone", _S, "Phone", _WRITABLE),
    ("external_id", _S, "User ID", _WRITABLE),
    ("created_at", _D, "First Seen", _READ_ONLY),
    ("signed_up_at", _D, "Signed up", _WRITABLE),
    ("last_seen_at", _D, "Last seen", _WRITABLE),
    ("last_contacted_at", _D, "Last contacted", _READ_ONLY),
    ("last_replied_at", _D, "Last heard from", _READ_ONLY),
    ("last_email_opened_at", _D, "Last opened email", _READ_ONLY),
    ("last_email_clicked_at", _D, "Last clicked on link in email", _READ_ONLY),
    ("location.country", _S, "Country", _READ_ONLY),
    ("location.region", _S, "Region", _READ_ONLY),
    ("location.city", _S, "City", _READ_ONLY),
    ("browser", _S, "Browser", _READ_ONLY),
    ("browser_version", _S, "Browser version", _READ_ONLY),
    ("browser_language", _S, "Browser language", _READ_ONLY),
    ("language_override", _S, "Language override", _READ_ONLY),
    ("os", _S, "OS", _READ_ONLY),
    ("unsubscribed_from_emails", _B, "Unsubscribed from emails", _WRITABLE),
    ("marked_email_as_spam", _B, "Marked email as spam", _READ_ONLY),
    ("has_hard_bounced", _B, "Has hard bounced", _READ_ONLY),
    ("id", _S, "ID", _READ_ONLY),
    ("avatar", _S, "Avatar image url", _WRITABLE),
    ("updated_at", _D, "Updated at", _READ_ONLY),
    ("workspace_id", _S, "Workspace ID", _READ_ONLY),
    ("android_app_name", _S, "Android app name", _READ_ONLY),
    ("android_app_version", _S, "Android app version", _READ_ONLY),
    ("android_device", _S, "Android device", _READ_ONLY),
    ("android_os_version", _S, "Android OS version", _READ_ONLY),
    ("android_last_seen_at", _D, "Android last seen", _READ_ONLY),
    ("android_sdk_version", _S, "Android SDK version", _READ_ONLY),
    ("ios_app_name", _S, "iOS app name", _READ_ONLY),
    ("ios_app_version", _S, "iOS app version", _READ_ONLY),
    ("ios_device", _S, "iOS device", _READ_ONLY),
    ("ios_os_version", _S, "iOS OS version", _READ_ONLY),
    ("ios_last_seen_at", _D, "iOS last seen", _READ_ONLY),
    ("ios_sdk_version", _S, "iOS SDK version", _READ_ONLY),
)
# `formatted_phone` is left out: search takes it, and no contact that comes back holds it.
# The description lists none of the first three, and spells the fourth without its r, so it is not sent. A contract
# test holds this table to the description.
_NOT_SEARCHABLE = frozenset({"browser_version", "workspace_id", "android_os_version", "android_sdk_version"})

# name, type, label, api_writable, full_name where it differs
_COMPANY = (
    ("name", _S, "Company name", _WRITABLE, None),
    ("company_id", _S, "Company ID", _READ_ONLY, None),
    ("last_request_at", _D, "Company last seen", _READ_ONLY, None),
    ("remote_created_at", _D, "Company created at", _WRITABLE, None),
    ("user_count", _I, "People", _READ_ONLY, None),
    ("session_count", _I, "Company web sessions", _READ_ONLY, None),
    ("plan", _S, "Plan", _READ_ONLY, "plan.name"),
    ("monthly_spend", _F, "Monthly Spend", _WRITABLE, None),
    ("size", _I, "Company size", _WRITABLE, None),
    ("industry", _S, "Company industry", _WRITABLE, None),
    ("website", _S, "Company website", _WRITABLE, None),
    ("id", _S, "ID", _READ_ONLY, None),
    ("created_at", _D, "Created at", _READ_ONLY, None),
    ("updated_at", _D, "Updated at", _READ_ONLY, None),
    ("plan.id", _S, "Plan ID", _READ_ONLY, None),
    ("app_id", _S, "App ID", _READ_ONLY, None),
    # A custom attribute by its form that nobody declared: how a company came about, `api` where a call made it
    # (observed in answers of the real API; it has no `admin_id`). Other values are not established.
    ("creation_source", _S, "creation_source", _READ_ONLY, "custom_attributes.creation_source"),
)

_ALL = [
    StandardAttribute("contact", name, type_, label, name, writable, name not in _NOT_SEARCHABLE)
    for name, type_, label, writable in _CONTACT
] + [
    StandardAttribute("company", name, type_, label, full_name or name, writable, searchable=False)
    for name, type_, label, writable, full_name in _COMPANY
]
STANDARD: Mapping[tuple[ModelName, str], StandardAttribute] = MappingProxyType(
    {(attribute.model, attribute.name): attribute for attribute in _ALL}
)
# What else people call them: the names of API 1.x and of the Messenger (`user_id`, `last_request_at`; facts of
# Intercom's migration guides), and everyday words. None of them is a name of Intercom's that rules may use.
OTHER_NAMES: Mapping[tuple[ModelName, str], tuple[str, ...]] = MappingProxyType(
    {
        ("contact", "role"): ("type", "contact_type", "user_type", "user_role"),
        ("contact", "name"): ("full_name",),
        ("contact", "owner_id"): ("owner",),
        ("contact", "email"): ("email_address", "mail"),
        ("contact", "email_domain"): ("domain",),
        ("contact", "phone"): ("phone_number", "telephone", "mobile"),
        ("contact", "external_id"): ("user_id", "customer_id", "uid"),
        ("contact", "created_at"): (
            "first_seen_at",
            "created",
            "created_on",
            "date_created",
            "create_date",
            "first_used_app",
        ),
        ("contact", "signed_up_at"): (
            *("signup", "sign_up", "signup_date", "sign_up_date", "signed_up_on", "signed_up_date"),
            *("signup_at", "registered", "registered_at", "registration_date", "remote_created_at"),
        ),
        ("contact", "last_seen_at"): (
            *("last_request_at", "last_active", "last_active_at", "last_activity", "last_activity_at"),
            *("last_session", "last_visit", "last_login", "last_login_at", "last_seen_on", "seen"),
            *("last_used_app", "last_used", "last_activity_date", "last_seen_date", "last_online"),
        ),
        ("contact", "last_contacted_at"): ("last_contact",),
        ("contact", "last_replied_at"): ("last_heard_from_at", "last_reply", "last_reply_at", "replied"),
        ("contact", "last_email_opened_at"): (
            "last_opened_email_at",
            "last_email_open",
            "last_email_opened",
            "last_opened_any_email",
            "last_email_open_date",
            "last_marketing_email_open_date",
        ),
        ("contact", "last_email_clicked_at"): (
            *("last_clicked_on_link_in_email_at", "last_clicked_email", "last_email_click"),
            *("last_email_clicked", "last_clicked_any_email", "last_email_click_date"),
            *("last_marketing_email_click_date",),
        ),
        ("contact", "location.country"): ("country_name", "location_data.country_name", "country_code"),
        ("contact", "location.region"): ("region_name", "location_data.region_name", "state"),
        ("contact", "location.city"): ("city_name", "location_data.city_name", "town"),
        ("contact", "browser_language"): ("language", "lang", "locale"),
        ("contact", "language_override"): ("language", "lang", "locale", "preferred_language"),
        ("contact", "os"): ("operating_system", "platform"),
        ("contact", "unsubscribed_from_emails"): ("unsubscribed", "opted_out", "email_unsubscribed"),
        ("contact", "marked_email_as_spam"): ("spam", "marked_as_spam"),
        ("contact", "has_hard_bounced"): ("bounced", "hard_bounced", "email_bounced"),
        ("company", "last_request_at"): ("last_seen", "last_seen_at", "last_active"),
        ("company", "remote_created_at"): ("company_created", "customer_since"),
        ("company", "user_count"): ("users", "contacts", "contact_count"),
        ("company", "session_count"): ("sessions", "web_sessions"),
        ("company", "plan"): ("plan_name",),
        ("company", "monthly_spend"): ("spend", "mrr", "revenue"),
        ("company", "size"): ("employees", "employee_count", "headcount", "company_size"),
    }
)
# Times of what has happened, which never lie in the future. Those that a program may write are sent so.
_PAST = frozenset(
    {
        *(("contact", name) for name in ("created_at", "updated_at", "signed_up_at", "last_seen_at")),
        *(("contact", name) for name in ("last_contacted_at", "last_replied_at")),
        *(("contact", name) for name in ("last_email_opened_at", "last_email_clicked_at")),
        *(("contact", name) for name in ("android_last_seen_at", "ios_last_seen_at")),
        *(("company", name) for name in ("last_request_at", "remote_created_at", "created_at", "updated_at")),
    }
)


# Of a company: how many people, web sessions and employees it has.
_COUNTS = frozenset({("company", "user_count"), ("company", "session_count"), ("company", "size")})


def is_count(field: Field) -> bool:
    """Whether the number is one of Intercom's own that counts something."""
    return not field.custom and (field.owner, field.name) in _COUNTS


def is_never_future(field: Field) -> bool:
    """Whether the date is one of Intercom's own that is never in the future."""
    return not field.custom and (field.owner, field.name) in _PAST
