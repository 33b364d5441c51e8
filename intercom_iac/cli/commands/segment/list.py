"""`segment list`: the declared segments, each in a few facts."""

from __future__ import annotations

from dataclasses import asdict

import click

from ...console import echo, print_json
from ...options import ProjectOptions, examples, format_option, project_option, workspace_option


@click.command(epilog=examples("segment list", "segment list --format json"))
@workspace_option
@project_option
@format_option("text", "json")
def list_command(project: ProjectOptions, output: str) -> None:
    """List the segments: what they are called in Intercom, how they get there, what they read."""
    from intercom_iac.application import list_segments
    from intercom_iac.text import printable

    segments = list_segments(project.session)
    if output == "json":
        print_json({"segments": [asdict(segment) for segment in segments]})
        return
    for segment in segments:
        by_hand = "built in Intercom" if segment.built_in_intercom else "by hand"
        published = ", ".join(segment.publish) or by_hand
        status = "" if segment.status == "active" else f", {segment.status}"
        key = click.style(printable(segment.key), bold=True)
        echo(f"{key}  {printable(segment.name)} ({published}{status})")
        if segment.english is None:
            echo("  its rule names what the specs no longer have")
            continue
        echo(f"  {printable(segment.english)}")
        echo(f"  reads {printable(', '.join(segment.reads)) or 'no attribute'}")
