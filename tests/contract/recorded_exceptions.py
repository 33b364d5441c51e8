"""Where the sandbox is right to answer otherwise than API 2.3 did in 2021, each place by name and with its reason.

A line names places of answers to some calls; `recorded` is what stood there, `ours` what does (`ANY`: anything). Data
only: `test_recordings.py` refuses a difference that no line names, and a line that names none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from contract.recording import ABSENT, Difference

ANY = object()
CONTACT = r"(\$|\$\.data\[\])"


@dataclass(frozen=True)
class Named:
    """A kind of difference that is meant."""

    name: str
    reason: str
    calls: str
    places: str
    recorded: Any = ANY
    ours: Any = ANY
    exchange: tuple[str, int] | None = None
    stale: bool = False
    """Only of searches whose answer was older than what had been recorded already."""

    def covers(self, exchange: tuple[str, int], difference: Difference, *, stale: bool) -> bool:
        """Whether the difference, met in the exchange of that number of that file, is one of these."""
        return (
            re.fullmatch(self.calls, f"{difference.method} {difference.path}") is not None
            and re.fullmatch(self.places, difference.kind) is not None
            and self.recorded in (ANY, difference.recorded)
            and self.ours in (ANY, difference.ours)
            and self.exchange in (None, exchange)
            and (stale or not self.stale)
        )


EXCEPTIONS = (
    Named(
        "fields that contacts have by now",
        "the description of 2.16 shows them on every contact",
        r"(GET|PUT|POST) /contacts(/search|/[0-9a-f]{24})?",
        CONTACT
        + r"\.(email_domain|enabled_push_messaging|referrer|utm_\w+|opted_(in|out)_subscription_types)",
        ABSENT,
    ),
    Named(
        "references say their type",
        "the description of 2.16 has `type` and `external_id` (schema `contact_reference`), and no `object`",
        r"(DELETE /contacts/[0-9a-f]{24}|POST /contacts/[0-9a-f]{24}/(un)?archive)",
        r"\$\.(object|type|external_id)",
    ),
    Named(
        "when a tag was put on, and by whom",
        "the description of 2.16 has both on the tags of a contact",
        r"(GET|POST|DELETE) /contacts/[0-9a-f]{24}/tags(/\d+)?",
        r"\$(\.data\[\])?\.applied_(at|by)",
        ABSENT,
    ),
    Named(
        "messenger_writable",
        "the description of 2.16 has it on every attribute",
        r"GET /data_attributes",
        r"\$\.data\[\]\.messenger_writable",
        ABSENT,
    ),
    Named(
        "descriptions of attributes",
        "those of standard attributes are Intercom's own sentences and not repeated; of custom ones without any, API "
        "2.3 shows now null, now an empty text, where the description of 2.16 has a text or nothing",
        r"GET /data_attributes",
        r"\$\.data\[\]\.description",
        ours=ABSENT,
    ),
    Named(
        "who made an attribute",
        "the sandbox has one teammate, of id 1; who else could have made it is not in the recording",
        r"GET /data_attributes",
        r"\$\.data\[\]\.admin_id",
    ),
    Named(
        "an address that was taken away, in lists",
        "recorded as an empty text by id and null in lists and searches; the description of 2.16 allows no null",
        r"(POST /contacts/search|GET /contacts)",
        r"\$\.data\[\]\.email",
        None,
    ),
    Named(
        "a search that is behind",
        "the recorded index still had the contact as it was before a change; ours lags where it is told to",
        r"POST /contacts/search",
        r"\$\.data\[\]\.(name|phone|email|custom_attributes\.\w+|tags\.(data\.length|total_count))",
        stale=True,
    ),
    Named(
        "a list that is behind",
        "it shows the three contacts archived in the minute before and none of those made in it",
        r"GET /contacts",
        r"(\$\.(total_count|data(\.length|\[\]\..+))|updated_at went on)",
        exchange=("lead-quirks.json", 42),
    ),
    *(
        Named(
            "a tag within the second of another change",
            "the recording has several calls a second; the replay gives each a second of its own",
            r"GET /contacts/[0-9a-f]{24}",
            "updated_at went on",
            0,
            exchange=place,
        )
        for place in (
            ("export-record-archive.json", 48),
            ("export-record-lifecycle.json", 23),
            ("export-record-lifecycle.json", 40),
        )
    ),
    *(
        Named(
            "a 500 for a contact deleted seconds ago",
            "two minutes after a deletion the same call is a 400 that says why; ours says so at once",
            r"POST /contacts/[0-9a-f]{24}/unarchive",
            r"(status|\$\.errors\[\]\.(code|message))",
            exchange=("lead-quirks.json", number),
        )
        for number in (32, 40)
    ),
)
