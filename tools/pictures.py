"""Paints docs/pictures: the plan in a terminal, its comment as GitHub would show it, the pages of an audit and of
related segments.

The first two are what the commands print for a change of the reference specs, made in a scratch copy; the third is of
the workspace that examples/messy_workspace.py fills; the last has the segments of examples/lifecycle. A headless
Chromium paints them.

    python tools/pictures.py
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from intercom_iac.sandbox import Sandbox, serving

ROOT = Path(__file__).parents[1]
# What the programs are given of the environment: no token of whoever draws.
PLAIN = {
    name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL") if name in os.environ
}
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 920
# As much of the page of an audit as shows what it is.
AUDIT_HEIGHT = 965
SEGMENTS_HEIGHT = 1010

RELATED = ("--today", "2026-03-14", "--format", "html")

# What a pull request might change: file, text, what it becomes.
PLANS = "options: [free, trial, %spro, enterprise]\n      description: Billing"
ARCHIVED = "accepted ones only.\n      owner: growth\n"
SEATS = "    seats_used: {type: integer, description: Seats that somebody uses., owner: product}\n"
SEGMENT = """\
  new_on_team:
    name: New on the team plan
    rule: plan_type = team and signup_date within last 30 days
"""
ENDING, IDLE = "within next 3 days\n", "feature_usage_count > 50 and plan_type = free\n"
# The day of the comment, from which the people of its workspace are made.
TODAY = "2026-03-14"
EDITS = (
    ("billing.yaml", PLANS % "", PLANS % "team, "),
    ("lifecycle.yaml", "referral, partner, event,", "referral, event,"),
    ("lifecycle.yaml", ARCHIVED, f"{ARCHIVED}      status: archived\n"),
    ("product.yaml", "    nps_response:\n", f"{SEATS}    nps_response:\n"),
    ("segments.yaml", "segments:\n", f"segments:\n{SEGMENT}"),
)
# What it changes besides in the comment: whom segments select.
RULES = (
    ("segments.yaml", ENDING, "within next 7 days\n"),
    ("segments.yaml", IDLE, "feature_usage_count > 100 and plan_type in (free, trial)\n"),
)
# Black, red, green, yellow, blue, magenta, cyan, white: as terminals with a dark ground have them.
THEME = TerminalTheme(
    (20, 24, 29),
    (215, 221, 228),
    [(20, 24, 29), (255, 123, 114), (86, 211, 100), (227, 179, 65), (121, 192, 255), (210, 168, 255),
     (86, 212, 221), (215, 221, 228)],
)  # fmt: skip

TERMINAL = """
body { margin: 0; padding: 18px 22px; width: %dpx; background: #14181d; color: #d7dde4; }
pre { margin: 0; font: 13.5px/1.45 "DejaVu Sans Mono", monospace; white-space: pre; }
"""

COMMENT = """
body { margin: 0; padding: 18px; width: %dpx; background: #fff; color: #1f2328;
  font: 14px/1.5 "DejaVu Sans", "Helvetica Neue", Arial, sans-serif; }
article { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; }
h3 { margin: 0 0 12px; font-size: 17px; } h4 { margin: 18px 0 10px; font-size: 14px; }
p, ul, ol, pre, blockquote, details, table { margin: 0 0 12px; } ul, ol { padding-left: 24px; } li { margin: 3px 0; }
li pre { margin: 8px 0; } article > :last-child { margin-bottom: 0; }
code { padding: 2px 5px; border-radius: 6px; background: #eff1f3; font: 12px "DejaVu Sans Mono", monospace; }
pre { padding: 10px; border-radius: 6px; background: #f6f8fa; overflow: hidden; }
pre code { padding: 0; background: none; }
.gone { display: block; background: #ffebe9; } .come { display: block; background: #dafbe1; }
blockquote { padding: 2px 14px; border-left: 4px solid #cf222e; } blockquote p { margin: 6px 0; }
table { border-collapse: collapse; } th, td { padding: 5px 10px; border: 1px solid #d1d9e0; text-align: left; }
th, td { vertical-align: top; } td:last-child { white-space: nowrap; }
.caution { color: #cf222e; font-weight: 600; } summary { cursor: pointer; }
"""


def main() -> int:
    if shutil.which("chromium") is None:
        print("Chromium is not installed: PATH has no `chromium`", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copy(ROOT / "intercom-iac.yaml", project)
        shutil.copytree(ROOT / "specs", project / "specs")
        run(project, "apply", "--auto-approve")
        run(project, "sandbox", "segment", "add", "At-risk enterprise")
        run(project, "sandbox", "seed", "--people", "400", "--today", TODAY)
        shutil.copytree(project / "specs", project / "before" / "specs")
        shutil.copy(project / "intercom-iac.yaml", project / "before")
        edit(project, EDITS)
        paint(terminal("$ intercom-iac plan\n" + run(project, "plan", colour=True)), PICTURES / "plan.png")
        edit(project, RULES)
        against = ("--against-folder", "before", "--today", TODAY)
        paint(comment(run(project, "plan", "--format", "markdown", *against)), PICTURES / "comment.png")
        take(audit(project), AUDIT_HEIGHT, PICTURES / "audit.png")
        related = run(ROOT / "examples" / "lifecycle", "segment", "relate", *RELATED)
        take(related, SEGMENTS_HEIGHT, PICTURES / "segments.png")
    return 0


def edit(project: Path, edits: tuple[tuple[str, str, str], ...]) -> None:
    """Changes the specs."""
    for name, before, after in edits:
        path = project / "specs" / name
        text = path.read_text("utf-8")
        if before not in text:
            raise SystemExit(f"specs/{name} has no {before!r} any more")
        path.write_text(text.replace(before, after), "utf-8")


def audit(project: Path) -> str:
    """The page of an audit of a workspace that was filled by hand."""
    sys.path.insert(0, str(ROOT / "examples"))
    from messy_workspace import Workspace, fill

    with Sandbox(project / "messy.db") as sandbox, serving(sandbox) as url:
        fill(Workspace(url), people=120)
    return run(project, "audit", "--sandbox", "messy.db", "--format", "html")


def run(project: Path, *arguments: str, colour: bool = False) -> str:
    environment = {**PLAIN, "FORCE_COLOR": "1" if colour else "0", "NO_COLOR": ""}
    ended = subprocess.run(
        [sys.executable, "-m", "intercom_iac", *arguments],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise SystemExit(ended.stdout + ended.stderr)
    return ended.stdout


def terminal(text: str) -> str:
    """The styles of a terminal as those of a page."""
    console = Console(record=True, width=120, file=StringIO(), color_system="standard", force_terminal=True)
    console.print(Text.from_ansi(text), soft_wrap=True)
    code = console.export_html(theme=THEME, inline_styles=True, code_format="{code}")
    return page(TERMINAL, f"<pre>{code}</pre>")


def comment(markdown: str) -> str:
    """The Markdown as GitHub's own renderer makes it, with its colours of a diff and its box of a warning."""
    made = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    made = made.replace("[!CAUTION]", '<span class="caution">Caution</span><br>')
    made = re.sub(r'(<pre lang="diff"><code>)(.*?)(</code>)', coloured, made, flags=re.DOTALL)
    return page(COMMENT, f"<article>{made}</article>")


def coloured(found: re.Match[str]) -> str:
    kinds = {"-": "gone", "+": "come"}
    lines = html.unescape(found[2]).splitlines()
    spans = [f'<span class="{kinds[each[0]]}">{html.escape(each)}</span>' for each in lines]
    return f"{found[1]}{''.join(spans)}{found[3]}"


def page(style: str, body: str) -> str:
    sized = f"{style % WIDTH} body {{ box-sizing: border-box; }}"
    # For `paint`, which asks how high the page is.
    script = "<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>"
    return f'<!DOCTYPE html><meta charset="utf-8"><title></title><style>{sized}</style>{body}{script}'


def paint(text: str, picture: Path) -> None:
    """The page as a picture, as high as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(text, "utf-8")
        height = re.search("<title>([0-9]+)</title>", chromium(folder, path, "--dump-dom", size(100)))
        assert height is not None
    take(text, int(height[1]), picture)


def take(text: str, height: int, picture: Path) -> None:
    """The upper part of a page as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(text, "utf-8")
        chromium(folder, path, f"--screenshot={picture}", size(height), "--force-device-scale-factor=1.4")
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1000} kB")


def size(height: int) -> str:
    return f"--window-size={WIDTH},{height}"


def chromium(folder: str, path: Path, *flags: str) -> str:
    return subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder}/profile", *flags, path.as_uri(),
        ],
        env=PLAIN, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
