"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from support.sync_bench import SyncBench, open_sync_bench


@pytest.fixture
def bench(tmp_path: Path) -> Generator[SyncBench]:
    with open_sync_bench(tmp_path) as opened:
        yield opened
