"""What is proposed for the specs, by a workspace or by another tool's tracking plan, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.specs.author.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEntry:
    """An entry for the specs. `place` is where its source says it; `comment` stands above it in the file, for what is
    a guess: lines without `#`.

    `told` are the keys that the source tells of: one that is not in the entry is at its default. `inferred` are those
    that are a guess, which nothing that is declared is held to.
    """

    entry: Entry
    address: str
    place: str = ""
    comment: str | None = None
    told: frozenset[str] = frozenset()
    inferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMapped:
    """What has no place in the specs: `what` it is, `why`, and its `place` in the source.

    `whose` is what it belongs to, which `what` ends with: things that are alike but for it are told together.
    """

    what: str
    why: str
    place: str = ""
    whose: str = ""

    @property
    def alike(self) -> str:
        """What it is without whose it is."""
        return self.what.removesuffix(f" of {self.whose}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FitFinding:
    """What of a proposal does not fit Intercom, or fits in another way than it says.

    Its code is of the family FIT.
    """

    code: str
    message: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """So many of a cap."""

    count: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether the specs, with what is proposed, fit Intercom. It decides nothing."""

    attributes: Capacity
    events: Capacity
    findings: tuple[FitFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything that a source gives, in its order; what is left out is in `not_mapped`."""

    entries: tuple[ProposedEntry, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()
    findings: tuple[FitFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingField:
    """A key of an entry: what the specs say, and what the source does."""

    path: str
    specs: Any
    source: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingEntry:
    """An entry that the specs have with other values."""

    address: str
    fields: tuple[DifferingField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry:
    """An entry that is added or updated, and its file, from the project's root."""

    address: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import comes to. `texts` are the files to write, whole, by their paths from the project's root; nothing
    is written yet. `mistakes` are errors that the specs have then."""

    written: tuple[WrittenEntry, ...] = ()
    kept: tuple[str, ...] = ()
    differs: tuple[DifferingEntry, ...] = ()
    not_mapped: tuple[NotMapped, ...] = ()
    fit: Fit
    texts: Mapping[Path, str] = field(default_factory=dict[Path, str])
    mistakes: tuple[Diagnostic, ...] = ()
