"""A session without a project file: for a workspace that the caller names."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.model import REGIONS, host_of, trusted_host
from intercom_iac.project import DiskTree, OverlayTree, read_project

from .session import Session

_FILE = "named-on-the-command-line.yaml"


def standalone_session(
    folder: Path,
    *,
    region: str | None = None,
    base_url: str | None = None,
    sandbox: Path | None = None,
    today: date | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Session:
    """A session for Intercom's region, for a server, or for the file of an embedded workspace: the one that is given,
    else for the region `us`. Its project declares this workspace alone.

    The token is that of `INTERCOM_TOKEN`, or of the descriptor that the environment names. Raises `Misuse` where
    several are given, for a file that is not there, and for an address that no token may be sent to.
    """
    given = [name for name in (region, base_url, sandbox) if name is not None]
    if len(given) > 1:
        raise Misuse(
            "one workspace is meant, and several are named",
            hint=f"pass one of --region {'|'.join(REGIONS)}, --base-url URL and --sandbox FILE",
        )
    if sandbox is not None:
        path = (folder / sandbox).absolute()
        if not path.is_file():
            raise Misuse(
                f"there is no embedded workspace at `{sandbox}`", hint="`sandbox serve --db FILE` makes one"
            )
        return _session(folder, sandbox.name, {"sandbox": str(path)}, today, environment)
    if base_url is not None:
        host = host_of(base_url) or base_url
        # Whoever writes an address on the command line says with it where the token may go.
        allowed = {} if trusted_host(base_url, None) else {"allow_host": host}
        return _session(folder, host, {"base_url": base_url, **allowed}, today, environment)
    name = region or "us"
    return _session(folder, name, {"region": name}, today, environment)


def _session(
    folder: Path, name: str, settings: Mapping[str, str], today: date | None, environment: Mapping[str, str]
) -> Session:
    """A session as if a project file in the folder said this."""
    content = f"version: 1\nworkspaces: {{{json.dumps(name)}: {json.dumps(settings)}}}\n"
    tree = OverlayTree(DiskTree(folder), {_FILE: content.encode()})
    project, diagnostics = read_project(folder, tree, _FILE, environment)
    if project is None or diagnostics:
        raise Misuse(diagnostics[0].message.replace("`base_url`", "`--base-url`"), hint=diagnostics[0].hint)
    return Session(project, today=today)
