"""How far writes are, for people."""

from __future__ import annotations

from intercom_iac.writes import DeliveryProgress

_MINUTE, _HOUR = 60, 3_600


def delivery_progress_text(progress: DeliveryProgress) -> str:
    """`1,200 of 30,000 written, 12 failed, 98 a second, 4 min 54 s left`."""
    ended = progress.done + progress.failed
    parts = [f"{ended:,} of {progress.total:,} written"]
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    if progress.rate is not None:
        parts.append(f"{progress.rate:,.0f} a second")
    if progress.seconds_left is not None:
        parts.append(f"{time_text(progress.seconds_left)} left")
    return ", ".join(parts)


def time_text(seconds: float) -> str:
    """`12 s`, `4 min 54 s`, `2 h 5 min`."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR:,} h {whole % _HOUR // _MINUTE} min"
