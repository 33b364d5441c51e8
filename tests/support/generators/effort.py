"""How many examples a property test takes."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

IS_FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
TIMES = int(os.environ.get("FUZZ", "20")) if IS_FUZZ else 1


def examples(count: int, **more: Any) -> settings:
    """Settings for so many examples in the suite, and FUZZ times as many in the profile of `make fuzz`."""
    return settings(max_examples=count * TIMES, **more)
