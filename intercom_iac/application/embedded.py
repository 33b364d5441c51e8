"""The embedded workspace: which file is meant, and what is done to it that no call of the API does."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack, cast

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import ModelName, attribute_address
from intercom_iac.project import DEFAULT_SANDBOX, PROJECT_FILE, Project, check_owner

from .files import make_folder, read_text, write_private, write_private_lines
from .session import Session, open_session


class ServerSettings(TypedDict, total=False):
    """How the served workspace behaves, as texts that `sandbox serve` takes; docs/sandbox.md has them."""

    faults: Sequence[str]
    rate_limit: str | None
    latency: str
    slow_body: str
    search_lag: str | None
    switches: Sequence[str]
    seed: int
    allow_host: Sequence[str]
    allow_origin: Sequence[str]


@dataclass(frozen=True, slots=True)
class SeededWorkspace:
    """How many of each kind were made.

    `without_values` are addresses of declared attributes that the workspace does not have yet; `without_room` are
    names of events that its limit left out.
    """

    people: int
    companies: int
    events: int
    tags: int
    without_values: tuple[str, ...]
    without_room: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of people that was written: what is in it, and how many."""

    path: Path
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class SegmentQuery:
    """The query of a contact search, and whether it selects exactly the members of the rule it was compiled from."""

    query: object
    exact: bool


def session_if_any(
    start: Path,
    *,
    project: Path | None = None,
    workspace: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Session | None:
    """The session for the project of a folder, None where neither it nor a folder above it holds one.

    Raises `InvalidSpecs` as `open_session` does.
    """
    folder = Path(os.path.abspath(start))  # noqa: PTH100  links stay as they were named
    folders = (folder, *folder.parents)
    if project is None and not any(os.path.lexists(above / PROJECT_FILE) for above in folders):
        return None
    return open_session(start, project=project, workspace=workspace, environment=environment)


def embedded_file(
    session: Session | None, folder: Path = Path(), environment: Mapping[str, str] = os.environ
) -> Path:
    """The file of the session's embedded workspace: of the one it names, else of the default one, else of the first.

    Without a session it is the one that a project in `folder` would have by default. Raises `Misuse` where the
    project has no embedded workspace, or the one it names is none.
    """
    if session is None:
        default = folder / DEFAULT_SANDBOX
        check_owner((default.parent, default), Path.cwd() / folder, environment)
        return default
    name = session.workspace_name or _embedded_name(session.project)
    if name is None:
        raise Misuse("the project has no embedded workspace", hint="pass --db FILE")
    workspace = session.for_workspace(name).workspace
    if workspace.settings.sandbox is None:
        raise Misuse(f"`{name}` is no embedded workspace", hint="pass another -w, or --db FILE")
    return session.project.root / workspace.settings.sandbox


def serve_sandbox(
    path: Path, *, port: int, on_ready: Callable[[str, bool], None], **settings: Unpack[ServerSettings]
) -> Mapping[str, int]:
    """Serves the workspace on loopback until it is interrupted; gives how often each fault was injected.

    `on_ready` is told the address, and whether the workspace is a new one. Raises `Misuse` for a setting that is
    none, and `IntercomIacError` where the port is not to be had.
    """
    from intercom_iac.workspace import serve_embedded

    # An empty file is a workspace to be.
    is_new = not (path.is_file() and path.stat().st_size > 0)
    return serve_embedded(path, port=port, on_ready=lambda url: on_ready(url, is_new), **settings)


def reset_sandbox(path: Path) -> None:
    """Empties the workspace; it stays the same workspace."""
    from intercom_iac.workspace import reset_embedded

    reset_embedded(path)


def seed_sandbox(
    path: Path, session: Session | None, *, people: int, number: int, today: date
) -> SeededWorkspace:
    """Fills the workspace with fake people, companies and events around a day; the same `number` makes the same.

    Events and tags are those of the session's specs, where there are any. Raises `InvalidSpecs`.
    """
    from intercom_iac.workspace import seed_embedded

    schema = None
    if session is not None:
        name = session.workspace_name or _embedded_name(session.project)
        specs = (session if name is None else session.for_workspace(name)).specs()
        schema = specs.or_raise() if specs.files else None
    seeded = seed_embedded(path, people=people, number=number, today=today, schema=schema)
    return SeededWorkspace(
        people=seeded.people,
        companies=seeded.companies,
        events=seeded.events,
        tags=seeded.tags,
        without_values=tuple(
            attribute_address(cast("ModelName", model), name) for model, name in seeded.not_there
        ),
        without_room=seeded.without_room,
    )


def export_people(path: Path, folder: Path) -> Iterator[ExportedFile]:
    """Writes contacts, companies, events and tags to files in a folder, one after the other.

    Raises `Misuse` where there is no workspace.
    """
    from intercom_iac.workspace import export_people as read_people

    if not path.exists() and not path.parent.is_file():
        raise Misuse(
            f"there is no embedded workspace at `{path}`", hint="`sandbox seed` makes one with people in it"
        )
    make_folder(folder)
    for kind, records in read_people(path):
        if kind == "tags":
            # They come in one answer, which is the file as it is.
            tags = [*records]
            written, count = folder / "tags.json", len(tags)
            write_private(written, f"{json.dumps({'type': 'list', 'data': tags}, ensure_ascii=False)}\n")
        else:
            written = folder / f"{kind}.ndjson"
            count = write_private_lines(
                written, (json.dumps(record, ensure_ascii=False) for record in records)
            )
        yield ExportedFile(written, kind, count)


def add_sandbox_segment(path: Path, name: str, query: SegmentQuery | None = None) -> str:
    """Builds a segment, as a person would in Intercom's screens; gives its name without the spaces around it.

    Without a query it has no members. Raises `Misuse` for a name or a query that is none.
    """
    from intercom_iac.workspace import add_embedded_segment

    return add_embedded_segment(path, name, query=None if query is None else query.query)


def read_segment_query(path: Path) -> SegmentQuery:
    """The query of a file, bare or as `rule compile --to search` prints it. Raises `Misuse` where it holds none."""
    hint = "pass a file with what `rule compile --to search` prints"
    try:
        content: object = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise Misuse(f"`{path}` is not JSON", hint=hint) from error
    if not isinstance(content, dict):
        raise Misuse(f"`{path}` holds no contact search", hint=hint)
    found = cast("dict[str, object]", content)
    if "query" in found:
        return SegmentQuery(found["query"] or {}, exact=found.get("exact") is not False)
    return SegmentQuery(found, exact=True)


def _embedded_name(project: Project) -> str | None:
    """The embedded workspace that is meant where none is named, None where the project has none."""
    embedded = [
        name for name, settings in project.settings.workspaces.items() if settings.sandbox is not None
    ]
    default = project.settings.default_workspace
    return default if default in embedded else next(iter(embedded), None)
