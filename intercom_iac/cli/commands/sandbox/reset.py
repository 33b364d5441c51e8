"""`sandbox reset`: the embedded workspace emptied."""

from __future__ import annotations

import click

from ...console import echo
from ...options import examples
from ...sandbox_options import SandboxOptions, sandbox_options


@click.command(epilog=examples("sandbox reset"))
@sandbox_options
def reset_command(sandbox: SandboxOptions) -> None:
    """Empty it; it stays the same workspace."""
    from intercom_iac.application import reset_sandbox
    from intercom_iac.text import printable

    path = sandbox.file()
    reset_sandbox(path)
    echo(f"emptied {printable(str(path))}")
