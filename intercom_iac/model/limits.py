"""Intercom's caps and bounds, each with its source. Explanations of codes repeat some; a test holds them to these."""

import unicodedata

# Help centre, "Send custom user attributes to Intercom": per workspace, archived ones make room. That it is
# one number for contacts and companies together is an assumption: the text says "per workspace".
MAX_ATTRIBUTES = 250

# Help centre, article 5245634: active event names; archived ones make room.
MAX_EVENTS = 120

# From which share of a cap on a warning tells how near it is: there is still time to choose what to archive.
NEAR_CAP = 0.8

# API 2.16 description, POST /events: further keys are ignored without a word, in the order they were sent.
MAX_METADATA_KEYS = 10

# Help centre, custom user attributes: the longest text value.
MAX_TEXT_LENGTH = 255

# Older API reference, data attributes: a list needs two options.
MIN_OPTIONS = 2

# API 2.16 description, POST /contacts/search.
MAX_SEARCH_LEVELS = 2
MAX_SEARCH_FILTERS = 15

# Help centre, custom user attributes: what a key cannot hold, besides control characters.
_FORBIDDEN_IN_KEYS = frozenset("~`!@#%^&*'{}|\\\".")

# The contact that registers events, by external id; the tool makes it, unsubscribed, at the first register.
REGISTRAR_EXTERNAL_ID = "intercom-iac-registrar"

# Segments that every workspace is made with (older API reference; help centre); never reported as unmanaged.
PREDEFINED_SEGMENTS = frozenset({"Active", "New", "Slipping Away"})

_MARKS_AND_CURRENCY = frozenset({"Mn", "Mc", "Sc"})


def is_near_cap(used: int, cap: int) -> bool:
    """Whether so many fit below a cap, and are near it."""
    return NEAR_CAP * cap <= used <= cap


def allowed_in_attribute_names(character: str) -> bool:
    """Whether a custom attribute's name may hold this character.

    The API's own message, POST /data_attributes: "alphanumeric characters, currency symbols, and hyphens"; space
    and underscore are missing from it and stand in the API's examples; a comma is in names that programs make, and
    that Intercom took. That the letters and digits may be of any script, with their combining marks, is an
    assumption. So is `$`: a currency symbol, which the help centre refuses; a plan that makes one warns (`PLAN629`).
    """
    return (
        character.isalnum() or character in " _-," or unicodedata.category(character) in _MARKS_AND_CURRENCY
    )


def allowed_in_metadata_keys(character: str) -> bool:
    """Whether the key of an event's metadata may hold this character.

    The help centre refuses the same characters here as in custom attributes' keys. The API's narrower message is
    about attributes only, so a sign that neither page names, such as `/`, is left to Intercom; so is `$`.
    """
    return character >= " " and character not in _FORBIDDEN_IN_KEYS
