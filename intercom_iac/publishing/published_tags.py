"""Which tags this project has published from this machine: of these nobody has to ask whose they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from intercom_iac.journal import DurableFile, journal_path


def _path(root: Path, app_id: str) -> Path:
    journal = journal_path(root, app_id)
    return journal.with_name(f"{journal.name.removesuffix('.jsonl')}.published.jsonl")


def read_published_tags(root: Path, app_id: str) -> frozenset[str]:
    """The ids of the tags; none where nothing is known, which costs a question and no more."""
    try:
        data: Any = json.loads(_path(root, app_id).read_text("utf-8").partition("\n")[0])
    except (OSError, ValueError, RecursionError):
        return frozenset()
    listed: Any = cast("dict[str, Any]", data).get("tags") if isinstance(data, dict) else None
    return frozenset(map(str, cast("list[Any]", listed))) if isinstance(listed, list) else frozenset()


def remember_published_tags(root: Path, app_id: str, tag_ids: Iterable[str]) -> None:
    """Adds tags that are published from now on. Raises `IntercomIacError` where that cannot be written."""
    before = read_published_tags(root, app_id)
    wanted = before.union(tag_ids)
    if wanted != before:
        DurableFile(_path(root, app_id), {"tags": sorted(wanted)}).close()
