"""What Intercom's own keys of a record mean, in a few words for the JSON Schemas of records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intercom_iac.model.payload import PayloadKind

_CUSTOM = "The attributes that the specs declare: one that is not sent stays as it is, null clears it"
_CONTACT = {
    "id": "Intercom's id of the contact, for an update",
    "role": "`user` is a person the application knows, `lead` one that it does not",
    "external_id": "The application's id of the person",
    "email": "Email address",
    "email_verified": "Whether the email address was verified; only sent together with `email`",
    "phone": "Phone number",
    "name": "Full name",
    "avatar": "Address of an image",
    "signed_up_at": "When the person signed up",
    "last_seen_at": "When the person was last seen",
    "owner_id": "Intercom's id of the teammate who owns the contact",
    "unsubscribed_from_emails": "Whether the person is unsubscribed from emails",
    "custom_attributes": _CUSTOM,
}
_COMPANY = {
    "id": "Intercom's id of the company",
    "company_id": "The application's id of the company",
    "name": "Name of the company",
    "plan": "Name of the plan that the company is on",
    "size": "Number of people who work there",
    "website": "Address of its website",
    "industry": "Industry that it works in",
    "created_at": "When the application created the company",
    "remote_created_at": "When the application created the company",
    "monthly_spend": "What the company spends in a month",
    "update_last_request_at": "Whether the company counts as seen just now",
    "custom_attributes": _CUSTOM,
}
_EVENT = {
    "event_name": "Name of the event",
    "created_at": "When it happened",
    "user_id": "The application's id of the person who did it",
    "id": "Intercom's id of the contact, the only way to name a lead",
    "email": "Email address of the person who did it",
    "metadata": "Facts about this occurrence, at most ten",
}
_BOOT = {
    "user_id": "The application's id of the person",
    "email": "Email address",
    "name": "Full name",
    "phone": "Phone number",
    "created_at": "When the person signed up",
    "unsubscribed_from_emails": "Whether the person is unsubscribed from emails",
    "language_override": "Language of the Messenger, such as `fr`",
    "utm_campaign": "Campaign that the visit came from",
    "utm_content": "Content that the visit came from",
    "utm_medium": "Medium that the visit came from",
    "utm_source": "Source that the visit came from",
    "utm_term": "Search term that the visit came from",
    "page_title": "Title of the page",
    "user_hash": "Proof of identity: the HMAC that the server makes of `user_id` or `email`",
    "intercom_user_jwt": "Proof of identity: the token that the server signs",
    "company": "The company that the person is at now",
    "companies": "All companies of the person",
}

OWN_KEYS: Mapping[PayloadKind, Mapping[str, str]] = MappingProxyType(
    {"contact": _CONTACT, "company": _COMPANY, "event": _EVENT, "boot": _BOOT}
)
