"""What a plan is: changes in the order they are made, and what they rest on.

A change of any action but `manual` is one write to Intercom (the first `register` also makes the contact it is sent
for); `manual` is what the API cannot do, with the steps for a person. What needs such a step to be done waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from intercom_iac.changes import Risk
from intercom_iac.diagnostics import Diagnostic, Family, Severity, family_of
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Kind
from intercom_iac.model.limits import MAX_ATTRIBUTES, MAX_EVENTS
from intercom_iac.text import Span

from .operations import ACTIONS, Action, FieldChange, Operation, Rank


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the specs something is said; `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    @classmethod
    def of_span(cls, span: Span | None) -> Place | None:
        return None if span is None else cls(span.file.path, span.line, span.column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One operation, at the address of the specs that asks for it, and why.

    `steps` are what a person does where the API cannot. `needed_by` are the addresses whose rules read it.
    `waits_for` are the addresses at which a person has something to do before: apply leaves the change to the plan
    after that.
    """

    address: str
    operation: Operation
    risk: Risk
    reason: str
    steps: tuple[str, ...] = ()
    needed_by: tuple[str, ...] = ()
    source: Place | None = None
    waits_for: tuple[str, ...] = ()

    @property
    def object(self) -> Kind:
        """The kind of thing in Intercom that changes: a segment of the specs may stand for an audience or a tag."""
        return self.operation.kind

    @property
    def name(self) -> str:
        """What it is called in Intercom."""
        return self.operation.name

    @property
    def action(self) -> Action:
        return self.operation.action

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        return self.operation.fields

    @property
    def live_id(self) -> str | None:
        """The id of the object that is there already."""
        return self.operation.live_id

    @property
    def is_waiting(self) -> bool:
        """Whether apply would make it, and not yet."""
        return bool(self.waits_for) and not self.operation.by_hand

    @property
    def rank(self) -> Rank:
        return Rank.WAITING if self.is_waiting else self.operation.rank

    @property
    def active_attributes(self) -> int:
        """What the change adds to the number of active attributes; one that waits adds nothing yet."""
        return 0 if self.waits_for else self.operation.active_attributes

    def after(self, path: str) -> Any:
        """What the field is to become; None where the change leaves it."""
        return self.operation.after.get(path)


@dataclass(frozen=True, slots=True)
class Remark:
    """A diagnostic of the plan, as it is kept in a saved plan: with a place, without the source text.

    `counted`: it is there for what was counted in the workspace, which nobody counts again when the plan is applied.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    source: Place | None = None
    counted: bool = False

    @property
    def family(self) -> Family | None:
        """The stage that its code belongs to, such as `Family.BACK`."""
        return family_of(self.code)

    @classmethod
    def of_diagnostic(cls, diagnostic: Diagnostic) -> Remark:
        return cls(
            diagnostic.code,
            diagnostic.severity,
            diagnostic.message,
            diagnostic.hint,
            Place.of_span(diagnostic.span),
        )

    def diagnostic(self) -> Diagnostic:
        """The diagnostic again, without its place: the source text is not kept."""
        return Diagnostic(self.code, self.message, None, self.hint, self.severity)


@dataclass(frozen=True, slots=True)
class Verification:
    """What is in the workspace as declared, as far as Intercom tells: `verified` and `unverified` say how far.

    Each completes a sentence: verified its name, not its rule. `complete`: all that is declared was verified, and
    what is not known is whose it is. In plan files these are called `standing`, and `complete` is `whole`.
    """

    address: str
    object: Kind
    name: str
    verified: str
    unverified: str
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was counted in the workspace for whoever reads the plan: `text` completes the sentence about the address.

    People come and go all day, so no plan rests on it, and apply does not count again.
    """

    address: str
    text: str
    count: int
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentChange:
    """A segment whose people are others than by the specs that the plan was compared with, as `breaking` tells it.

    It is for whoever reads the plan: nothing rests on it. `remark` is the message of the remark that says it in a
    line. `relation` is how the new rule stands to the old one, `people` who enters and who leaves, in words;
    `witnesses`, `reason` and `counts` are as in `breaking`'s JSON, and `counted` is the counts in words.
    """

    address: str
    code: str
    relation: str
    remark: str
    people: Mapping[str, str]
    witnesses: Mapping[str, Any]
    reason: str | None = None
    counts: Mapping[str, Any] | None = None
    counted: str | None = None


WhyNotPromoted = Literal[
    "missing", "different", "unknown", "needs", "adopted", "not_for_source", "not_for_target"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPromoted:
    """What the specs declare and a promotion leaves out, and why.

    `missing`: the source does not have it; `different`: it has it otherwise than declared; `unknown`: Intercom does
    not tell; `needs`: what it needs is not promoted; `not_for_source`, `not_for_target`: the specs do not declare it
    for that workspace. `reason` is the sentence about the address.
    """

    address: str
    why: WhyNotPromoted
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInSpecs:
    """What the source has and the specs do not; `command` brings it into them, None where nothing does."""

    address: str
    command: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """Where a plan promotes from, and what it leaves out: for whoever reads it, since nothing rests on it.

    `source` is the name of that workspace in the project, `app_id` what it answered. `unverified` says of addresses
    that are promoted what Intercom does not tell of them in the source.
    """

    source: str
    app_id: str
    not_promoted: tuple[NotPromoted, ...] = ()
    not_in_specs: tuple[NotInSpecs, ...] = ()
    unverified: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to count for an address: the contacts that a search finds, and with `of` those of another one beside them.

    `text` is what is told with the answer, where `{count}` and `{of}` stand for the numbers and `{people}` for `42
    people`. With a `remark` nothing is told where the search finds nobody; else the remark is, with `{people}` in it.
    `of_members`: it is about who has a published tag or attribute.
    """

    address: str
    text: str
    query: Mapping[str, Any]
    of: Mapping[str, Any] | None = None
    remark: Remark | None = None
    of_members: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveProposal:
    """An attribute that could be archived to make room, which no rule reads; `reason` says what was seen of it.

    `source` is its entry, to be given `status: archived`; None for one that the specs do not have: `entry` is the
    text that declares it archived.
    """

    address: str
    reason: str
    source: Place | None
    entry: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomProposals:
    """What to archive where a plan passes the cap on attributes: `needed` so many, the best to archive first.

    `sampled` says of whom the workspace was asked, or why it was not. `entries` is the text of a spec file that
    declares as archived what the specs do not have of them.
    """

    needed: int
    sampled: str
    proposals: tuple[ArchiveProposal, ...] = ()
    entries: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """How many contacts have a value of an old attribute (`of`), and how many of these one of the new, too."""

    copied: int
    of: int

    @property
    def are_complete(self) -> bool:
        return self.copied >= self.of


STAGES = ("create", "copy", "rules", "archive")
"""The stages in which an attribute takes the place of another, by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where an attribute stands that takes the place of the one at `replaces`: `stage` counts from 1.

    `due` is what comes next; `by_hand`: a person does it. `waits_for` are what still reads the old one. `copies` is
    what the decision rests on whether values are copied, None where nobody counted.
    """

    address: str
    replaces: str
    stage: int
    due: str
    by_hand: bool
    waits_for: tuple[str, ...] = ()
    copies: Copies | None = None

    @property
    def name(self) -> str:
        return STAGES[self.stage - 1]


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a cap is used now, and after the plan."""

    used: int
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class PlannedWorkspace:
    """Which workspace the plan is for: its name in the project, and what `GET /me` answered."""

    name: str
    app_id: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ComparedWith:
    """Earlier specs: what they were called, such as `origin/main`, and their commit, or the folder they are in."""

    name: str
    revision: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes in the order they are made, and what they rest on.

    `rests_on` maps each definition of the workspace to a digest of it; `live_digest` is one digest of them all. Apply
    reads the workspace again and refuses when they differ. `created_at` is in UTC, to the second; None where it is
    unknown. `verifications` are of what does not differ and could not be compared completely. `targets` bound the
    plan, none for all. `makes_registrar`: the first event to register also makes the contact that it is sent for.
    `against` are earlier specs that decide what is planned, where a plan without them would be another one.
    `promotion` is of a plan that makes a workspace what another one is. `stages` are of the attributes that take the
    place of others. `segment_changes` are of segments whose rules changed, or whose people did. `room` is of a plan
    that passes the cap on attributes. `questions` are what to count in the workspace for whoever reads the plan,
    which plan files do not hold; `measured`: that was done, as far as it could be.
    """

    workspace: PlannedWorkspace
    specs_digest: str
    live_digest: str
    changes: tuple[Change, ...] = ()
    attributes: Usage = Usage(0, 0, MAX_ATTRIBUTES)
    events: Usage = Usage(0, 0, MAX_EVENTS)
    unmanaged: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rests_on: Mapping[str, str] = field(default_factory=dict[str, str])
    created_at: datetime | None = None
    verifications: tuple[Verification, ...] = ()
    targets: tuple[str, ...] = ()
    against: ComparedWith | None = None
    makes_registrar: bool = False
    measurements: tuple[Measurement, ...] = ()
    promotion: Promotion | None = None
    room: RoomProposals | None = None
    questions: tuple[Question, ...] = field(default=(), compare=False)
    measured: bool = field(default=False, compare=False)
    stages: tuple[Stage, ...] = ()
    segment_changes: tuple[SegmentChange, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many changes of each action, zeros included; those that wait are `waiting`, where there are any."""
        counted = Counter(call.action for call in (*self.calls, *self.manual))
        waiting = {"waiting": len(self.waiting)} if self.waiting else {}
        return {action: counted[action] for action in ACTIONS} | waiting

    @property
    def calls(self) -> tuple[Change, ...]:
        """The changes that apply makes, in order."""
        return tuple(
            change for change in self.changes if not change.operation.by_hand and not change.waits_for
        )

    @property
    def waiting(self) -> tuple[Change, ...]:
        """The changes that a later apply makes, when a person has done what they wait for."""
        return tuple(change for change in self.changes if change.is_waiting)

    @property
    def manual(self) -> tuple[Change, ...]:
        """The changes left to a person."""
        return tuple(change for change in self.changes if change.operation.by_hand)

    @property
    def errors(self) -> tuple[Remark, ...]:
        """What forbids to apply the plan."""
        return tuple(remark for remark in self.remarks if remark.severity == "error")

    @property
    def destructive(self) -> tuple[Change, ...]:
        """The changes that apply makes and that archive or delete."""
        return tuple(call for call in self.calls if call.operation.destructive)
