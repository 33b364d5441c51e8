"""The program's own help, told before click is imported: the way in answers `--help` with it, and so does click."""

PROGRAM = "intercom-iac"

COMMANDS = {
    "init": "start a project that passes `check` and plans on the embedded workspace",
    "check": "say everything that is wrong with the specs, without a workspace",
    "fmt": "rewrite spec files in their canonical form, comments kept",
    "mv": "rename an attribute, an event or a segment, in every file",
    "import": "write specs for what a workspace has, or another tool's tracking plan says",
    "breaking": "say which changes of the specs break something, against a revision",
    "changelog": "write what changed in the specs since a revision",
    "plan": "show what apply would do",
    "apply": "do what a plan says",
    "show": "show a saved plan",
    "drift": "say what changed in the workspace behind the specs' back",
    "promote": "plan for one workspace what another one has as declared",
    "diff": "compare two live workspaces",
    "audit": "say what a workspace has and what is wrong with it; needs no specs",
    "usages": "say where code sends or reads each attribute and event, and what is wrong there",
    "explain": "explain a diagnostic code, or an object and what depends on it",
    "rule": "compile or evaluate one rule, relate two",
    "segment": "list, compile, preview, compare, relate or publish the segments of the specs",
    "sync": "bring contacts, companies or events in line with a table",
    "generate": "write typed code that sends the data, in TypeScript or Python",
    "payload": "check records that are or were sent against the specs",
    "sandbox": "serve, fill, export or empty the embedded workspace",
    "schema": "print the JSON Schema of a file format, for editors",
}

OPTIONS = {
    "--project PATH": "project folder or file (default: found upwards)",
    "-V, --version": "show the version",
    "-h, --help": "show this; after a command, its own help with examples",
}

_ABOUT = """\
Terraform for the data model of an Intercom workspace.

Attributes, tracked events and segments are YAML files in git; `plan` shows what
would change in the workspace, `apply` does it.
"""

_EXAMPLES = f"""\
Examples:
  {PROGRAM} init crm-schema
  {PROGRAM} check
  {PROGRAM} plan --out plan.json
  {PROGRAM} apply plan.json
"""

_EXIT_CODES = """\
Exit codes:
  0  fine
  1  failed
  2  there are changes (plan --detailed-exitcode, drift)
  3  invalid specs or arguments
  4  not authorized, or the wrong workspace
  5  workspace unreachable, or rate-limited out
  6  blocked by safety: destructive, over a threshold, a stale plan
"""


def help_text() -> str:
    """The help of the program itself, without a line end."""
    usage = f"Usage: {PROGRAM} [OPTIONS] COMMAND [ARGS]...\n"
    return "\n".join(
        (usage, _ABOUT, _table("Commands", COMMANDS), _table("Options", OPTIONS), _EXAMPLES, _EXIT_CODES)
    ).rstrip()


def _table(title: str, rows: dict[str, str]) -> str:
    width = max(map(len, rows))
    return f"{title}:\n" + "".join(f"  {name:<{width}}  {text}\n" for name, text in rows.items())
