"""The Python API: load a project, check it, compile, evaluate and relate its rules, plan.

What `__all__` names is promised, with what docs/api.md says of it; everything else of the package may change at any
time. Importing this module is cheap: what a call needs is imported when it is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from intercom_iac.diagnostics import (
    Diagnostic,
    IntercomIacError,
    InvalidSpecs,
    Misuse,
    PlanError,
    WorkspaceError,
)
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Person

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from intercom_iac import model, planning
    from intercom_iac.application import Session, TypedRule

__all__ = [
    "Change",
    "Compiled",
    "Diagnostic",
    "Dialect",
    "IntercomIacError",
    "InvalidSpecs",
    "Misuse",
    "Person",
    "Plan",
    "PlanError",
    "Project",
    "Relation",
    "Rule",
    "Snapshot",
    "Target",
    "WorkspaceError",
    "load",
]

Target: TypeAlias = Literal["search", "audience", "sql", "english", "tree"]
Dialect: TypeAlias = Literal["duckdb", "postgres", "snowflake", "bigquery", "spark"]


def load(
    path: str | os.PathLike[str] = ".",
    *,
    workspace: str | None = None,
    today: date | None = None,
    timezone: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Project:
    """The project of a folder or of one above it; `path` may also be the project file itself.

    `workspace` is one of the project file, None for its default. `today` stands for the present day, `timezone` (an
    IANA name) for the workspace's. `environment` has the values of variables and the access tokens; by default it is
    that of the process. Raises `InvalidSpecs` for what is wrong with the project file, or where there is none, and
    `Misuse` for a time zone or a workspace that there is not.
    """
    from zoneinfo import ZoneInfo

    from intercom_iac.application import open_session

    try:
        zone = None if timezone is None else ZoneInfo(timezone)
    except (KeyError, OSError, ValueError) as error:
        raise Misuse(f"no time zone `{timezone}`", hint="names are like Europe/Dublin") from error
    start = Path(path)
    session = open_session(
        start,
        project=None if start.is_dir() else start,
        workspace=workspace,
        today=today,
        environment=os.environ if environment is None else environment,
    )
    if workspace is not None:
        # A name that there is not is told here, not by what is asked first.
        _ = session.workspace
    return Project(session, zone)


class Project:
    """A project for one of its workspaces, as its files were when it was first asked; made by `load`."""

    def __init__(self, session: Session, zone: ZoneInfo | None) -> None:
        self._session = session
        self._zone = zone

    def check(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the specs, for any workspace of the project: errors, warnings and remarks by place."""
        from intercom_iac.application import check

        return check(self._session).diagnostics

    @property
    def segments(self) -> tuple[str, ...]:
        """The keys of the segments that are not archived. Raises `InvalidSpecs` for errors in the specs."""
        segments = self._session.schema().segments.values()
        return tuple(segment.key for segment in segments if segment.status != "archived")

    def segment(self, key: str) -> Rule:
        """The rule of a segment. Raises `Misuse` for a key there is not, and `InvalidSpecs`."""
        from intercom_iac.application.rules.segments import choose_segments

        (segment,) = choose_segments(self._session.schema(), [key])
        return Rule(self._session, self._zone, segment.typed_rule)

    def rule(self, text: str) -> Rule:
        """A rule of text. Raises `InvalidSpecs` with every mistake in it, or in the specs."""
        from intercom_iac.application import read_rule

        return self._typed(read_rule(self._session, text))

    def rule_from_json(self, document: str | Mapping[str, Any]) -> Rule:
        """The rule of a document that `compile("tree")` gives, or of its text. Raises as `rule` does."""
        from intercom_iac.application import read_rule_document

        text = document if isinstance(document, str) else json.dumps(document)
        return self._typed(
            read_rule_document(self._session, text.encode(errors="surrogatepass"), "<document>")
        )

    def read_snapshot(
        self, *, embedded: str | os.PathLike[str] | None = None, url: str | None = None
    ) -> Snapshot:
        """What the workspace holds now. An `embedded` workspace, by its file, or a server at a `url`, which gets the
        workspace's token, may stand in its place.

        Raises `WorkspaceError`, and `Misuse` for a file and a URL at once.
        """
        from intercom_iac.application import read_snapshot

        path = None if embedded is None else Path(embedded)
        return Snapshot(read_snapshot(self._session, embedded=path, url=url))

    def plan(self, snapshot: Snapshot | None = None, *, targets: Sequence[str] = ()) -> Plan:
        """What apply would do, to the workspace as the snapshot has it, else as it is now.

        `targets` are addresses, kinds or owners, none for everything. Raises `InvalidSpecs` for errors in the specs,
        `Misuse` for a target that names nothing, and `WorkspaceError`.
        """
        from intercom_iac.application import plan, plan_from_snapshot

        if snapshot is None:
            return Plan(plan(self._session, targets=targets))
        return Plan(plan_from_snapshot(self._session, snapshot.content, targets))

    def _typed(self, rule: TypedRule) -> Rule:
        return Rule(self._session, self._zone, rule.predicate, rule.warnings)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule in a target's form: `data` is what `rule compile --format json` prints, `text` what it prints as text.

    `remarks` say what the target cannot decide.
    """

    data: Any
    text: str
    remarks: tuple[Diagnostic, ...] = ()


class Rule:
    """A rule whose every name is one of the specs; made by a `Project`. `warnings` are about it."""

    def __init__(
        self,
        session: Session,
        zone: ZoneInfo | None,
        predicate: model.Predicate,
        warnings: tuple[Diagnostic, ...] = (),
    ) -> None:
        self._session = session
        self._zone = zone
        self._predicate = predicate
        self.warnings = warnings

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """The rule as `fmt` writes it."""
        from intercom_iac.rules import format_rule

        return format_rule(self._predicate)

    def compile(self, target: Target, *, dialect: Dialect = "duckdb") -> Compiled:
        """The rule in a target's form; SQL in a dialect.

        Raises `InvalidSpecs` where an audience cannot say it, and `Misuse` for a target or a dialect there is not.
        """
        from intercom_iac.application import compile_rule

        for what, name, known in (("target", target, Target), ("dialect", dialect, Dialect)):
            if name not in get_args(known):
                raise Misuse(f"no {what} `{name}`", hint=f"there are {', '.join(get_args(known))}")
        compiled = compile_rule(self._session, self._predicate, target, dialect=dialect, zone=self._zone)
        if compiled.failed:
            raise InvalidSpecs(compiled.diagnostics)
        return Compiled(compiled.data, compiled.text, compiled.diagnostics)

    def members(self, people: Iterable[Person]) -> list[Person]:
        """Those of the people who satisfy the rule, in their order."""
        from intercom_iac.application import satisfying

        return satisfying(self._session, self._predicate, people, zone=self._zone)

    def relate(self, other: Rule | None = None) -> Relation:
        """How the rule stands to everybody, or to another rule of the project, on every day from the project's on.

        No workspace is asked: without a time zone of the project, days are in that of the project file, else in UTC.
        """
        from intercom_iac.application import ProofRequest, relate_predicates
        from intercom_iac.prover import NamedRule
        from intercom_iac.reporting import related_json

        rules = [NamedRule("the first rule", self._predicate)]
        if other is not None:
            rules.append(NamedRule("the second rule", other._predicate))
        related = relate_predicates(self._session, rules, ProofRequest(zone=self._zone))
        data = related_json(related)
        people = {
            place: None if witness is None else _person(witness)
            for place, witness in data["witnesses"].items()
        }
        return Relation(data["relation"], people, data)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a rule stands to everybody or to another: `name`, as docs/proofs.md has them.

    `people` are the witnesses: `in` and `out` of one rule, `both`, `first_only` and `second_only` of two; None where
    nobody is there, or where it is unknown. `data` is what `rule relate --format json` prints: with the day of each
    witness, what excludes the others, and what is not known.
    """

    name: str
    people: Mapping[str, Person | None]
    data: Mapping[str, Any]


def _person(witness: Mapping[str, Any]) -> Person:
    from intercom_iac.prover import decode_witness

    return decode_witness(witness).person


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a workspace held at a moment; made by `Project.read_snapshot`, for `Project.plan`.

    Its `content` is not part of what is promised.
    """

    content: model.Snapshot

    @property
    def app_id(self) -> str:
        """The id of the workspace."""
        return self.content.identity.app_id

    @property
    def timezone(self) -> str:
        """The time zone of the workspace, an IANA name."""
        return self.content.identity.timezone


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan: `address` is of the specs, `steps` are for a person where the API cannot do it."""

    address: str
    action: str
    risk: str
    reason: str
    steps: tuple[str, ...]


class Plan:
    """What apply would do; made by `Project.plan`."""

    def __init__(self, plan: planning.Plan) -> None:
        self._plan = plan

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes in the order they are made."""
        return tuple(
            Change(change.address, change.action, change.risk, change.reason, change.steps)
            for change in self._plan.changes
        )

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data: what `plan --format json` prints, and `intercom-iac schema plan` describes."""
        from intercom_iac.planning import encode

        return encode(self._plan)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the plan to a file for `intercom-iac apply`, readable by its owner only."""
        from intercom_iac.application import save_plan

        save_plan(self._plan, Path(path))
