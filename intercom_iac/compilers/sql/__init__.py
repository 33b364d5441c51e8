"""Typed rule -> SQL over a documented relational model (`tables`), in five dialects.

`members`, `counts` and `masks` are whole statements; `DIALECTS` names the dialects. Each raises `UndecidedRule` for a
rule that asks for a segment which was built in Intercom. Their `today` is a day, or `current_day`, which the engine
works out whenever the statement runs.
"""

from intercom_iac.model import InIntercomSegment

from ..limitations import Limitation, by_form
from .days import CurrentDay, current_day
from .dialect import DIALECTS, Dialect
from .statements import MASK_BITS, counts, key_of_event, mask_names, masks, members
from .tables import column

UNSUPPORTED = by_form(Limitation((InIntercomSegment,), "only Intercom knows who is in the segment `{name}`"))

__all__ = [
    "DIALECTS",
    "MASK_BITS",
    "CurrentDay",
    "Dialect",
    "column",
    "counts",
    "current_day",
    "key_of_event",
    "mask_names",
    "masks",
    "members",
]
