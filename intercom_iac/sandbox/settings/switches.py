"""Switches: each a behaviour of Intercom that is not documented, with its source and a default."""

from dataclasses import dataclass

LEAST_NUMBERS = {"string_value_length": 1, "event_metadata_keys": 1}
"""The least value of a number, where it is not 0."""


@dataclass(frozen=True, slots=True)
class Switches:
    """How the embedded workspace behaves where Intercom's own behaviour is not documented.

    The defaults are the documented or the stricter behaviour, so that what works here works there.
    """

    attribute_limit: int = 250
    """How many custom attributes a workspace may have, of contacts and companies together.

    Help centre (articles/179): 250 per workspace. Whether the number is counted per model is not established.
    """

    archived_attributes_count: bool = False
    """Whether archived attributes count towards `attribute_limit`.

    Help centre: "archive unused attributes to free up space", hence no; an issue of 2018 says yes.
    """

    archived_names_reserved: bool = True
    """Whether an archived attribute still occupies its name. Not established; attributes cannot be deleted."""

    attribute_names_fold_case: bool = False
    """Whether `Plan` and `plan` are the same custom attribute name.

    Not established for the uniqueness check; the help centre calls keys case-sensitive.
    """

    dollar_in_attribute_names: bool = False
    """Whether an attribute name may contain `$`.

    The API's own message allows currency symbols, the help centre forbids dollars.
    """

    audiences_block_archiving: bool = True
    """Whether an attribute used by an audience is a "dependant object" that cannot be archived.

    The API has the error; what counts as dependent is not established.
    """

    attributes_in_use: frozenset[str] = frozenset()
    """Names of custom attributes that have a "dependant object" outside the API, and cannot be archived.

    Such as messages and series that a person built in Intercom's screens.
    """

    segments_block_archiving: bool = True
    """Whether an attribute that a segment's query tests is a "dependant object" that cannot be archived.

    Not established; the parallel error of a tag in use names segments (API 2.16, DELETE /tags/{id}).
    """

    archived_attributes_writable: bool = False
    """Whether a contact or company may still be given a value of an archived attribute. Not established."""

    restoring_needs_room: bool = True
    """Whether an attribute can be restored only where `attribute_limit` leaves room. Not established."""

    unknown_options_accepted: bool = True
    """Whether a value outside a list attribute's options is stored.

    A documentation change of April 2026 announced a 400 and was reverted three days later.
    """

    strings_coerced: bool = False
    """Whether `"12"`, `"true"` and `"2026-01-31"` are accepted as an integer, a boolean and a date.

    Not established for custom attribute values.
    """

    string_value_length: int = 255
    """Longest text value of an attribute or an event's metadata, in characters. Help centre (articles/179)."""

    booleans_in_metadata: bool = True
    """Whether `true` and `false` are values of an event's metadata. The documented types do not list them."""

    event_name_limit: int = 120
    """How many active event names a workspace may have.

    Help centre (articles/5245634). The error was observed at the Messenger's endpoint; that `POST /events`
    answers the same is an assumption.
    """

    event_metadata_keys: int = 10
    """Metadata keys tracked per event name, in the order sent; further ones are ignored. API 2.16, POST /events."""

    emails_fold_case: bool = True
    """Whether `Ada@x.example` and `ada@x.example` are one address: in the check that a user is new, and where an
    event names its person.

    Not established; mail addresses ignore case, and refusing the second user is the stricter behaviour.
    ASCII letters only.
    """

    email_search_folds_case: bool = False
    """Whether `=`, `!=`, `IN` and `NIN` of a search on `email` and `email_domain` ignore case.

    Not established; by the help centre `is` and `is not` compare letter by letter. ASCII letters only.
    """

    text_search_folds_case: bool = True
    """Whether `~`, `!~`, `^` and `$` of a search ignore case. Not established; `=` does not (help centre).

    Texts are compared in lower case, letter by letter, as in a database: `ß` is not `ss`.
    """

    operators_unprocessable: bool = True
    """Whether an operator that a search field does not take is a 422 `invalid_operator`; else it is a 400
    `parameter_invalid`.

    Notes on the official description give the status for date fields and the code for `tag_id`; that both hold for
    every field is an assumption.
    """

    mixed_groups_accepted: bool = True
    """Whether a group of a search may hold filters beside groups.

    The description's examples have one kind at a time, and no text forbids or allows both; connectors in wide use
    send both, so it is accepted. The compiler of rules never mixes them.
    """

    search_lag: int = 0
    """For how many seconds `POST /contacts/search` still finds a contact as it was before a write, or does not find a
    new one.

    The search guide: "can take a few minutes". In whole seconds, so it may be up to one second longer. Only writes of
    this process lag; tags, segments and deletions do not.
    """

    messenger_creates_attributes: bool = True
    """Whether an unknown key that the Messenger sends becomes a custom attribute.

    Help centre (articles/9046751): it does, for people and companies, until a setting of the workspace forbids it.
    """

    unknown_versions_accepted: bool = False
    """Whether an `Intercom-Version` that Intercom does not have is ignored, and 2.16 answers.

    Not established. `Preview` and 2.17, which exist, are answered by 2.16 in any case.
    """

    event_summaries_add: bool = True
    """Whether a summary of `POST /events/summaries` is added to the events themselves; else it replaces them.

    The description says what a summary holds, not what it does to earlier events and summaries.
    """

    conversation_attribute_names_unique: bool = True
    """Whether two conversation attributes, archived ones included, may not share a name. Not established."""
