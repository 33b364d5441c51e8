"""What an apply that was killed had come to, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from intercom_iac.applying import AbandonedApply
from intercom_iac.text import printable

from .kit.styles import hint_label, severity_label


def abandoned_apply_text(abandoned: AbandonedApply) -> str:
    """How far it had come, and the names of the changes whose end nobody saw."""
    return "\n".join(_lines(abandoned))


def _lines(abandoned: AbandonedApply) -> Iterator[str]:
    at = datetime.fromtimestamp(abandoned.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    untried = abandoned.changes - len(abandoned.done) - len(abandoned.failed) - len(abandoned.unknown)
    counts = [f"{len(abandoned.done)} done"]
    counts += [f"{len(abandoned.failed)} failed"] if abandoned.failed else []
    counts += [f"{len(abandoned.unknown)} not known", f"{max(untried, 0)} not tried"]
    what = f"the last apply to `{printable(abandoned.workspace)}` was cut off (process {abandoned.pid}, {at})"
    yield f"{severity_label('warning')}: {what}: {', '.join(counts)}"
    yield from (f"  not known whether done: {printable(address)}" for address in abandoned.unknown)
    yield f"  {hint_label()}: nothing has to be undone; what is planned now is what is left to do"
