"""Intercom's standard attributes, as data.

Company attributes: API 2.16 description, GET /data_attributes, with the label, type and writability shown there.
Contact attributes: recorded on API 2.3 (2021); the description shows no contact example.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardAttribute:
    """A standard attribute: its full name (`plan.name`), type, label, and whether API and screens may write it."""

    full_name: str
    data_type: str
    label: str
    api: bool = False
    ui: bool = False


COMPANY_ATTRIBUTES = (
    StandardAttribute("name", "string", "Company name", api=True),
    StandardAttribute("company_id", "string", "Company ID"),
    StandardAttribute("last_request_at", "date", "Company last seen"),
    StandardAttribute("remote_created_at", "date", "Company created at", api=True),
    StandardAttribute("user_count", "integer", "People"),
    StandardAttribute("session_count", "integer", "Company web sessions"),
    StandardAttribute("plan.name", "string", "Plan"),
    StandardAttribute("monthly_spend", "float", "Monthly Spend", api=True),
    StandardAttribute("size", "integer", "Company size", api=True),
    StandardAttribute("industry", "string", "Company industry", api=True),
    StandardAttribute("website", "string", "Company website", api=True),
    StandardAttribute("id", "string", "ID"),
    StandardAttribute("created_at", "date", "Created at"),
    StandardAttribute("updated_at", "date", "Updated at"),
    StandardAttribute("plan.id", "string", "Plan ID"),
    StandardAttribute("app_id", "string", "App ID"),
)

CONTACT_ATTRIBUTES = (
    StandardAttribute("role", "string", "Contact role", api=True),
    StandardAttribute("name", "string", "Name", api=True, ui=True),
    StandardAttribute("owner_id", "integer", "Owner", api=True),
    StandardAttribute("email", "string", "Email", api=True, ui=True),
    StandardAttribute("phone", "string", "Phone", api=True, ui=True),
    StandardAttribute("external_id", "string", "User ID", api=True),
    StandardAttribute("created_at", "date", "First Seen"),
    StandardAttribute("signed_up_at", "date", "Signed up", api=True),
    StandardAttribute("last_seen_at", "date", "Last seen", api=True),
    StandardAttribute("last_contacted_at", "date", "Last contacted"),
    StandardAttribute("last_replied_at", "date", "Last heard from"),
    StandardAttribute("last_email_opened_at", "date", "Last opened email"),
    StandardAttribute("last_email_clicked_at", "date", "Last clicked on link in email"),
    StandardAttribute("location.country", "string", "Country"),
    StandardAttribute("location.region", "string", "Region"),
    StandardAttribute("location.city", "string", "City"),
    StandardAttribute("browser_language", "string", "Browser Language"),
    StandardAttribute("language_override", "string", "Language Override"),
    StandardAttribute("browser", "string", "Browser"),
    StandardAttribute("browser_version", "string", "Browser Version"),
    StandardAttribute("os", "string", "OS"),
    StandardAttribute("unsubscribed_from_emails", "boolean", "Unsubscribed from Emails", api=True),
    StandardAttribute("marked_email_as_spam", "boolean", "Marked email as spam"),
    StandardAttribute("has_hard_bounced", "boolean", "Has hard bounced"),
    StandardAttribute("id", "string", "ID"),
    StandardAttribute("avatar", "string", "Avatar image url", api=True),
    StandardAttribute("updated_at", "date", "Updated at"),
    StandardAttribute("workspace_id", "string", "Workspace ID"),
    StandardAttribute("android_app_name", "string", "Android App name"),
    StandardAttribute("android_sdk_version", "string", "Android SDK version"),
    StandardAttribute("ios_app_name", "string", "iOS App name"),
    StandardAttribute("ios_sdk_version", "string", "iOS SDK version"),
)

STANDARD_ATTRIBUTES = {"contact": CONTACT_ATTRIBUTES, "company": COMPANY_ATTRIBUTES}


def reserved_names(model: str) -> frozenset[str]:
    """The names that a custom attribute of `model` may not have: the keys of its object, in lower case.

    Assumptions: `plan` is reserved because of `plan.name`, and `city` is not (`location.city`).
    """
    return frozenset(attribute.full_name.partition(".")[0] for attribute in STANDARD_ATTRIBUTES[model])
