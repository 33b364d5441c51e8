"""The standard fields that a contact search accepts."""


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
"""Field -> type, as POST /contacts/search accepts them (API 2.16 description, its misspelling included)."""
