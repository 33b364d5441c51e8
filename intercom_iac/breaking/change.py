"""A change between two revisions of the specs: what it is, how grave, and whom it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from intercom_iac.changes.row import Kind
from intercom_iac.diagnostics import SEVERITY_OF_LEVEL, Code, Diagnostic, Level, Related
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span, brief_text

if TYPE_CHECKING:
    from intercom_iac.prover.impact.effects import SegmentEffect
    from intercom_iac.prover.impact.supposition import Supposition

    from .members.member_change import MemberChange, MemberCounts, Rules


@dataclass(frozen=True, slots=True)
class ReachedSegment:
    """What a change does by itself to a segment of the old specs.

    `is_mended`: its rule, or one that it refers to, is another in the new specs.
    """

    effect: SegmentEffect
    is_mended: bool

    @property
    def text(self) -> str:
        """The effect in a line, safe to print."""
        mended = "; its rule changes with it" if self.is_mended else ""
        return f"`{self.effect.segment}`: {self.effect.words}{mended}"


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference, at one address.

    `kind` says whether something was added, changed or removed: an entry, an option, a key, a use of it. `message`
    says what changed without the values; those are `before` and `after`, plain JSON data, None where there is none.
    `names_values`: the message names them all the same, or a flag has but two. `members` says how the people of a
    segment change; None where that is not what changed, or nobody asked. `supposition` is what the change comes to by
    itself for who reads the attribute, and `reached` what it does to segments; none where nobody asked. `affected`
    are the addresses of segments, old or new, that read or name what changed. `source` is its place in the new specs,
    `old_source` its place in the old ones. `workspaces` are those that it holds for; none where it is all of them.
    """

    address: str
    code: str
    level: Level
    kind: Kind
    message: str
    hint: str | None = None
    before: Any = None
    after: Any = None
    affected: tuple[str, ...] = ()
    source: Span | None = None
    old_source: Span | None = None
    workspaces: tuple[str, ...] = ()
    names_values: bool = False
    members: MemberChange | None = None
    supposition: Supposition | None = None
    reached: tuple[ReachedSegment, ...] = ()

    def diagnostic(self, accepted: str | None = None) -> Diagnostic:
        """The change as a diagnostic, by itself: with its address, its values and whom it reaches.

        One that is `accepted`, in words, is a remark.
        """
        message = f"`{self.address}`: {self.full_message}"
        if self.counts_text is not None:
            message += f"; counted: {self.counts_text}"
        if self.has_values:
            message += f" (was {brief_text(self.before)}, now {brief_text(self.after)})"
        unnamed = [f"`{reader}`" for reader in self.unnamed_affected]
        if unnamed:
            message += f"; affects {', '.join(unnamed)}"
        message += "".join(f"; {reached.text}" for reached in self.reached)
        related = (
            () if self.old_source is None else (Related(self.old_source, "before the change it stood here"),)
        )
        severity = "info" if accepted else SEVERITY_OF_LEVEL[self.level]
        return Diagnostic(
            self.code,
            message,
            self.source,
            accepted or self.hint,
            severity,
            related,
            subject=self.address,
        )

    @property
    def unnamed_affected(self) -> list[str]:
        """The affected segments but for those that the message names, or that are told what the change does to."""
        reached = {segment.effect.segment for segment in self.reached}
        return [
            reader for reader in self.affected if f"`{reader}`" not in self.message and reader not in reached
        ]

    @property
    def people(self) -> dict[str, str]:
        """Who enters and who leaves a segment, in words."""
        return {} if self.members is None else self.members.people

    @property
    def full_message(self) -> str:
        """The message, with who enters and who leaves."""
        return "; ".join((self.message, *(f"{what}: {who}" for what, who in self.people.items())))

    @property
    def counts_text(self) -> str | None:
        """How many people it is about, where they were counted."""
        counts = None if self.members is None else self.members.counts
        return None if counts is None else counts.text

    @property
    def has_values(self) -> bool:
        """Whether the values, beside each other, say what the message does not."""
        return self.kind == "changed" and not self.names_values

    @property
    def added_values(self) -> Any:
        """What is added, in full; None for anything else."""
        return self.after if self.kind == "added" and self.before is None else None

    def with_counts(self, counts: Mapping[Rules, MemberCounts]) -> SchemaChange:
        """The same with how many people belong to the segment, where its rules were counted."""
        rules = None if self.members is None else self.members.rules
        if self.members is None or rules is None or rules not in counts:
            return self
        return replace(self, members=replace(self.members, counts=counts[rules]))

    def with_revision_name(self, name: str) -> SchemaChange:
        """The same, its old place in the file as it is called from here: `name` before the path."""
        if self.old_source is None:
            return self
        return replace(self, old_source=span_in_revision(self.old_source, name))


def span_in_revision(span: Span, name: str) -> Span:
    """A place in another revision or folder, whose `name` stands before the path."""
    return Span(span.file.named(f"{name}{span.file.path}"), span.start, span.end)


def schema_change(
    code: Code,
    address: str,
    message: str,
    *,
    kind: Kind = "changed",
    hint: str | None = None,
    before: Any = None,
    after: Any = None,
    affected: tuple[str, ...] = (),
    source: Span | None = None,
    old_source: Span | None = None,
    names_values: bool = False,
    members: MemberChange | None = None,
    supposition: Supposition | None = None,
) -> SchemaChange:
    """A change of this kind; its level is the code's."""
    assert code.level is not None, code.id
    return SchemaChange(
        address=address,
        code=code.id,
        level=code.level,
        kind=kind,
        message=message,
        hint=hint,
        before=before,
        after=after,
        affected=affected,
        source=source,
        old_source=old_source,
        names_values=names_values,
        members=members,
        supposition=supposition,
    )
