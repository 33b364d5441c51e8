"""The codes of reading spec files: SPEC10x files, 11x YAML, 12x shape, 13x what Intercom takes.

An example's files are written with `errors="surrogateescape"`, so that one of them can hold bytes that are not
UTF-8.
"""

from __future__ import annotations

from ..registry import Code, Example, spec

_PROJECT = "version: 1\nspecs: specs\n"
_SPEC = "version: 1\nattributes:\n  contact:\n    seats: {type: integer}\n"
_RIGHT = spec(_SPEC)


def _project(text: str) -> Example:
    return Example({"intercom-iac.yaml": text, "specs/example.yaml": _SPEC})


def _contact(text: str) -> Example:
    return spec("version: 1\nattributes:\n  contact:\n" + text)


# --- files --------------------------------------------------------------------------------------------------

NO_PROJECT = Code(
    "SPEC101",
    "no project file",
    "The project file `intercom-iac.yaml` is looked for in the current folder and in each one above it, or where "
    "`--project` says. It names the folder of the specs and the workspaces.",
    wrong=Example({"elsewhere/intercom-iac.yaml": _PROJECT}, run="--project nowhere check"),
    right=_project(_PROJECT),
)
UNREADABLE = Code(
    "SPEC102",
    "a file cannot be read",
    "What has the name of a spec file is a folder, may not be read, or is a link that leads nowhere. Nothing is "
    "skipped in silence: what a file holds might be what the plan turns on.",
    wrong=Example({"specs/example.yaml/inner.txt": "a folder with a file's name\n"}),
    right=_RIGHT,
)
NO_SPECS_FOLDER = Code(
    "SPEC103",
    "the specs folder is missing",
    "The project file names the folder of the specs, `specs` where it says nothing.",
    wrong=Example({"intercom-iac.yaml": "version: 1\nspecs: sepcs\n", "specs/example.yaml": _SPEC}),
    right=_project(_PROJECT),
)
NO_SPECS = Code(
    "SPEC104",
    "the specs folder holds no spec file",
    "Spec files end in `.yaml` or `.yml`. A folder without any is more often a wrong path or a forgotten "
    "checkout than a project that declares nothing.",
    wrong=Example({"intercom-iac.yaml": _PROJECT, "specs/notes.txt": "no specs here\n"}),
    right=_RIGHT,
)
TOO_LARGE = Code(
    "SPEC105",
    "a file is too large",
    "A spec file holds at most a million bytes, some 25,000 lines. A larger one is most likely an export or a "
    "dump that strayed into the folder.",
    wrong=spec("# a large file\n" + "#\n" * 500_000 + _SPEC),
    right=_RIGHT,
)
NOT_UTF8 = Code(
    "SPEC106",
    "a file is not UTF-8",
    "Spec files are UTF-8 text. The place is that of the first byte that is not.",
    wrong=spec("version: 1\n# caf\udce9\n"),
    right=spec("version: 1\n# café\n"),
)
CONTROL_CHARACTER = Code(
    "SPEC107",
    "a control character",
    "YAML files hold printable characters, spaces, tabs and line ends. Others come from binary files and from "
    "copying out of a terminal. A file whose lines all end in carriage returns alone is one line to nearly every "
    "program, and is not read.",
    wrong=spec("version: 1\n# a bell: \x07\n"),
    right=_RIGHT,
)

OUTSIDE = Code(
    "SPEC108",
    "a path that leads out of the project",
    "Whoever changes a project may not thereby have other files read, shown in a diagnostic or written to. The specs "
    "folder stays below the project file, and every spec file and folder in the specs folder, links followed. So "
    "does the file of an embedded workspace, unless it is named by its whole path, which nobody overlooks.",
    wrong=Example(
        {"p/intercom-iac.yaml": "version: 1\nspecs: ../specs\n", "specs/example.yaml": _SPEC},
        run="--project p check",
    ),
    right=_project(_PROJECT),
)

# --- YAML ---------------------------------------------------------------------------------------------------

SYNTAX = Code(
    "SPEC110",
    "not YAML",
    "The file breaks YAML's syntax, so that nothing after this place can be read; the other files are checked.",
    wrong=spec('version: 1\nattributes:\n  contact:\n    seats: {type: "integer}\n'),
    right=_RIGHT,
)
TAB = Code(
    "SPEC111",
    "a tab as indentation",
    "YAML is indented with spaces: how wide a tab is depends on who looks.",
    wrong=spec("version: 1\nattributes:\n\tcontact: {}\n"),
    right=_RIGHT,
)
DUPLICATE_KEY = Code(
    "SPEC112",
    "a key stands twice",
    "Most YAML readers keep the last one without a word, and the first is lost.",
    wrong=_contact("    seats: {type: integer}\n    seats: {type: string}\n"),
    right=_RIGHT,
)
SECOND_DOCUMENT = Code(
    "SPEC113",
    "more than one document in a file",
    "A spec file is one YAML document.",
    wrong=spec(_SPEC + "---\nversion: 1\n"),
    right=_RIGHT,
)
UNKNOWN_ALIAS = Code(
    "SPEC114",
    "an alias that refers to nothing",
    "An alias `*name` repeats the value that was marked `&name` before it. Text that begins with `*` needs quotes.",
    wrong=_contact("    seats: {type: integer, owner: *team}\n"),
    right=_contact(
        "    seats: {type: integer, owner: &team growth}\n    rooms: {type: integer, owner: *team}\n"
    ),
)
ALIASES_EXPLODE = Code(
    "SPEC115",
    "aliases that explode",
    "Aliases of aliases grow like powers: a few lines stand for millions of values. A file's aliases may stand "
    "for 10,000.",
    wrong=spec(
        "version: 1\n"
        + "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n"
            for name, below in (("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"))
        )
    ),
    right=_RIGHT,
)
MERGE_KEY = Code(
    "SPEC116",
    "a merge key",
    "`<<` is no part of YAML 1.2, and an entry that is put together from elsewhere cannot be reviewed where it "
    "stands. Aliases for single values work.",
    wrong=_contact("    seats: &seats {type: integer}\n    rooms:\n      <<: *seats\n"),
    right=_contact("    seats: {type: integer}\n    rooms: {type: integer}\n"),
)
TAG = Code(
    "SPEC117",
    "a YAML tag",
    "Tags such as `!!str` change what a value is. The format needs none: quotes make text.",
    wrong=_contact("    seats: {type: integer, description: !!str 12}\n"),
    right=_contact("    seats: {type: integer, description: '12'}\n"),
)
KEY_NOT_TEXT = Code(
    "SPEC118",
    "a key that is no name",
    "Keys are names. An empty one, a list or a mapping in a key's place is most often a quote that was forgotten.",
    wrong=_contact("    {{ name }}: {type: integer}\n"),
    right=_RIGHT,
)
TOO_DEEP = Code(
    "SPEC119",
    "nested too deeply",
    "The format needs seven levels; a file of more than thirty is something else.",
    wrong=spec("version: 1\nattributes: " + "[" * 40 + "]" * 40 + "\n"),
    right=_RIGHT,
)

# --- shape --------------------------------------------------------------------------------------------------

WRONG_TYPE = Code(
    "SPEC120",
    "a value of another type",
    "A text, a number, true or false, a list or a mapping stands where another of them is expected. Values are "
    "read as YAML 1.2: `no`, `on` and `12:30` are text; `12` and `1e3` are numbers; quotes make text of anything.",
    wrong=_contact("    seats: {type: integer, description: 12}\n"),
    right=_contact("    seats: {type: integer, description: '12'}\n"),
)
UNKNOWN_KEY = Code(
    "SPEC121",
    "a key that is not known",
    "What a key that is not known was meant to do would be left undone in silence.",
    wrong=_contact("    seats: {type: integer, descripton: Seats paid for}\n"),
    right=_contact("    seats: {type: integer, description: Seats paid for}\n"),
)
MISSING_KEY = Code(
    "SPEC122",
    "a key that is missing",
    "Every file has a `version`, every attribute and metadata key a `type`, every segment a `rule`.",
    wrong=_contact("    seats: {description: Seats paid for}\n"),
    right=_contact("    seats: {type: integer, description: Seats paid for}\n"),
)
NOT_AMONG = Code(
    "SPEC123",
    "a value that is not one of those that work",
    "Some keys take one of a few values; the message lists them.",
    wrong=_contact("    seats: {type: number}\n"),
    right=_RIGHT,
)
FORMAT_VERSION = Code(
    "SPEC124",
    "an unknown version of the format",
    "The `version` at the top of a file is the version of the format, not of what the file declares.",
    wrong=spec("version: 7\n"),
    right=spec("version: 1\n"),
)
BAD_VALUE = Code(
    "SPEC125",
    "a value out of bounds",
    "The value has the right type and cannot be meant: a share above 100 percent, an address that is none, an "
    "empty name, a text longer than Intercom keeps (255 characters).",
    wrong=_project(_PROJECT + "safety: {max_archive_percent: 130}\n"),
    right=_project(_PROJECT + "safety: {max_archive_percent: 30}\n"),
)
TOKEN_IN_FILE = Code(
    "SPEC126",
    "an access token in the project file",
    "A token in a file is in git, and in every copy of it, for good; so is a password in an address. The project "
    "file names the environment variable that holds the token. A token that was committed must be revoked in "
    "Intercom. The value is never printed.",
    wrong=_project(_PROJECT + "workspaces:\n  production: {region: us, token: not-a-real-one}\n"),
    right=_project(_PROJECT + "workspaces:\n  production: {region: us, token_env: INTERCOM_TOKEN}\n"),
)
WORKSPACE_KIND = Code(
    "SPEC127",
    "a workspace that is nowhere, or in two places",
    "A workspace is an embedded one (`sandbox`, a file), or one of Intercom's: a `region`, or a `base_url`. It has "
    "exactly one of the three.",
    wrong=_project(_PROJECT + "workspaces:\n  production: {app_id: abc12345}\n"),
    right=_project(_PROJECT + "workspaces:\n  production: {app_id: abc12345, region: us}\n"),
)
UNKNOWN_WORKSPACE = Code(
    "SPEC128",
    "a workspace that is not declared",
    "The workspace that is meant where none is named must be one of the project's, and so must those that `only` and "
    "`except` of an entry name.",
    wrong=_project(_PROJECT + "default_workspace: staging\nworkspaces:\n  production: {region: us}\n"),
    right=_project(_PROJECT + "default_workspace: production\nworkspaces:\n  production: {region: us}\n"),
)
HOST_NOT_ALLOWED = Code(
    "SPEC129",
    "an address that is not Intercom's and not allowed",
    "The access token is sent to the host of `base_url`. Where that is neither one of Intercom's (`api.intercom.io`, "
    "`api.eu.intercom.io`, `api.au.intercom.io`) nor this machine, `allow_host` has to name it, so that a changed "
    "address alone does not hand the token to somebody else. A `region` needs neither.",
    wrong=_project(_PROJECT + "workspaces:\n  production: {base_url: 'https://proxy.example.com'}\n"),
    right=_project(
        _PROJECT
        + "workspaces:\n  production: {base_url: 'https://proxy.example.com', allow_host: proxy.example.com}\n"
    ),
)

# --- what Intercom takes ------------------------------------------------------------------------------------

NAME_CHARACTERS = Code(
    "SPEC130",
    "a name that cannot be one",
    "A name is on one line, shows all that it holds, and has neither white space nor typographic quotes around it. "
    "That goes for attributes, events, metadata keys, options, segments and tags. The name of a custom attribute "
    "holds letters and digits of any script, currency symbols, `_`, `-`, commas and spaces; Intercom refuses any "
    "other. A metadata key holds no period, quotes, backslashes and other signs of that kind.",
    wrong=_contact("    seats.paid: {type: integer}\n"),
    right=_contact("    seats_paid: {type: integer}\n"),
)
STANDARD_NAME = Code(
    "SPEC131",
    "the name of one of Intercom's own attributes",
    "Contacts and companies have attributes of their own. A custom one may not take the name of one of its model, "
    "in any case of letters, and rules may use Intercom's undeclared: `role` is a contact's, `lead` or `user`; "
    "`name`, `size` and `plan` are a company's.",
    wrong=_contact("    role: {type: string, description: What the person does}\n"),
    right=_contact("    job_role: {type: string, description: What the person does}\n"),
)
OPTIONS_AND_TYPE = Code(
    "SPEC132",
    "options and a type that do not go together",
    "Type `options` needs the list of its options, and no other type has one.",
    wrong=_contact("    plan_type: {type: string, options: [free, pro]}\n"),
    right=_contact("    plan_type: {type: options, options: [free, pro]}\n"),
)
TOO_FEW_OPTIONS = Code(
    "SPEC133",
    "fewer than two options",
    "Intercom refuses a list with fewer than two options.",
    wrong=_contact("    plan_type: {type: options, options: [free]}\n"),
    right=_contact("    plan_type: {type: options, options: [free, pro]}\n"),
)
DUPLICATE_OPTION = Code(
    "SPEC134",
    "an option that stands twice",
    "Options are told apart by their text.",
    wrong=_contact("    plan_type: {type: options, options: [free, pro, free]}\n"),
    right=_contact("    plan_type: {type: options, options: [free, pro]}\n"),
)
TOO_MANY_METADATA_KEYS = Code(
    "SPEC136",
    "more metadata keys than Intercom keeps",
    "Intercom keeps the first ten keys of an event's metadata, in the order they are sent, and ignores the rest "
    "without a word.",
    wrong=spec(
        "version: 1\nevents:\n  report_opened:\n    metadata:\n"
        + "".join(f"      key_{number}: {{type: string}}\n" for number in range(1, 12))
    ),
    right=spec(
        "version: 1\nevents:\n  report_opened:\n    metadata:\n"
        + "".join(f"      key_{number}: {{type: string}}\n" for number in range(1, 11))
    ),
)
TOO_MANY_ATTRIBUTES = Code(
    "SPEC137",
    "more attributes than a workspace holds",
    "A workspace holds 250 custom attributes, of contacts and companies together; archived ones make room.",
    wrong=_contact("".join(f"    attribute_{number}: {{type: string}}\n" for number in range(1, 252))),
    right=_contact("".join(f"    attribute_{number}: {{type: string}}\n" for number in range(1, 251))),
)
TOO_MANY_EVENTS = Code(
    "SPEC138",
    "more events than a workspace holds",
    "A workspace holds 120 active event names; further ones are refused when they are first sent.",
    wrong=spec("version: 1\nevents:\n" + "".join(f"  event_{number}: {{}}\n" for number in range(1, 122))),
    right=spec("version: 1\nevents:\n" + "".join(f"  event_{number}: {{}}\n" for number in range(1, 121))),
)
PREDEFINED_SEGMENT = Code(
    "SPEC139",
    "a segment with the name of one of Intercom's own",
    "Every workspace is made with the segments `Active`, `New` and `Slipping Away`. A segment that a person builds "
    "is found by its name, so that one of these would pass for it, whatever its rule is.",
    wrong=spec("version: 1\nsegments:\n  fresh: {name: New, rule: signed_up_at within last 7 days}\n"),
    right=spec(
        "version: 1\nsegments:\n  fresh: {name: New this week, rule: signed_up_at within last 7 days}\n"
    ),
)

# --- SPEC15x: text that is not what it looks like -----------------------------------------------------------

UNSEEN = Code(
    "SPEC153",
    "a character that nobody sees",
    "Marks of direction and of no width, tags, separators that some programs end a line at, a carriage return on its "
    "own: a reviewer does not see them, and they make a text or a name another one. They stand as escapes in double "
    'quotes, as in "\\u200b", and in comments and keys not at all. Joiners in emoji and in scripts that need them, '
    "selectors behind what they select and the flags that are made of tags are seen, and stay. `fmt` writes the "
    "escapes.",
    wrong=_contact("    seats: {type: integer, description: Seats\u200b paid for}\n"),
    right=_contact('    seats: {type: integer, description: "Seats\\u200b paid for"}\n'),
)
LOOK_ALIKE = Code(
    "SPEC154",
    "two names that look the same",
    "Letters with accents can be one character or two (NFC and NFD), and there are several kinds of spaces. Two "
    "names that differ in nothing else are two attributes, events, options or segments in Intercom, and nobody sees "
    "which of them is meant. The message spells both out. Where the workspace has both, the one that goes stays in "
    "the specs with `status: archived`.",
    wrong=_contact("    plan: {type: options, options: [pro plan, pro\u00a0plan]}\n"),
    right=_contact("    plan: {type: options, options: [pro plan, basic plan]}\n"),
)
COMMA = Code(
    "SPEC155",
    "a comma that ends a text",
    "Between `{` and `}` or `[` and `]` a comma ends a text that stands without quotes, in parentheses or not: what "
    "follows is read as the next key or item. Quotes keep a text together.",
    wrong=spec("version: 1\nsegments:\n  known: {name: Known, rule: role in (user, lead)}\n"),
    right=spec('version: 1\nsegments:\n  known: {name: Known, rule: "role in (user, lead)"}\n'),
)
