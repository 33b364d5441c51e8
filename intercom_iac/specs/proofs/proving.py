"""What is proved of specs, beside everything else that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from intercom_iac.diagnostics import sort_diagnostics
from intercom_iac.model.world import World
from intercom_iac.project import Project, with_levels

from ..load.expansion import explain_values
from ..load.loading import Loaded
from ..merging import without_unused_silences
from ..policy.silences import without_silenced_proofs


def prove_every_workspace(
    project: Project, specs: Mapping[str, Loaded], world_of: Callable[[str], World]
) -> dict[str, Loaded]:
    """The specs of every workspace with what is proved of them.

    Of specs that are the same for all it is proved once, on the days of the first workspace.
    """
    names = list(specs)
    if all(specs[name] is specs[names[0]] for name in names):
        return dict.fromkeys(names, prove_specs(project, specs[names[0]], world_of(names[0])))
    proved = {name: prove_specs(project, specs[name], world_of(name)) for name in names}
    shared = set(proved[names[0]].diagnostics).intersection(
        *(loaded.diagnostics for loaded in proved.values())
    )
    return {
        name: replace(loaded, diagnostics=without_unused_silences(loaded.diagnostics, shared))
        for name, loaded in proved.items()
    }


def prove_specs(project: Project, loaded: Loaded, world: World) -> Loaded:
    """The specs with what is proved of them, as grave as the project has it, less what is silenced.

    Of a rule with a mistake nothing is proved: it has no meaning yet.
    """
    files = [project.source, *(document.file for document in loaded.documents)]
    levels, all_proved = project.settings.policy.levels, not loaded.errors
    if not loaded.schema.segments and not loaded.schema.assertions:
        told = with_levels(without_silenced_proofs((), files, all_proved=all_proved), levels)
        return replace(loaded, diagnostics=tuple(sort_diagnostics([*loaded.diagnostics, *told])))
    # Here, since the prover is loaded for nothing where there is no rule.
    from ..contracts import check_contracts
    from .lints import join_with_lints
    from .segments import prove_segments

    proofs = prove_segments(loaded, world)
    findings = [*proofs.findings, *explain_values(check_contracts(loaded.schema, world), loaded.values)]
    heard = without_silenced_proofs(findings, files, all_proved=all_proved)
    of_heard = {id(finding) for finding in heard}
    silenced = [finding for finding in findings if id(finding) not in of_heard]
    joined = join_with_lints(loaded.diagnostics, with_levels(heard, levels), silenced, proofs.unsplit)
    return replace(loaded, diagnostics=tuple(sort_diagnostics(joined)))
