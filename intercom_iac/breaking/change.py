"""A change between two revisions of the specs: what it is, how grave, and whom it reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from intercom_iac.diagnostics import SEVERITY_OF_LEVEL, Code, Diagnostic, Level, Related
from intercom_iac.diagnostics.codes.breaking import attributes as attributes_codes
from intercom_iac.diagnostics.codes.breaking import entries as entries_codes
from intercom_iac.diagnostics.codes.breaking import events as events_codes
from intercom_iac.diagnostics.codes.breaking import segments as segments_codes
from intercom_iac.text import SourceFile, Span, brief_text

Kind = Literal["added", "changed", "removed"]

# Their messages name the values, or there are but two.
_SAY_ALL = frozenset(
    each.id
    for each in (
        events_codes.METADATA_KEY_REQUIRED,
        entries_codes.RENAMED,
        attributes_codes.MESSENGER_CLOSED,
        attributes_codes.MESSENGER_OPENED,
        segments_codes.SEGMENT_KEY,
        entries_codes.DEPRECATED,
        events_codes.REQUIRED_RELAXED,
        entries_codes.ARCHIVED_CHANGED,
    )
)


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference, at one address.

    `kind` says whether something came, changed or went: an entry, an option, a key, a use of it. `message` says what
    changed without the values; those are `before` and `after`, plain JSON data, None where there is none. `affected`
    are the addresses of segments, old or new, that read or name what changed. `source` is its place in the new specs,
    `was` its place in the old ones. `workspaces` are those that it holds for; none where it is all of them.
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
    was: Span | None = None
    workspaces: tuple[str, ...] = ()

    def diagnostic(self, accepted: str | None = None) -> Diagnostic:
        """The change as a diagnostic, by itself: with its address, its values and whom it reaches.

        One that is `accepted`, in words, is a remark.
        """
        message = f"`{self.address}`: {self.message}"
        if self.has_values:
            message += f" (was {brief_text(self.before)}, now {brief_text(self.after)})"
        unsaid = [f"`{reader}`" for reader in self.affected if f"`{reader}`" not in self.message]
        if unsaid:
            message += f"; affects {', '.join(unsaid)}"
        related = () if self.was is None else (Related(self.was, "before the change it stood here"),)
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
    def has_values(self) -> bool:
        """Whether the values, beside each other, say what the message does not."""
        return self.kind == "changed" and self.code not in _SAY_ALL

    @property
    def made(self) -> Any:
        """What is added, in full; None for anything else."""
        return self.after if self.kind == "added" and self.before is None else None

    def was_in(self, name: str) -> SchemaChange:
        """The same, its old place in the file as it is called from here: `name` before the path."""
        return self if self.was is None else replace(self, was=elsewhere(self.was, name))


def elsewhere(span: Span, name: str) -> Span:
    """A place in another revision or folder, whose `name` stands before the path."""
    return Span(SourceFile(f"{name}{span.file.path}", span.file.text), span.start, span.end)


def change(
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
    was: Span | None = None,
) -> SchemaChange:
    """A change of this kind; its level is the code's."""
    assert code.level is not None, code.id
    return SchemaChange(
        address, code.id, code.level, kind, message, hint, before, after, affected, source, was
    )
