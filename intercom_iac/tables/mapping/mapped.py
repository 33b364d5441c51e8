"""A table's columns as properties."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import PayloadField, RecordShape

from ..sources.columns import SourceColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A column with the field that it is of, and the shape that the settings name for it."""

    column: SourceColumn
    field: PayloadField
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A table's columns as properties, in an order that is the same however the table has them.

    `shapes` are those of the records: of events one for each that may be sent, by its name; else one under "".
    """

    key_name: str
    key: SourceColumn
    properties: tuple[MappedColumn, ...]
    ignored: tuple[str, ...]
    shapes: Mapping[str, RecordShape]
