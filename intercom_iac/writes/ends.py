"""How writes ended, and what became of all of them."""

from __future__ import annotations

from typing import Literal

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.lazy_dataclass import dataclass

from .write import Write

Result = Literal["done", "failed", "held_back"]
"""`held_back`: not made, since the write that it comes after failed."""


@dataclass(frozen=True, slots=True)
class WriteError:
    """Why a write failed: `code` is the diagnostic code that explains it."""

    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteEnd:
    """How one write ended. `live_id` is Intercom's id of the record, where the write has shown it: a record that was
    created is known by it long before a search finds it."""

    number: int
    result: Result
    live_id: str | None = None
    error: WriteError | None = None


@dataclass(frozen=True, slots=True)
class WriteFailure:
    """A write that failed, and why."""

    write: Write
    error: WriteError


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryProgress:
    """How far a delivery is: `rate` is writes a second lately, `seconds_left` what the rest takes at that rate, None
    where nothing is known yet."""

    total: int
    done: int
    failed: int
    not_tried: int
    rate: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of the writes of a spool: each is counted once.

    `held_back` of those that were not tried come after one that failed. `failures` are the first that failed in this
    run. `stopped` ended it before its end, as `interrupted` did; of those that ran then, the ones that may have been
    made count as failed.
    """

    done: int
    failed: int
    not_tried: int
    held_back: int = 0
    failures: tuple[WriteFailure, ...] = ()
    stopped: IntercomIacError | None = None
    interrupted: bool = False

    @property
    def complete(self) -> bool:
        return not self.failed and not self.not_tried
