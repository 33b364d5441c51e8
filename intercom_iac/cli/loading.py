"""From the command line to the project, its specs and a workspace."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.model import REGIONS, Predicate, Schema, Segment, segment_address
from intercom_iac.project import (
    DEFAULT_SANDBOX,
    PROJECT_FILE,
    Project,
    WorkspaceSettings,
    check_owner,
    find_project,
)
from intercom_iac.specs import Loaded, SpecsLoader, load_specs, merge_diagnostics
from intercom_iac.text import did_you_mean

if TYPE_CHECKING:
    from intercom_iac.workspace import HttpWorkspace, Target

from .console import echo, say_meanwhile
from .token import token_of


def project_of(option: str | None) -> Project:
    """The project of `--project`, or the one found upwards. Raises `InvalidSpecs`."""
    return find_project(Path.cwd(), None if option is None else Path(option), os.environ)


def loaded_schema(
    project: Project, workspace: str | None, loader: SpecsLoader | None = None
) -> tuple[Schema, list[Diagnostic]]:
    """The specs for a workspace and the warnings about them. Raises `InvalidSpecs` for errors.

    None is the default workspace, else the first one. `loader` is that of the project, where it is asked for more.
    """
    if workspace is not None:
        settings_of(project, workspace)
    loaded = (loader or SpecsLoader(project)).load(workspace)
    schema = loaded.or_raise()
    return schema, [diagnostic for diagnostic in loaded.diagnostics if diagnostic.severity == "warning"]


def loaded_for_each(project: Project, loader: SpecsLoader | None = None) -> dict[str, Loaded]:
    """The specs for every workspace. Raises `InvalidSpecs` for an error in any."""
    loaded = (loader or SpecsLoader(project)).load_every_workspace()
    if any(specs.errors for specs in loaded.values()):
        raise InvalidSpecs(merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()}))
    return loaded


def schemas_of(project: Project, loader: SpecsLoader | None = None) -> dict[str, Schema]:
    """The schema for every workspace. Raises `InvalidSpecs` for an error in any."""
    return {name: loaded.schema for name, loaded in loaded_for_each(project, loader).items()}


def schema_of(project: Project, workspace: str | None) -> Schema:
    """The specs of the project for a workspace. Raises `InvalidSpecs` for errors; warnings are for `check`."""
    schema, _ = loaded_schema(project, workspace)
    return schema


def settings_of(project: Project, name: str | None) -> tuple[str, WorkspaceSettings]:
    """The workspace a command means, by its name in the project file; None for the default one."""
    workspaces = project.settings.workspaces
    chosen = project.settings.default_workspace if name is None else name
    if chosen is None:
        raise _usage(
            "the project has several workspaces and no default", f"pass -w with one of {_listed(workspaces)}"
        )
    if chosen not in workspaces:
        raise _usage(f"the project has no workspace `{chosen}`", f"it has {_listed(workspaces)}")
    return chosen, workspaces[chosen]


def target_of(project: Project, name: str | None) -> Target:
    """Where a workspace is and the token for it. Raises `Unauthorized` when there is none."""
    from intercom_iac.workspace import Target

    chosen, settings = settings_of(project, name)
    if settings.sandbox is not None:
        return Target(chosen, sandbox=project.root / settings.sandbox, app_id=settings.app_id)
    base_url = (settings.base_url or REGIONS[settings.region or "us"]).rstrip("/")
    return Target(
        chosen,
        base_url=base_url,
        app_id=settings.app_id,
        allow_host=settings.allow_host,
        token=token_of(chosen, settings.token_env),
    )


@contextmanager
def workspace_of(project: Project, name: str | None, parallelism: int) -> Generator[HttpWorkspace]:
    """The workspace, for so many calls at once, closed at the end. No call is made here."""
    from intercom_iac.workspace import open_workspace

    target = target_of(project, name)
    on_wait = say_meanwhile if target.sandbox is None else None
    workspace = open_workspace(target, parallelism=parallelism, on_wait=on_wait)
    try:
        yield workspace
    finally:
        workspace.close()


def sandbox_file(project_option: str | None, name: str | None, db: str | None) -> Path:
    """The embedded workspace's file: `--db`, else the one of the project's workspace.

    Where there is no project, it is the one that a project here would have by default.
    """
    if db is not None:
        return Path(db)
    if project_option is None and not any(os.path.lexists(folder / PROJECT_FILE) for folder in _upwards()):
        default = Path(DEFAULT_SANDBOX)
        check_owner((default.parent, default), Path.cwd(), os.environ)
        return default
    project = project_of(project_option)
    name = name or _embedded_name(project)
    if name is None:
        raise _usage("the project has no embedded workspace", "pass --db FILE")
    chosen, settings = settings_of(project, name)
    if settings.sandbox is None:
        raise _usage(f"`{chosen}` is no embedded workspace", "pass another -w, or --db FILE")
    return project.root / settings.sandbox


def sandbox_schema(project_option: str | None, name: str | None) -> Schema | None:
    """The specs for the embedded workspace; None where there is no project, or no spec file in it yet.

    Raises `InvalidSpecs`.
    """
    if project_option is None and not any(os.path.lexists(folder / PROJECT_FILE) for folder in _upwards()):
        return None
    project = project_of(project_option)
    loaded = load_specs(project, name or _embedded_name(project))
    return loaded.or_raise() if loaded.files else None


def _embedded_name(project: Project) -> str | None:
    """The embedded workspace that is meant where none is named, None where the project has none."""
    embedded = [
        key for key, workspace in project.settings.workspaces.items() if workspace.sandbox is not None
    ]
    default = project.settings.default_workspace
    return default if default in embedded else next(iter(embedded), None)


def _upwards() -> tuple[Path, ...]:
    here = Path.cwd()
    return (here, *here.parents)


# How many names a hint lists.
_MOST_NAMES = 4


def _usage(message: str, hint: str) -> Misuse:
    return Misuse(message, hint=hint)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def addresses_of(schema: Schema) -> list[str]:
    """Of everything that the specs declare for the schema's workspace."""
    things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    return [thing.address for thing in things]


def nothing_at(schema: Schema, address: str, known: Iterable[str]) -> Misuse:
    """The error for an address that is not among those known."""
    if address in schema.elsewhere:
        only = _listed(schema.elsewhere[address].workspaces)
        return _usage(f"`{address}` is only for {only}", "name one of those workspaces with -w")
    hint = did_you_mean(address, known) or "an address is like attribute.contact.plan_type"
    return _usage(f"the specs have nothing at `{address}`", hint)


def checked_targets(schemas: Sequence[Schema], targets: Iterable[str]) -> None:
    """Raises `Misuse` for a target that names nothing in any of the specs: a typo would plan nothing and say so."""
    from intercom_iac.planning import TARGET_GROUPS, target_covers

    addresses = [each for schema in schemas for each in addresses_of(schema)]
    for target in targets:
        if any(target_covers(target, address) for address in addresses):
            continue
        if target in TARGET_GROUPS:
            raise _usage(
                f"the specs declare nothing under `{target}`", "leave the target out, or name another"
            )
        below = [address for address in addresses if address.startswith(f"{target}.")]
        if below and target not in schemas[0].elsewhere:
            more = f" and {len(below) - _MOST_NAMES} more" if len(below) > _MOST_NAMES else ""
            raise _usage(
                f"the specs have nothing at `{target}`",
                f"did you mean {_listed(below[:_MOST_NAMES])}{more}? a target is a whole address, a kind or an owner",
            )
        raise nothing_at(schemas[0], target, (*addresses, *TARGET_GROUPS))


def chosen_segments(schema: Schema, keys: Sequence[str]) -> list[Segment]:
    """The segments of these keys, or all that are not archived; each has a rule that can be read.

    Raises `Misuse` for a key there is not, and for an archived segment whose rule names what is gone.
    """
    for key in keys:
        if segment_address(key) in schema.elsewhere:
            raise nothing_at(schema, segment_address(key), ())
        if key not in schema.segments:
            hint = did_you_mean(key, schema.segments) or "`segment list` shows them"
            raise _usage(f"the specs have no segment `{key}`", hint)
        if schema.segments[key].predicate is None:
            message = f"`{key}` is archived, and its rule names what the specs no longer have"
            raise _usage(message, "leave it out; `rule compile TEXT` says what is wrong with the rule")
    wanted = keys or [segment.key for segment in schema.segments.values() if segment.status != "archived"]
    return [schema.segments[key] for key in wanted]


def warn_of_lists_in_part(counts: Mapping[str, int]) -> None:
    """Says how many contacts list only the first of what the rules ask for: whoever has more may be missed."""
    for name, count in counts.items():
        held = "contact lists" if count == 1 else "contacts list"
        echo(
            f"warning: {count} {held} only the first {name}, and the rules see no others: "
            f"GET /contacts/ID/{name} has all",
            err=True,
        )


def warn_of_missing(rules: Iterable[Predicate], **given: Path | None) -> None:
    """Says which files the rules would need that were not given: right for whoever has none of what they hold,
    and a rule that says `not` finds everybody."""
    from intercom_iac.model import requires

    needed = dict.fromkeys(require for rule in rules for require in requires(rule))
    for missing in (each for each in needed if given[each] is None):
        echo(f"warning: {missing} are read, and without `--{missing}` nobody has any", err=True)
