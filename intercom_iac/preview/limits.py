"""What an engine may take of this machine."""

from __future__ import annotations

import os
import re

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

# Megabytes that DuckDB takes to read files at all, and beside that for each thread; measured with contacts of half a
# kilobyte, as lines and as Parquet in row groups of 120,000.
_BASE, _A_THREAD = 50, 50
_MB = 1_000_000
_AMOUNT = lazy_pattern(r"([0-9]{1,10}(?:\.[0-9]{1,3})?)\s*([KMGT])(i?)B", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLimits:
    """The most memory, as DuckDB writes an amount (`1GB`), and how many threads; None leaves it to the engine."""

    memory: str | None = None
    threads: int | None = None

    def fit_threads(self) -> EngineLimits:
        """The same with as many threads as the memory is enough for. Raises `Misuse` where it is too little."""
        if self.memory is None:
            return self
        most = (memory_bytes(self.memory) // _MB - _BASE) // _A_THREAD
        if most < (self.threads or 1):
            least = f"{_BASE + _A_THREAD * (self.threads or 1)}MB"
            alone = f"{_BASE + _A_THREAD}MB"
            work = "one thread takes" if (self.threads or 1) == 1 else f"{self.threads} threads take"
            raise Misuse(
                f"`--memory-limit {self.memory}` is too little: {work} {least}",
                hint=f"raise it to `{least}`"
                + ("" if least == alone else f", or pass `--threads 1`, which takes {alone}"),
            )
        return (
            self if self.threads else EngineLimits(memory=self.memory, threads=min(most, os.cpu_count() or 1))
        )


NO_LIMITS = EngineLimits()


def memory_bytes(amount: str) -> int:
    """The bytes of an amount: 1GB has 1000 MB, 1GiB 1024 MiB. Raises `Misuse` for what is none."""
    written = _AMOUNT.fullmatch(amount)
    base = 1024 if written and written[3] else 1000
    found = 0 if written is None else int(float(written[1]) * base ** ("KMGT".index(written[2].upper()) + 1))
    if not 0 < found < 2**63:  # which is what an engine counts bytes in
        raise Misuse(f"`{amount}` is no amount of memory", hint="amounts are like 512MB or 1.5GB")
    return found


def memory_text(amount: int) -> str:
    """Bytes as an amount that is no less: `350MB`."""
    return f"{-(-amount // 1_000_000)}MB"
