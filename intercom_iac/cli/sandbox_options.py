"""Options of the commands below `sandbox`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intercom_iac.lazy_dataclass import dataclass

from .options import ProjectOptions, WholeNumber, project_option, workspace_option

if TYPE_CHECKING:
    from intercom_iac.application import Session

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Which embedded workspace is meant: the file of `--db`, else that of a workspace of the project."""

    db: str | None
    project: ProjectOptions

    @property
    def session(self) -> Session | None:
        """The session for the project, None where there is none. Raises `InvalidSpecs`."""
        return self.project.session_if_any

    def file(self) -> Path:
        """The file. Raises `InvalidSpecs` for a project that is wrong, `Misuse` for one without such a workspace."""
        from intercom_iac.application import embedded_file

        return Path(self.db) if self.db is not None else embedded_file(self.session)


def sandbox_options(command: F) -> F:
    """`--db`, `-w` and `--project`, given to the command as `sandbox: SandboxOptions`."""

    @wraps(command)
    def with_sandbox(*, db: str | None, project: ProjectOptions, **options: Any) -> Any:
        return command(sandbox=SandboxOptions(db, project), **options)

    decorated: Any = workspace_option(project_option(with_sandbox))
    return click.option("--db", metavar="FILE", help="The workspace's file (default: the project's).")(
        decorated
    )


def _host_names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if re.fullmatch(r"[A-Za-z0-9._-]+", name) is None:
            from intercom_iac.text import printable

            raise click.BadParameter(f"`{printable(name)}` is no host name; pass it without scheme and port")
    return names


def _page_origins(_: click.Context, __: click.Parameter, origins: tuple[str, ...]) -> tuple[str, ...]:
    """The origins as browsers send them: in lowercase, without the scheme's own port."""
    return tuple(_page_origin(origin) for origin in origins)


def _page_origin(origin: str) -> str:
    match = re.fullmatch(r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?/?", origin.lower())
    if match is None:
        from intercom_iac.text import printable

        message = f"`{printable(origin)}` is no origin of pages; pass scheme, host and port, such as"
        raise click.BadParameter(f"{message} http://localhost:3000")
    scheme, host, port = match.groups(default="")
    return f"{scheme}://{host}{'' if port == {'http': ':80', 'https': ':443'}[scheme] else port}"


_SERVER_OPTIONS = (
    click.option(
        "--port",
        metavar="N",
        type=WholeNumber(0, 65535),
        default=8080,
        show_default=True,
        help="0 takes a free one.",
    ),
    click.option(
        "--fault",
        "faults",
        metavar="KIND=WHEN",
        multiple=True,
        help="Fail now and then; repeatable. KIND is drop-before-accept, drop-after-accept, drop-during-answer, 500, "
        "500-after-accept, 503-html, truncated-json, slow-body or wrong-content-type. WHEN is a probability, every:N "
        "or call:K; @POST, @/contacts or @POST/contacts after it leaves other calls alone.",
    ),
    click.option(
        "--slow-body", metavar="TIME", default="5s", show_default=True, help="How long one trickles."
    ),
    click.option(
        "--seed",
        metavar="N",
        type=WholeNumber(),
        default=1,
        show_default=True,
        help="Of faults and latency: the same number and calls, the same faults.",
    ),
    click.option(
        "--rate-limit", metavar="N/TIME", help="Calls a window allows, such as 1667/10s (default: any)."
    ),
    click.option(
        "--latency",
        metavar="TIME",
        default="0s",
        show_default=True,
        help="Before each answer: 50ms, or 20ms-80ms for one that varies.",
    ),
    click.option(
        "--search-lag", metavar="TIME", help="How much later a search finds what was written, such as 2s."
    ),
    click.option(
        "--switch",
        "switches",
        metavar="NAME=VALUE",
        multiple=True,
        help="A behaviour that Intercom does not document, such as archived_attributes_count=true; repeatable. "
        "docs/sandbox.md lists them.",
    ),
    click.option(
        "--allow-host",
        metavar="NAME",
        multiple=True,
        callback=_host_names,
        help="Answer requests for this host too, such as a name that a proxy gives this machine; repeatable. Without "
        "it only those for localhost and loopback addresses are answered.",
    ),
    click.option(
        "--allow-origin",
        metavar="URL",
        multiple=True,
        callback=_page_origins,
        help="Let pages of this origin, such as http://localhost:3000, load and call the stand-in for the Messenger; "
        "repeatable. No page may without it, and none may call the API.",
    ),
)


def server_options(command: F) -> F:
    """`--port`, and what the served workspace does that another would not."""
    for option in reversed(_SERVER_OPTIONS):
        command = option(command)
    return command
