"""PARSE2xx: a rule's text that does not read."""

from __future__ import annotations

from ..registry import Code, Example, spec


def _rule(text: str) -> Example:
    """A project with one attribute and one segment of this rule."""
    return spec(
        "version: 1\n"
        "attributes:\n"
        "  contact:\n"
        "    plan: {type: options, options: [free, trial, pro]}\n"
        "segments:\n"
        "  example:\n"
        "    name: Example\n"
        "    rule: |\n"
        f"      {text}\n"
    )


def _tree(type_name: str) -> Example:
    """A rule as its typed tree, in a project with one attribute."""
    tree = (
        '{"format_version": "1.0",\n'
        ' "node": "Equals",\n'
        f' "field": {{"owner": "contact", "name": "plan", "type": "{type_name}"}},\n'
        ' "value": "pro"}\n'
    )
    files = {"specs/example.yaml": _rule("plan = trial").files["specs/example.yaml"], "rule.json": tree}
    return Example(files, run="rule compile --from json rule.json")


_RIGHT = _rule("plan = trial and email has any value")

UNEXPECTED = Code(
    "PARSE201",
    "a rule that does not read",
    "Something stands where the rule language has no place for it, or something is missing. Reading goes on at the "
    "next `and`, `or` or closing parenthesis, so that the other clauses are checked in the same run.",
    wrong=_rule("plan trial and email has any value"),
    right=_RIGHT,
)
UNCLOSED_QUOTE = Code(
    "PARSE202",
    "a quote that is never closed",
    "A text stands between two quotes of the same kind, a name with spaces between two backticks. A quote inside "
    "is written twice: 'it''s'.",
    wrong=_rule("plan = 'trial and email has any value"),
    right=_rule("plan = 'trial' and email has any value"),
)
UNBALANCED = Code(
    "PARSE203",
    "a parenthesis without its partner",
    "Every `(` of a rule has its `)`.",
    wrong=_rule("(plan = trial or plan = free and email has any value"),
    right=_rule("(plan = trial or plan = free) and email has any value"),
)
TOO_DEEP = Code(
    "PARSE204",
    "a rule nested too deep",
    "Parentheses and `not` may stand 50 deep inside each other, far beyond what a person can follow.",
    wrong=_rule("(" * 51 + "plan = trial" + ")" * 51),
    right=_rule("(plan = trial)"),
)
EMPTY = Code(
    "PARSE205",
    "a rule that says nothing",
    "A rule holds at least one test; a comment is none.",
    wrong=_rule("# everybody"),
    right=_rule("email has any value # everybody we can write to"),
)
FOREIGN = Code(
    "PARSE206",
    "a sign the rule language does not have",
    "Signs of other languages and typographic quotes are not read. Texts with such signs stand in quotes, names "
    "with such signs in backticks.",
    wrong=_rule("plan = “trial” and email has any value"),
    right=_RIGHT,
)
FOLDED_COMMENT = Code(
    "PARSE207",
    "a comment that swallows the rest of the rule",
    "A comment runs to the end of its line. YAML folds the lines of a plain, quoted or `>` text into one, and what "
    "stands on the lines below becomes part of the comment. Under `rule: |` lines stay lines.",
    wrong=spec(
        "version: 1\n"
        "segments:\n"
        "  example:\n"
        "    name: Example\n"
        "    rule: >-\n"
        "      role = user\n"
        "      # whom we can write to\n"
        "      and email has any value\n"
    ),
    right=spec(
        "version: 1\n"
        "segments:\n"
        "  example:\n"
        "    name: Example\n"
        "    rule: |\n"
        "      role = user\n"
        "      # whom we can write to\n"
        "      and email has any value\n"
    ),
)
TOO_LARGE = Code(
    "PARSE208",
    "a rule that is too large",
    "A rule may be 100,000 characters long and, with the segments it refers to, 10,000 tests and 2,000 levels; a "
    "link of a chain of references takes two or three. A list of people is better kept as a tag or an attribute, "
    "which a short rule then asks for.",
    wrong=_rule(
        "\n      or ".join(
            [f"email = 'somebody-with-a-long-name-{n}@a-company.example'" for n in range(2000)]
        )
    ),
    right=_rule("tag invited"),
)
_EVENT = "version: 1\nevents:\n  signed_up: {{}}\nsegments:\n  example:\n    name: Example\n    rule: {}\n"
VERB_BEFORE_NAME = Code(
    "PARSE210",
    "a verb before the name of an event",
    "The name follows at once: `event signed_up`; `not` stands before it. A name that is spelled like a verb stands "
    "in quotes or backticks.",
    wrong=spec(_EVENT.format("event is signed_up")),
    right=spec(_EVENT.format("event signed_up")),
)
TREE = Code(
    "PARSE220",
    "a typed tree that is not as its format has it",
    "`rule compile --from json` reads what `--to tree` prints; `intercom-iac schema rule` prints its JSON Schema. "
    "Each message begins with the JSON pointer of what is wrong. The specs decide: a document with another type for "
    "an attribute, or another rule for a segment, than they have is refused.",
    wrong=_tree("string"),
    right=_tree("options"),
)
