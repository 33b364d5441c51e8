"""Intercom's standard attributes and the contact fields its search accepts, as data.

Company attributes: API 2.16 description, GET /data_attributes, with the label, type and writability shown there.
Contact attributes: recorded on API 2.3 (2021); the description shows no contact example.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard attribute: its full name (`plan.name`), type, label, and who may write it."""

    full_name: str
    data_type: str
    label: str
    api: bool = False
    ui: bool = False


COMPANY = (
    Standard("name", "string", "Company name", api=True),
    Standard("company_id", "string", "Company ID"),
    Standard("last_request_at", "date", "Company last seen"),
    Standard("remote_created_at", "date", "Company created at", api=True),
    Standard("user_count", "integer", "People"),
    Standard("session_count", "integer", "Company web sessions"),
    Standard("plan.name", "string", "Plan"),
    Standard("monthly_spend", "float", "Monthly Spend", api=True),
    Standard("size", "integer", "Company size", api=True),
    Standard("industry", "string", "Company industry", api=True),
    Standard("website", "string", "Company website", api=True),
    Standard("id", "string", "ID"),
    Standard("created_at", "date", "Created at"),
    Standard("updated_at", "date", "Updated at"),
    Standard("plan.id", "string", "Plan ID"),
    Standard("app_id", "string", "App ID"),
)

CONTACT = (
    Standard("role", "string", "Contact role", api=True),
    Standard("name", "string", "Name", api=True, ui=True),
    Standard("owner_id", "integer", "Owner", api=True),
    Standard("email", "string", "Email", api=True, ui=True),
    Standard("phone", "string", "Phone", api=True, ui=True),
    Standard("external_id", "string", "User ID", api=True),
    Standard("created_at", "date", "First Seen"),
    Standard("signed_up_at", "date", "Signed up", api=True),
    Standard("last_seen_at", "date", "Last seen", api=True),
    Standard("last_contacted_at", "date", "Last contacted"),
    Standard("last_replied_at", "date", "Last heard from"),
    Standard("last_email_opened_at", "date", "Last opened email"),
    Standard("last_email_clicked_at", "date", "Last clicked on link in email"),
    Standard("location.country", "string", "Country"),
    Standard("location.region", "string", "Region"),
    Standard("location.city", "string", "City"),
    Standard("browser_language", "string", "Browser Language"),
    Standard("language_override", "string", "Language Override"),
    Standard("browser", "string", "Browser"),
    Standard("browser_version", "string", "Browser Version"),
    Standard("os", "string", "OS"),
    Standard("unsubscribed_from_emails", "boolean", "Unsubscribed from Emails", api=True),
    Standard("marked_email_as_spam", "boolean", "Marked email as spam"),
    Standard("has_hard_bounced", "boolean", "Has hard bounced"),
    Standard("id", "string", "ID"),
    Standard("avatar", "string", "Avatar image url", api=True),
    Standard("updated_at", "date", "Updated at"),
    Standard("workspace_id", "string", "Workspace ID"),
    Standard("android_app_name", "string", "Android App name"),
    Standard("android_sdk_version", "string", "Android SDK version"),
    Standard("ios_app_name", "string", "iOS App name"),
    Standard("ios_sdk_version", "string", "iOS SDK version"),
)

BY_MODEL = {"contact": CONTACT, "company": COMPANY}


def reserved_names(model: str) -> frozenset[str]:
    """The names a custom attribute of `model` may not have: the keys of its object, in small letters.

    That `plan` clashes with `plan.name` and `city` with nothing (`location.city`) are assumptions.
    """
    return frozenset(attribute.full_name.partition(".")[0] for attribute in BY_MODEL[model])


def _search_fields() -> dict[str, str]:
    strings = (
        "id role name avatar email email_domain phone formatted_phone external_id language_override browser"
        " browser_language os location.country location.region location.city ios_app_version ios_device"
        " ios_app_device ios_os_version ios_app_name ios_sdk_version android_app_version android_device"
        " android_app_name andoid_sdk_version owner_id"
    )
    dates = (
        "created_at signed_up_at updated_at last_seen_at last_contacted_at last_replied_at last_email_opened_at"
        " last_email_clicked_at ios_last_seen_at android_last_seen_at"
    )
    booleans = "unsubscribed_from_emails marked_email_as_spam has_hard_bounced"
    return {
        **dict.fromkeys(strings.split(), "string"),
        **dict.fromkeys(dates.split(), "date"),
        **dict.fromkeys(booleans.split(), "boolean"),
        "tag_id": "tag",
        "segment_id": "segment",
    }


SEARCH_FIELDS = _search_fields()
"""Field -> type of what POST /contacts/search accepts (API 2.16 description), `andoid_sdk_version` included."""
