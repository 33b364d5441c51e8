"""What an import comes to, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .proposal import Capacity, Imported

FORMAT_VERSION = "1.0"


def encode_import(imported: Imported, *, dry_run: bool) -> dict[str, Any]:
    """The JSON document, as `import.schema.json` describes it."""
    return {
        "format_version": FORMAT_VERSION,
        "dry_run": dry_run,
        "written": [{"address": entry.address, "file": entry.file} for entry in imported.written],
        "kept": list(imported.kept),
        "differs": [
            {
                "address": entry.address,
                "fields": [
                    {"path": field.path, "specs": field.specs, "source": field.source}
                    for field in entry.fields
                ],
            }
            for entry in imported.differs
        ],
        "not_mapped": [
            {"what": missing.what, "why": missing.why, "place": missing.place}
            for missing in imported.not_mapped
        ],
        "fit": {
            "attributes": _capacity(imported.fit.attributes),
            "events": _capacity(imported.fit.events),
            "findings": [
                {"code": finding.code, "message": finding.message, "addresses": list(finding.addresses)}
                for finding in imported.fit.findings
            ],
        },
        "diagnostics": [diagnostic.as_json() for diagnostic in imported.mistakes],
    }


def import_schema() -> dict[str, Any]:
    """The JSON Schema of what `import --format json` prints."""
    return json.loads(Path(__file__).with_name("import.schema.json").read_text("utf-8"))


def _capacity(capacity: Capacity) -> dict[str, int]:
    return {"count": capacity.count, "limit": capacity.limit}
