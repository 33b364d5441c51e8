"""Whether a contact's occurrences of events can pass all of several tests, and which occurrences do.

`deciding` says what is decided and what is not. Knows days and metadata; everything else about a contact is the
solver's.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .answers import DecideMetadata, EventsHappen
    from .deciding import decide_events

__all__ = ["DecideMetadata", "EventsHappen", "decide_events"]

__getattr__ = lazy_names(
    __name__, {"answers": ["DecideMetadata", "EventsHappen"], "deciding": ["decide_events"]}
)
