"""Every operation there is."""

from __future__ import annotations

from .attributes import (
    ArchiveAttribute,
    ChangeAttributeType,
    CopyValues,
    CreateAttribute,
    RestoreAttribute,
    UpdateAttribute,
)
from .audiences import (
    BuildAudience,
    CreateAudience,
    DeleteAudience,
    RebuildAudience,
    RetireAudience,
    UpdateAudience,
)
from .events import ArchiveEvent, RegisterEvent
from .operation import Operation
from .segments import BuildSegment, DeleteSegment, RebuildSegment, RenameSegment
from .tags import CreateTag, DeleteTag, RenameTag, RetireTag

# Of one kind and action, the first that a change of a plan file fits is the one: any fits the last of them.
OPERATIONS: tuple[type[Operation], ...] = (
    CreateAttribute,
    UpdateAttribute,
    RestoreAttribute,
    ArchiveAttribute,
    CopyValues,
    ChangeAttributeType,
    RegisterEvent,
    ArchiveEvent,
    CreateAudience,
    UpdateAudience,
    DeleteAudience,
    BuildAudience,
    RebuildAudience,
    RetireAudience,
    CreateTag,
    RenameTag,
    DeleteTag,
    RetireTag,
    RebuildSegment,
    BuildSegment,
    RenameSegment,
    DeleteSegment,
)


def operation_classes(kind: str, action: str) -> list[type[Operation]]:
    """The operations of this kind and action; none where no plan does that."""
    return [operation for operation in OPERATIONS if (operation.kind, operation.action) == (kind, action)]
