"""Fields that differ between two revisions, as changes: what the table of fields says of each, put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from intercom_iac.changes.comparison import Difference
from intercom_iac.changes.entry_keys import Entry
from intercom_iac.changes.row import Impact, Reach
from intercom_iac.diagnostics.codes.breaking import events as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span, quoted_names

from ..change import SchemaChange, schema_change
from ..dependents import Dependents

if TYPE_CHECKING:
    from intercom_iac.prover.impact.supposition import Supposition


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPair:
    """Where one entry, or one metadata key, stands in both revisions, and which segments read it in either."""

    old_address: str
    new_address: str
    old_source: Span | None
    new_source: Span | None
    readers: tuple[str, ...]
    dependents: Dependents

    @classmethod
    def of_entries(cls, old: Entry, new: Entry, dependents: Dependents) -> EntryPair:
        return cls(
            old_address=old.address,
            new_address=new.address,
            old_source=old.span,
            new_source=new.span,
            readers=dependents.segments_reading(old.address),
            dependents=dependents,
        )

    def affected_segments(self, reach: Reach, options: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The segments that a change of this reach affects; with `options`, those that name one of these."""
        match reach:
            case "nobody":
                return ()
            case "entry":
                return self.readers
            case "field":
                return self.dependents.segments_testing((self.old_address, self.new_address), options or None)


Suppose = Callable[[Difference, Impact], "Supposition | None"]


def field_changes(
    differences: Iterable[Difference], pair: EntryPair, suppose: Suppose = lambda _, __: None
) -> Iterator[SchemaChange]:
    """The changes that the differences of an entry come to. Of one that has another type, the options say nothing.

    `suppose` says what a difference comes to for who reads the attribute.
    """
    found = list(differences)
    retyped = any(difference.key == "type" for difference in found)
    for difference in found:
        if not (retyped and difference.key == "options"):
            for impact in difference.impacts:
                yield _field_change(difference, impact, pair, suppose(difference, impact))


def _field_change(
    difference: Difference, impact: Impact, pair: EntryPair, supposition: Supposition | None
) -> SchemaChange:
    affected = pair.affected_segments(difference.field.reach, impact.removed_items)
    message = f"{impact.message}, {_naming_clause(affected)}" if impact.removed_items else impact.message
    return schema_change(
        impact.code,
        pair.new_address,
        message,
        kind=impact.kind,
        hint=impact.hint,
        before=difference.before,
        after=difference.after,
        names_values=impact.names_values,
        affected=affected,
        source=pair.new_source,
        old_source=pair.old_source,
        supposition=supposition,
    )


def spelling_changes(old_name: str, new_name: str, pair: EntryPair) -> Iterator[SchemaChange]:
    """The name, where only what Intercom ignores of it has changed."""
    if old_name != new_name:
        yield schema_change(
            codes.RESPELLED,
            pair.new_address,
            "the name is spelled otherwise, and is the same to Intercom",
            before=old_name,
            after=new_name,
            source=pair.new_source,
            old_source=pair.old_source,
        )


def _naming_clause(segments: tuple[str, ...]) -> str:
    if not segments:
        return "which no segment names"
    return f"which {quoted_names(segments)} {'names' if len(segments) == 1 else 'name'}"
