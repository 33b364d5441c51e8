"""What is proved of rules on standard output, in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import echo, print_diagnostics, screen_size

if TYPE_CHECKING:
    from intercom_iac.application import Related


def print_related(related: Related, output: str) -> None:
    print_diagnostics(related.warnings)
    if output == "json":
        from intercom_iac.reporting import related_json_parts

        for part in related_json_parts(related.proved):
            echo(part, nl=False)
    elif output == "html":
        from intercom_iac.reporting import related_html

        echo(related_html(related.proved), nl=False)
    else:
        from intercom_iac.reporting import related_text

        echo(related_text(related.proved, screen_size()[0]))
