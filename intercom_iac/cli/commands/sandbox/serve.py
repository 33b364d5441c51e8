"""`sandbox serve`: the embedded workspace over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from ...console import echo
from ...options import examples
from ...sandbox_options import SandboxOptions, sandbox_options, server_options

if TYPE_CHECKING:
    from intercom_iac.application import ServerSettings


@click.command(
    epilog=examples(
        "sandbox serve --port 8080",
        "sandbox serve --port 0 --db scratch.db",
        "sandbox serve --rate-limit 300/3s --latency 20ms-80ms",
        "sandbox serve --fault drop-after-accept=0.01 --fault 503-html=every:10 --seed 7",
        "sandbox serve --fault 500=call:3@POST/data_attributes",
        "sandbox serve --search-lag 2s --switch attribute_limit=100",
        "sandbox serve --allow-origin http://localhost:3000",
    )
)
@server_options
@sandbox_options
def serve_command(port: int, sandbox: SandboxOptions, **settings: Unpack[ServerSettings]) -> None:
    """Serve it over HTTP on this machine, until interrupted. Any bearer token but an empty one opens it."""
    from intercom_iac.application import serve_sandbox
    from intercom_iac.text import printable

    path = sandbox.file()

    def print_address(url: str, is_new: bool) -> None:
        opened = "made a new workspace at" if is_new else "opened the workspace at"
        echo(f"{opened} `{printable(str(path))}`", err=True)
        for origin in settings.get("allow_origin", ()):
            echo(f"pages of {origin} may load {url}/sandbox/messenger/widget.js", err=True)
        echo(f"serving {printable(str(path))} at {url}; Ctrl-C stops")

    injected = serve_sandbox(path, port=port, on_ready=print_address, **settings)
    if injected:
        echo("injected: " + ", ".join(f"{count} {kind}" for kind, count in sorted(injected.items())))
