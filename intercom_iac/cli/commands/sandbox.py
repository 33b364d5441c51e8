"""`sandbox`: the embedded workspace, and what a person would do in Intercom's own screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import click

from intercom_iac.text import printable

from ..console import echo
from ..options import Whole as _Whole
from ..options import examples, project_option, workspace_option


def _file_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--db", metavar="FILE", help="The workspace's file (default: the project's).")(
        command
    )


def _host_names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if re.fullmatch(r"[A-Za-z0-9._-]+", name) is None:
            raise click.BadParameter(f"`{printable(name)}` is no host name; pass it without scheme and port")
    return names


def _is_there(path: Path) -> bool:
    """Whether a workspace is: an empty file is one to be."""
    return path.is_file() and path.stat().st_size > 0


@click.group(epilog=examples("sandbox seed --people 1000", "sandbox serve --port 8080"))
def sandbox() -> None:
    """Serve, fill, export or empty the embedded workspace.

    It answers like Intercom's API 2.16 over one SQLite file; nothing leaves this machine.
    """


@sandbox.command(
    epilog=examples(
        "sandbox serve --port 8080",
        "sandbox serve --port 0 --db scratch.db",
        "sandbox serve --rate-limit 300/3s --latency 20ms-80ms",
        "sandbox serve --fault drop-after-accept=0.01 --fault 503-html=every:10 --seed 7",
        "sandbox serve --fault 500=call:3@POST/data_attributes",
        "sandbox serve --search-lag 2s --switch attribute_limit=100",
    )
)
@click.option(
    "--port", metavar="N", type=_Whole(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option(
    "--fault",
    "faults",
    metavar="KIND=WHEN",
    multiple=True,
    help="Fail now and then; repeatable. KIND is drop-before-accept, drop-after-accept, drop-during-answer, 500, "
    "500-after-accept, 503-html, truncated-json, slow-body or wrong-content-type. WHEN is a probability, every:N "
    "or call:K; @POST, @/contacts or @POST/contacts after it leaves other calls alone.",
)
@click.option("--slow-body", metavar="TIME", default="5s", show_default=True, help="How long one trickles.")
@click.option(
    "--seed",
    metavar="N",
    type=_Whole(),
    default=1,
    show_default=True,
    help="Of faults and latency: the same number and calls, the same faults.",
)
@click.option(
    "--rate-limit", metavar="N/TIME", help="Calls a window allows, such as 1667/10s (default: any)."
)
@click.option(
    "--latency",
    metavar="TIME",
    default="0s",
    show_default=True,
    help="Before each answer: 50ms, or 20ms-80ms for one that varies.",
)
@click.option(
    "--search-lag", metavar="TIME", help="How much later a search finds what was written, such as 2s."
)
@click.option(
    "--switch",
    "switches",
    metavar="NAME=VALUE",
    multiple=True,
    help="A behaviour that Intercom does not document, such as archived_attributes_count=true; repeatable. "
    "docs/sandbox.md lists them.",
)
@click.option(
    "--allow-host",
    metavar="NAME",
    multiple=True,
    callback=_host_names,
    help="Answer requests for this host too, such as a name that a proxy gives this machine; repeatable. Without "
    "it only those for localhost and loopback addresses are answered.",
)
@_file_option
@workspace_option
@project_option
def serve(port: int, db: str | None, workspace: str | None, project: str | None, **settings: Any) -> None:
    """Serve it over HTTP on this machine, until interrupted. Any bearer token but an empty one opens it."""
    from intercom_iac.workspace import serve_embedded

    from ..loading import sandbox_file

    path = sandbox_file(project, workspace, db)

    made = not _is_there(path)

    def ready(url: str) -> None:
        did = "made a new workspace at" if made else "opened the workspace at"
        echo(f"{did} `{printable(str(path))}`", err=True)
        echo(f"serving {printable(str(path))} at {url}; Ctrl-C stops")

    injected = serve_embedded(path, port=port, on_ready=ready, **settings)
    if injected:
        echo("injected: " + ", ".join(f"{count} {kind}" for kind, count in sorted(injected.items())))


@sandbox.command(epilog=examples("sandbox reset"))
@_file_option
@workspace_option
@project_option
def reset(db: str | None, workspace: str | None, project: str | None) -> None:
    """Empty it; it stays the same workspace."""
    from intercom_iac.workspace import reset_embedded

    from ..loading import sandbox_file

    path = sandbox_file(project, workspace, db)
    reset_embedded(path)
    echo(f"emptied {printable(str(path))}")


@sandbox.command(epilog=examples("sandbox seed", "sandbox seed --people 10000 --seed 7"))
@click.option("--people", type=_Whole(0, 10_000_000), default=200, show_default=True)
@click.option(
    "--seed", "number", type=_Whole(), default=1, show_default=True, help="The same number, the same people."
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the people's dates are around (default: today).",
)
@_file_option
@workspace_option
@project_option
def seed(
    people: int,
    number: int,
    today: datetime | None,
    db: str | None,
    workspace: str | None,
    project: str | None,
) -> None:
    """Fill it with believable people, companies and events.

    Custom attributes that the workspace has get values of their types and options. Events, their metadata and the
    tags that rules ask for are those of the specs; where these declare no event, or there is no project, the events
    are a few of our own.
    """
    from intercom_iac.workspace import seed_embedded

    from ..loading import sandbox_file, sandbox_schema

    day = today.date() if today else date.today()  # noqa: DTZ011  the user's own day
    path = sandbox_file(project, workspace, db)
    schema = sandbox_schema(project, workspace)
    made = seed_embedded(path, people=people, number=number, today=day, schema=schema)
    tags = f", {made.tags} tags" if made.tags else ""
    echo(f"{made.people} people, {made.companies} companies, {made.events} events{tags}")
    if made.not_there:
        names = _some([f"attribute.{model}.{name}" for model, name in made.not_there])
        echo(
            f"without values, as the workspace does not have them yet: {names}; apply the plan and seed again",
            err=True,
        )
    if made.without_room:
        names = _some(made.without_room)
        echo(f"left out for want of room among the workspace's event names: {names}", err=True)


def _some(names: Sequence[str], most: int = 10) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(f"`{printable(name)}`" for name in names[:most]) + more


@sandbox.command(epilog=examples("sandbox export", "sandbox export --into people"))
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the files go (default: here).",
)
@_file_option
@workspace_option
@project_option
def export(folder: Path, db: str | None, workspace: str | None, project: str | None) -> None:
    """Write contacts.ndjson, companies.ndjson, events.ndjson and tags.json, for `segment preview` and `rule eval`.

    They hold what calls of the API answer: no archived contacts, companies that have people, events of the last 90
    days, and the names of the tags, of which contacts tell the ids. The contact that registers events is left out.
    Files of those names are replaced.
    """
    import json

    from intercom_iac.diagnostics import Misuse
    from intercom_iac.workspace import export_people

    from ..files import make_folder, write_private
    from ..loading import sandbox_file

    path = sandbox_file(project, workspace, db)
    if not path.exists() and not path.parent.is_file():
        raise Misuse(
            f"there is no embedded workspace at `{path}`", hint="`sandbox seed` makes one with people in it"
        )
    make_folder(folder)
    for name, found in export_people(path):
        # Tags come in one answer, which is the file as it is.
        whole = name == "tags"
        lines = [{"type": "list", "data": found}] if whole else found
        written = folder / f"{name}.{'json' if whole else 'ndjson'}"
        write_private(written, "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines))
        echo(f"wrote {written}: {len(found):,} {name}")


@sandbox.group(epilog=examples('sandbox segment add "At-risk enterprise"'))
def segment() -> None:
    """Stand for the person who builds segments in Intercom's screens."""


@segment.command(
    epilog=examples(
        'sandbox segment add "At-risk enterprise"',
        "rule compile 'plan_type = trial' --to search > trial.json",
        "sandbox segment add Trial --query trial.json",
    )
)
@click.argument("name")
@click.option(
    "--query",
    "query",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A contact search (JSON) that selects its members; without it there are none.",
)
@_file_option
@workspace_option
@project_option
def add(name: str, query: Path | None, db: str | None, workspace: str | None, project: str | None) -> None:
    """Build a segment called NAME, which no API call can do.

    The query's members are counted by `GET /segments`, listed by `GET /contacts/{id}/segments` and found by a
    search on `segment_id`. A compiled rule's days are counted from the day it was compiled, and stay.
    """
    from intercom_iac.workspace import add_embedded_segment

    from ..loading import sandbox_file

    search, exact = (None, True) if query is None else _read_query(query)
    path = sandbox_file(project, workspace, db)
    built = add_embedded_segment(path, name, query=search)
    if not exact:
        echo("the query selects more people than its rule: what search cannot decide is left out", err=True)
    echo(f"the segment `{printable(built)}` stands in {printable(str(path))}")


def _read_query(path: Path) -> tuple[object, bool]:
    """The `query` of a file, bare or as `rule compile --to search` prints it, and whether it is the whole rule."""
    import json

    from intercom_iac.diagnostics import Misuse

    from ..files import read_text

    hint = "pass a file with what `rule compile --to search` prints"
    try:
        content: object = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise Misuse(f"`{path}` is not JSON", hint=hint) from error
    if not isinstance(content, dict):
        raise Misuse(f"`{path}` holds no contact search", hint=hint)
    found = cast("dict[str, object]", content)
    if "query" in found:
        return found["query"] or {}, found.get("exact") is not False
    return found, True
