"""The metadata of the events that benchmarks of payload checks send: a key of each type."""

from __future__ import annotations

from intercom_iac.model import DataType, MetadataKey

FORMATS = ("csv", "pdf", "xlsx")
REPORT_METADATA = (
    MetadataKey("format", DataType.OPTIONS, required=True, options=FORMATS),
    MetadataKey("report", DataType.STRING),
    MetadataKey("rows", DataType.INTEGER),
    MetadataKey("seconds", DataType.FLOAT),
    MetadataKey("scheduled", DataType.BOOLEAN),
    MetadataKey("covers_until", DataType.DATE),
)
