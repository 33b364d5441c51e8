"""The operations of a plan: a dataclass for each thing that is done to a kind of object, by call or by hand.

What an operation does, takes and needs stands with its class, by kind of object. `model.capabilities` says what the
API offers, and the classes derive from it.
"""

from .attributes import (
    ArchiveAttribute,
    AttributeOperation,
    ChangeAttributeType,
    CopyValues,
    CreateAttribute,
    RestoreAttribute,
    UpdateAttribute,
)
from .audiences import (
    AudienceOperation,
    BuildAudience,
    CreateAudience,
    DeleteAudience,
    RebuildAudience,
    RetireAudience,
    UpdateAudience,
    attributes_of,
)
from .events import ArchiveEvent, RegisterEvent
from .operation import ACTIONS, Action, FieldChange, Operation, Rank
from .reading import operation_flaw, read_operation, risk_flaw
from .registry import OPERATIONS, operation_classes
from .segments import BuildSegment, DeleteSegment, RebuildSegment, RenameSegment, SegmentOperation
from .tags import CreateTag, DeleteTag, RenameTag, RetireTag

__all__ = [
    "ACTIONS",
    "OPERATIONS",
    "Action",
    "ArchiveAttribute",
    "ArchiveEvent",
    "AttributeOperation",
    "AudienceOperation",
    "BuildAudience",
    "BuildSegment",
    "ChangeAttributeType",
    "CopyValues",
    "CreateAttribute",
    "CreateAudience",
    "CreateTag",
    "DeleteAudience",
    "DeleteSegment",
    "DeleteTag",
    "FieldChange",
    "Operation",
    "Rank",
    "RebuildAudience",
    "RebuildSegment",
    "RegisterEvent",
    "RenameSegment",
    "RenameTag",
    "RestoreAttribute",
    "RetireAudience",
    "RetireTag",
    "SegmentOperation",
    "UpdateAttribute",
    "UpdateAudience",
    "attributes_of",
    "operation_classes",
    "operation_flaw",
    "read_operation",
    "risk_flaw",
]
