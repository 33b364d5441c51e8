"""An audit on standard output, in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import echo, print_json, screen_size

if TYPE_CHECKING:
    from intercom_iac.auditing import Audit


def print_audit(audit: Audit, output: str) -> None:
    if output == "json":
        from intercom_iac.auditing import encode_audit

        print_json(encode_audit(audit))
    elif output == "markdown":
        from intercom_iac.reporting import audit_markdown

        echo(audit_markdown(audit), nl=False)
    elif output == "html":
        from intercom_iac.reporting import audit_html

        echo(audit_html(audit), nl=False)
    else:
        from intercom_iac.reporting import audit_text

        echo(audit_text(audit, screen_size()[0]))
