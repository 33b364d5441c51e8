"""What an engine may take of this machine."""

from __future__ import annotations

import re

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

_AMOUNT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt])(i?)b\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLimits:
    """The most memory, as DuckDB writes an amount (`1GB`), and how many threads; None leaves it to the engine."""

    memory: str | None = None
    threads: int | None = None


NO_LIMITS = EngineLimits()


def memory_bytes(amount: str) -> int:
    """The bytes of an amount: 1GB has 1000 MB, 1GiB 1024 MiB. Raises `Misuse` for what is none."""
    written = _AMOUNT.fullmatch(amount)
    if written is None:
        raise Misuse(f"`{amount}` is no amount of memory", hint="amounts are like `512MB` or `1.5GB`")
    base = 1024 if written[3] else 1000
    return int(float(written[1]) * base ** ("kmgt".index(written[2].lower()) + 1))


def memory_text(amount: int) -> str:
    """Bytes as an amount that is no less: `350MB`."""
    return f"{-(-amount // 1_000_000)}MB"
