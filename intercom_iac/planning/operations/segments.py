"""Operations on segments, all by hand: no API call makes, changes or deletes one."""

from __future__ import annotations

from typing import ClassVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Kind

from .operation import Action, Operation, Rank, field_of, reverse_update


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentOperation(Operation):
    kind: ClassVar[Kind] = "segment"
    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
    takes: ClassVar[frozenset[str]] = frozenset({"name", "rule", "meaning"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSegment(SegmentOperation):
    @property
    def fits_class(self) -> bool:
        rule, name = field_of(self.fields, "rule"), field_of(self.fields, "name")
        return (rule is None or rule.before is None) and name is not None and name.before is None

    @property
    def needs_rule(self) -> bool:
        return True

    def reverse(self) -> DeleteSegment:
        return DeleteSegment(name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildSegment(SegmentOperation):
    """The filters of a segment that is there, since its rule changed."""

    @property
    def fits_class(self) -> bool:
        rule = field_of(self.fields, "rule")
        return rule is not None and rule.before is not None

    @property
    def needs_rule(self) -> bool:
        return True

    def reverse(self) -> RebuildSegment:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSegment(SegmentOperation):
    """A new name for the segment `name`."""

    @property
    def fits_class(self) -> bool:
        name = field_of(self.fields, "name")
        return name is not None and name.before is not None

    def reverse(self) -> RenameSegment:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSegment(SegmentOperation):
    pass
