"""The codes of this stage."""

from __future__ import annotations

from ..registry import Code, Example, spec

# --- LINT55x: names -----------------------------------------------------------------------------------------

NAMING_STYLE = Code(
    "LINT551",
    "a name in another style than the project's",
    "`naming` in the project file says how names are spelled: those of attributes, events and metadata keys, and the "
    "keys of segments. Names cannot be changed in Intercom afterwards. Archived entries are left alone.",
    wrong=Example(
        {
            "intercom-iac.yaml": "version: 1\nnaming: {attributes: snake_case}\n",
            "specs/example.yaml": "version: 1\nattributes:\n  contact:\n    planType: {type: string}\n",
        }
    ),
    right=Example(
        {
            "intercom-iac.yaml": "version: 1\nnaming: {attributes: snake_case}\n",
            "specs/example.yaml": "version: 1\nattributes:\n  contact:\n    plan_type: {type: string}\n",
        }
    ),
    severity="warning",
)
REWRITTEN_EVENT = Code(
    "LINT552",
    "an event name that Intercom stores differently",
    "Intercom stores `.` and `$` in an event's name as `-`: people who look for the name in the specs miss it.",
    wrong=spec("version: 1\nevents:\n  order.paid: {}\n"),
    right=spec("version: 1\nevents:\n  order-paid: {}\n"),
    severity="warning",
)
METADATA_DATE = Code(
    "LINT553",
    "a date that Intercom reads as a number",
    "In an event's metadata only a key that ends in `_date` is a date; the value of any other is a number.",
    wrong=spec("version: 1\nevents:\n  paid:\n    metadata: {due: {type: date}}\n"),
    right=spec("version: 1\nevents:\n  paid:\n    metadata: {due_date: {type: date}}\n"),
    severity="warning",
)

CONFUSABLE_OPTION = Code(
    "LINT554",
    "two options that look like one",
    "Options that differ only in case, spaces, quotes or hyphens are two options in Intercom, and one to everybody "
    "who reads or types them: values split between both, and a rule that asks for one misses the other.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n    tier: {type: options, options: [Pro plus, pro-plus]}\n"
    ),
    right=spec("version: 1\nattributes:\n  contact:\n    tier: {type: options, options: [pro_plus, free]}\n"),
    severity="warning",
)
NEAR_STANDARD = Code(
    "LINT555",
    "an attribute beside one of Intercom's own of nearly that name",
    "Intercom keeps attributes of its own, which rules read without a declaration. A custom attribute of nearly the "
    "same name has other values, and nobody remembers which of the two a segment asks for.",
    wrong=spec("version: 1\nattributes:\n  contact:\n    last_seen: {type: date}\n"),
    right=spec("version: 1\nattributes:\n  contact:\n    last_export_date: {type: date}\n"),
    severity="info",
)
NOT_COMPOSED = Code(
    "LINT506",
    "a name whose accents are characters of their own",
    "Letters with accents can be one character (NFC) or a letter and a mark behind it (NFD). They look the same, and "
    "in Intercom they are two names. Keyboards write one character; two come from file names and from some editors.",
    wrong=spec("version: 1\nattributes:\n  contact:\n    cafe\u0301: {type: string}\n"),
    right=spec("version: 1\nattributes:\n  contact:\n    caf\u00e9: {type: string}\n"),
    severity="warning",
)

# --- LINT50x, LINT54x: rules --------------------------------------------------------------------------------


def _rule(text: str, attribute: str = "{type: date}") -> Example:
    """A project with one attribute and one segment of this rule."""
    return spec(
        f"version: 1\nattributes:\n  contact:\n    renewal: {attribute}\n"
        f"segments:\n  example:\n    name: Example\n    rule: {text}\n"
    )


DEPRECATED = Code(
    "LINT501",
    "a deprecated attribute or event in a rule",
    "What is deprecated is about to be archived; a rule that rests on it stops working then.",
    wrong=_rule("renewal has any value", "{type: date, status: deprecated}"),
    right=_rule("renewal has any value"),
    severity="warning",
)
OPEN_DIRECTION = Code(
    "LINT502",
    "`within N days` with its direction left open",
    "It reads as `within next N days`; said in the rule, nobody has to know. `fmt` writes it out.",
    wrong=_rule("renewal within 3 days"),
    right=_rule("renewal within next 3 days"),
    severity="info",
)

NOT_READ = Code(
    "LINT505",
    "a file that looks like specs and is not read",
    "Spec files end in `.yaml` or `.yml`, in lower case, and are not hidden; the project file is called "
    "`intercom-iac.yaml`. What looks like one of them under another name declares nothing: copies, templates and "
    "JSON with a section of ours in them, hidden files and folders, another spelling of the ending.",
    wrong=Example(
        {"specs/example.yaml": "version: 1\n", "specs/more.YAML": "version: 1\nevents: {paid: {}}\n"}
    ),
    right=Example(
        {"specs/example.yaml": "version: 1\n", "specs/more.yaml": "version: 1\nevents: {paid: {}}\n"}
    ),
    severity="warning",
)

DOUBLE_NEGATION = Code(
    "LINT503",
    "a negation of a negation",
    "`not` before a test that is negated already takes two readings to understand, and says what the plain test "
    "says: logic has two values here.",
    wrong=_rule("not renewal is unknown"),
    right=_rule("renewal has any value"),
    severity="warning",
)
NEVER_HOLDS = Code(
    "LINT504",
    "a test that can never hold",
    "No option of the attribute matches the text, or no day is in the window: the test is false for everybody, and "
    "behind `not` true for everybody.",
    wrong=_rule("renewal is unknown or renewal contains month", "{type: options, options: [yearly, never]}"),
    right=_rule("renewal is unknown or renewal contains year", "{type: options, options: [yearly, never]}"),
    severity="warning",
)
FOR_NOBODY = Code(
    "LINT507",
    "tests that hold together for nobody",
    "No value passes all of the tests that `and` joins, so the rule selects nobody, or with `not` everybody. Mostly "
    "`or` was meant, or one of the values is wrong.",
    wrong=_rule("renewal is unknown or renewal > 10 and renewal < 5", "{type: integer}"),
    right=_rule("renewal is unknown or renewal > 10 or renewal < 5", "{type: integer}"),
    severity="warning",
)
FOR_EVERYBODY = Code(
    "LINT508",
    "tests of which everybody passes one",
    "Each value, and a missing one too, passes one of the tests that `or` joins, so the rule selects everybody. A "
    "value differs from one of two options at least: who is to differ from both is asked for with `not in`.",
    wrong=_rule(
        "role = lead and (renewal != yearly or renewal != never)", "{type: options, options: [yearly, never]}"
    ),
    right=_rule(
        "role = lead and renewal not in (yearly, never)", "{type: options, options: [yearly, never]}"
    ),
    severity="warning",
)
REPEATED_TEST = Code(
    "LINT509",
    "the same test twice",
    "A test that `and` or `or` joins with itself says what it says alone. Mostly one of them was to ask for another "
    "value or another attribute.",
    wrong=_rule("renewal is unknown or renewal is unknown"),
    right=_rule("renewal is unknown or renewal within next 30 days"),
    severity="warning",
)
AMBIGUOUS_WORD = Code(
    "LINT541",
    "a word that may be read otherwise",
    "A bare word such as `none` or `unknown` asks for no value in a rule, unless the attribute has an option of that "
    "name; `yes` on a text is the word. Quotes say that the text or the option is meant.",
    wrong=_rule("renewal = none", "{type: options, options: [yearly, none]}"),
    right=_rule("renewal = 'none'", "{type: options, options: [yearly, none]}"),
    severity="info",
)
ATTRIBUTE_AS_TEXT = Code(
    "LINT542",
    "a text that is the name of an attribute",
    "A bare word on a text attribute is a text, also where an attribute has that name: only numbers and dates are "
    "compared with each other. Quotes say that the text is meant.",
    wrong=_rule("name = renewal", "{type: string}"),
    right=_rule("name = 'renewal'", "{type: string}"),
    severity="warning",
)
SEVERAL_COMPANIES = Code(
    "LINT543",
    "tests that two different companies can meet",
    "Each `company.` test asks for some company of the contact, and a contact may have several: one can pass the "
    "first test and another the second. `company( ... )` asks for a single one that passes all of them.",
    wrong=spec("version: 1\n", "rule compile 'company.plan = pro and company.size > 50' --to english"),
    right=spec("version: 1\n", "rule compile 'company(plan = pro and size > 50)' --to english"),
    severity="info",
)
AMBIGUOUS_NUMBER = Code(
    "LINT544",
    "a number that may be read otherwise",
    "A number has no separators: `1.000` is 1, and `in (1,250)` holds 1 and 250. Without the zeros, and with a space "
    "behind the comma, it is clear that this is meant.",
    wrong=_rule("renewal in (1,250)", "{type: integer}"),
    right=_rule("renewal = 1250", "{type: integer}"),
    severity="warning",
)
EMPTY_TEXT = Code(
    "LINT545",
    "a test for an empty text",
    "`= ''` holds for those whose text is known and empty, and `!= ''` for everybody else, those without any value "
    "among them. `is unknown` and `has any value` ask whether there is a value.",
    wrong=_rule("renewal != ''", "{type: string}"),
    right=_rule("renewal has any value", "{type: string}"),
    severity="warning",
)
LIES_BEHIND = Code(
    "LINT546",
    "days to come of what lies in the past",
    "An event has happened, and so has what Intercom's own timestamps such as `last_seen_at` tell of: today or "
    "before, and on no day to come. `within` without a direction looks ahead; on these timestamps it is an error, "
    "TYPE309.",
    wrong=_rule("last_seen_at within next 30 days"),
    right=_rule("last_seen_at within last 30 days"),
    severity="warning",
)
FOLLOWS_ITSELF = Code(
    "LINT547",
    "an event that follows itself",
    "`event a then event b` holds where some b comes at the moment of some a or later. Where both are the same "
    "event, each occurrence follows itself, and a single one is enough.",
    wrong=spec(
        "version: 1\nevents: {paid: {}}\nsegments: {payers: {name: Payers, rule: event paid then event paid}}\n"
    ),
    right=spec(
        "version: 1\nevents: {paid: {}}\nsegments: {payers: {name: Payers, rule: event paid count >= 2}}\n"
    ),
    severity="warning",
)
INTERCOM_VALUE = Code(
    "LINT548",
    "a country or a language that Intercom spells otherwise",
    "Intercom finds out a contact's country and language by itself. Countries have their English names, `United "
    "States` and not `US`; languages have codes of ISO 639, `fr` and not `French`. `=` compares letter by letter.",
    wrong=_rule("location.country = US"),
    right=_rule("location.country = 'United States'"),
    severity="warning",
)
EMAIL_DOMAIN = Code(
    "LINT549",
    "an ending of `email` that `email_domain` tests better",
    "Contact search has no `not ends with`: it returns more contacts than the members, and the rest is decided "
    "afterwards. It does compare `email_domain`, which is what stands behind the @ of the email.",
    wrong=_rule("email not ends with '@example.com'"),
    right=_rule("email_domain != example.com"),
    severity="info",
)
NEAR_CAP = Code(
    "LINT582",
    "so many attributes or events that a cap is near",
    "A workspace holds 250 active custom attributes, of contacts and companies together, and 120 active event names. "
    "From 80% of a cap on there is a warning, while there is time to choose which to archive. What the workspace has "
    "besides is not counted here; `plan` counts that (`PLAN660`).",
    wrong=spec("version: 1\nevents:\n" + "".join(f"  event_{number}: {{}}\n" for number in range(1, 97))),
    right=spec("version: 1\nevents:\n" + "".join(f"  event_{number}: {{}}\n" for number in range(1, 96))),
    severity="warning",
)
# --- LINT510, LINT540: what a rule is compiled to -----------------------------------------------------------

NOT_SEARCHED = Code(
    "LINT510",
    "a test that contact search cannot decide",
    "Intercom's contact search knows neither companies nor events, and not every operator on every type. The query "
    "then selects more than the members, and the residual rule, evaluated on what comes back, decides.",
    wrong=spec("version: 1\n", "rule compile 'role = user and company.size > 50' --to search"),
    right=spec("version: 1\n", "rule compile 'role = user and email has any value' --to search"),
    severity="info",
)
NOT_IN_AUDIENCE = Code(
    "LINT540",
    "a rule that an audience cannot express",
    "An audience is a list of filters that all hold, each with an operator that audiences are known to take. Other "
    "rules are published as a tag, or the audience is built by hand.",
    wrong=spec(
        "version: 1\nsegments: {schools: {rule: email ends with edu or role = lead, publish: [audience]}}\n"
    ),
    right=spec(
        "version: 1\nsegments: {schools: {rule: role = user and email contains edu, publish: [audience]}}\n"
    ),
    severity="warning",
)
