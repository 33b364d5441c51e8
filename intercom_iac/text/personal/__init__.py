"""Values of people in a report: what they are by their form, what of it is personal, and how it may be shown."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .forms import (
        Form,
        form_of,
        in_milliseconds,
        in_seconds,
        names_code,
        names_time,
        reads_as_boolean,
        reads_as_date,
        reads_as_number,
    )
    from .masking import mask_email, mask_phone, mask_text, shape_of
    from .personal_forms import (
        PersonalKind,
        card_forms,
        find_personal,
        mask_if_doubtful,
        mask_if_personal,
        mask_personal,
        names_phone,
    )

__all__ = [
    "Form",
    "PersonalKind",
    "card_forms",
    "find_personal",
    "form_of",
    "in_milliseconds",
    "in_seconds",
    "mask_email",
    "mask_if_doubtful",
    "mask_if_personal",
    "mask_personal",
    "mask_phone",
    "mask_text",
    "names_code",
    "names_phone",
    "names_time",
    "reads_as_boolean",
    "reads_as_date",
    "reads_as_number",
    "shape_of",
]

__getattr__ = lazy_names(
    __name__,
    {
        "forms": [
            "Form",
            "form_of",
            "in_milliseconds",
            "in_seconds",
            "names_code",
            "names_time",
            "reads_as_boolean",
            "reads_as_date",
            "reads_as_number",
        ],
        "masking": ["mask_email", "mask_phone", "mask_text", "shape_of"],
        "personal_forms": [
            "PersonalKind",
            "card_forms",
            "find_personal",
            "mask_if_doubtful",
            "mask_if_personal",
            "mask_personal",
            "names_phone",
        ],
    },
)
