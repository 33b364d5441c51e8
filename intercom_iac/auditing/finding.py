"""What an audit finds, as values that rank themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intercom_iac.diagnostics import Code, Severity
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.fill import Fill

_SEVERITIES: Mapping[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """One thing that is wrong, or worth knowing, with the numbers it rests on and what to do.

    `address` is what it is about: `attribute.contact.plan_type`, or `attribute`, `event`, `workspace` for all of a
    kind. `related` are the addresses of what else is part of it. `evidence` is plain data. `weight` ranks findings of
    one severity, the heaviest first.
    """

    kind: Code
    address: str
    message: str
    suggestion: str
    evidence: Mapping[str, Any]
    weight: float
    related: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.kind.id

    @property
    def severity(self) -> Severity:
        return self.kind.severity


def rank_findings(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    """By severity, then weight, then code and address."""
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                _SEVERITIES[finding.severity],
                -finding.weight,
                finding.code,
                finding.address,
            ),
        )
    )


def reaches(finding: AuditFinding, level: Severity) -> bool:
    """Whether the finding is of the level, or worse."""
    return _SEVERITIES[finding.severity] <= _SEVERITIES[level]


def fill_evidence(fill: Fill) -> dict[str, Any]:
    """A fill rate as evidence, with the interval of 95% that the sample leaves it."""
    low, high = fill.interval
    return {
        "filled": fill.filled,
        "of": fill.of,
        "rate": round(fill.rate, 4),
        "interval": [round(low, 4), round(high, 4)],
    }
