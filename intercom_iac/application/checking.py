"""Everything that can be known of the specs without a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.specs import Loaded, merge_diagnostics
from intercom_iac.specs.proofs.proving import prove_every_workspace

from .rules.proof_world import proof_world
from .session import Session

if TYPE_CHECKING:
    from intercom_iac.breaking import Report
    from intercom_iac.project import BaseReference


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the specs, for any workspace of the project.

    `diagnostics` are about the specs, the project file and the revision they could not be compared with. `specs` are
    by workspace, none where the project file cannot be read. `report` has the changes since a revision, None where
    nothing was compared.
    """

    diagnostics: tuple[Diagnostic, ...]
    specs: Mapping[str, Loaded] = field(default_factory=dict[str, Loaded])
    report: Report | None = None

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(diagnostic.is_error for diagnostic in self.diagnostics)

    @property
    def breaks(self) -> bool:
        """Whether the changes since the revision may not go through as they are."""
        return self.report is not None and self.report.failed

    @property
    def files(self) -> list[str]:
        """The paths of the spec files, which are the same for every workspace."""
        return [file.path for specs in [*self.specs.values()][:1] for file in specs.files]

    def findings(self, *, safe_changes: bool = True) -> list[Diagnostic]:
        """Everything as diagnostics, the changes since the revision included; safe ones where they are asked for."""
        if self.report is None:
            return [*self.diagnostics]
        changes = [
            change.diagnostic()
            for change in self.report.changes
            if safe_changes or change.change.level != "safe"
        ]
        return [*self.diagnostics, *changes, *self.report.other_findings]


def check(session: Session, against: BaseReference | None = None) -> Checked:
    """Checks the specs for every workspace, proves what can be proved of their rules and, where they are right,
    compares them with a revision.

    Raises `Misuse` where there is no such revision.
    """
    specs = prove_every_workspace(
        session.project,
        session.specs_by_workspace(),
        lambda name: proof_world(session.for_workspace(name)),
    )
    diagnostics = merge_diagnostics({name: loaded.diagnostics for name, loaded in specs.items()})
    checked = Checked(diagnostics=tuple(diagnostics), specs=specs)
    if against is None or checked.failed:
        return checked
    from .revisions import compare_revisions

    try:
        report = compare_revisions(session, against).report
    except InvalidSpecs as error:
        # What it is compared with cannot be read: that is a finding too.
        return Checked(diagnostics=(*checked.diagnostics, *error.diagnostics), specs=specs)
    return Checked(diagnostics=checked.diagnostics, specs=specs, report=report)
