"""What `breaking` says of the acceptances in the project file."""

from __future__ import annotations

from ...registry import Code
from .examples import accepting, between, contact

_SEATS = contact("seats: {type: integer}")
_NONE = contact("")
_PAST = "2024-01-31"
_ACCEPTED = between(_SEATS, _NONE, accepting())

ACCEPTS_NOTHING = Code(
    "BACK790",
    "an acceptance that can accept nothing",
    "An entry of `accept` names the code of a breaking change, as `breaking` prints it, and is there once.",
    wrong=between(_SEATS, _SEATS, accepting(code="BACK713")),
    right=_ACCEPTED,
)
ACCEPTANCE_EXPIRED = Code(
    "BACK791",
    "an acceptance has expired",
    "`expires` is the last day on which the change is accepted. The change is still there, and breaking again.",
    wrong=between(_SEATS, _NONE, accepting(_PAST)),
    right=_ACCEPTED,
)
ACCEPTANCE_UNUSED = Code(
    "BACK792",
    "an acceptance that is not used",
    "There is no such change against this revision: it was merged, taken back, or the address is misspelt. An "
    "entry that stays would let the same change through unseen another time.",
    wrong=between(_SEATS, _SEATS, accepting()),
    right=_ACCEPTED,
    severity="warning",
)
