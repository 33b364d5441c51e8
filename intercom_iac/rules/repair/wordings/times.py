"""Days and times as other tools write them: `in the past month`, `now() - interval '7 days'`, `31/01/2026`."""

from __future__ import annotations

import re
from datetime import date

from intercom_iac.lazy_pattern import lazy_pattern

from .rewording import Found, Readings, Wording

_FIRST_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "couple": 2,
    "zero": 0,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    **{word: number for number, word in enumerate(_FIRST_NUMBERS, 1)},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CLOCK = (
    r"(?:(?:\s*(?:t|at)\s*|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|utc|gmt|[ap]m|[+-]\d{2}:?\d{2})?)"
)
_LENGTHS = {"month": 30, "year": 365, "quarter": 91, "fortnight": 14, "day": 1, "week": 7, "decade": 3650}
_LENGTH_NOTE = "a rule counts days, with 30 for a month, 91 for a quarter and 365 for a year"
_DAYS_NOTE = "a rule counts calendar days, and has no hours"
_PERIOD_NOTE = "a rule counts days back from today, not calendar weeks and months"
_PAST = r"(?:last|past|previous|prior|preceding|trailing|latest|recent)"
_COMING = r"(?:next|coming|upcoming|following)"
_OVER = (
    r"(?:is\s+|was\s+|were\s+|are\s+|been\s+|=\s*)?(?:with)?(?:in|over|during|for|throughout|on|from|of)\s+"
    r"(?:the\s+|these\s+)?"
)
_WORDS = r"(?:is\s+|was\s+|=\s*)?"
_BEYOND = r"(?:more|older|longer|earlier|greater|farther|over|further)"
_DAYS = r"(?P<n>\d+) (?P<u>days?|weeks?)"
_A_DAY = r"(?P<d>\d{4}-\d{2}-\d{2}|today|yesterday|tomorrow)"
# Behind `or`, of days counted back from today or of a day.
_BEFORE_IT = r"(?:earlier|older|before)"
_AFTER_IT = r"(?:later|newer|after|more\s+recent(?:ly)?)"

# `d > today - 7` in the words that count days. The signs are those of a comparison of days, not of an age.
_BACK = {
    **dict.fromkeys((">", "after"), "less than {} ago"),
    **dict.fromkeys((">=", "since", "on or after", "from"), "at most {} ago"),
    **dict.fromkeys(("<", "before"), "more than {} ago"),
    **dict.fromkeys(("<=", "until", "on or before"), "at least {} ago"),
    **dict.fromkeys(("=", "is", "on"), "exactly {} ago"),
    "!=": "!= {} ago",
}
_AHEAD = {
    **dict.fromkeys((">", "after"), "more than {} from now"),
    **dict.fromkeys((">=", "since", "on or after", "from"), "at least {} from now"),
    **dict.fromkeys(("<", "before"), "less than {} from now"),
    **dict.fromkeys(("<=", "until", "by", "on or before"), "at most {} from now"),
    **dict.fromkeys(("=", "is", "on"), "exactly {} from now"),
    "!=": "!= {} from now",
}


def _number(found: Found) -> Readings:
    return (str(_NUMBERS[found["word"].casefold()]),)


def _length(found: Found) -> Readings:
    days = int(found["n"]) * _LENGTHS[_singular(found["u"])]
    return (f"{days} days",)


def _hours(found: Found) -> Readings:
    per_day = 24 if found["u"].casefold().startswith("h") else 1440
    return (f"{max(1, -(-int(found['n']) // per_day))} days",)


def _named_period(found: Found) -> Readings:
    """`last month` as a number of days; the calendar's own has no test."""
    days = _LENGTHS[_singular(found["u"])]
    if found["which"].casefold() in ("this", "current"):
        return (f"within last {days} days", f"within next {days} days")
    coming = found["which"].casefold() in ("next", "coming", "upcoming", "following")
    return (f"within {'next' if coming else 'last'} {days} days",)


def _count_from_today(found: Found) -> Readings:
    """A comparison with a day counted from today, `> today - 7`."""
    shift = _BACK if found["shift"] in "-–−" else _AHEAD
    operator = " ".join(found["op"].casefold().split())
    unit = "weeks" if (found["u"] or "").casefold().startswith("week") else "days"
    template = shift.get(operator)
    return () if template is None else (template.format(f"{found['n']} {unit}"),)


_FROM_FIELD = {
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
    "=": "exactly",
    "is": "exactly",
}
_OTHER_SIDE = {
    "less than": "more than",
    "at most": "at least",
    "more than": "less than",
    "at least": "at most",
}


def _count_from_field(found: Found) -> Readings:
    """A comparison with a day counted from another field, `e > d + 7`."""
    length = f"{found['n']} {found['u'] or 'days'}"
    return days_from_field(found["f"], found["op"], length, found["g"], before=found["shift"] == "-")


def days_from_field(field: str, sign: str, length: str, other: str, *, before: bool) -> Readings:
    """A field compared with the day so long before or after another; where that takes in the days on the other side
    of it, with these and without."""
    amount, side = _FROM_FIELD[sign.casefold()], "before" if before else "after"
    if before:
        # Farther before is the earlier day.
        amount = _OTHER_SIDE.get(amount, amount)
    near = f"{field} {amount} {length} {side} {other}"
    if amount in ("less than", "at most"):
        return (f"{field} {'after' if before else 'before'} {other} or {near}", near)
    return (near,)


def _iso(found: Found) -> Readings:
    """A day in digits, with the year first or last; the month may stand first in some countries."""
    parts = [int(part) for part in re.split(r"\D+", found["date"])]
    orders = ((0, 1, 2),) if parts[0] > 31 else ((2, 1, 0), (2, 0, 1))
    days = [_day(*(parts[index] for index in order)) for order in orders]
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _named_month(found: Found) -> Readings:
    month = _MONTHS.index(found["month"].casefold()[:3]) + 1
    day = _day(int(found["year"]), month, int(found["day"]))
    return () if day is None else (day,)


def _compact(found: Found) -> Readings:
    digits = found["date"]
    day = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return () if day is None else (day,)


def _month_range(found: Found) -> Readings:
    year, month = int(found["year"]), _MONTHS.index(found["month"].casefold()[:3]) + 1
    return _range_of(year, month)


def _month_digits(found: Found) -> Readings:
    return _range_of(int(found["year"]), int(found["m"]))


def _range_of(year: int, month: int) -> Readings:
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return ()
    following = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1)
    return (f"between {year:04}-{month:02}-01 and {last.isoformat()}",)


def _day(year: int, month: int, day: int) -> str | None:
    year += 2000 if year < 100 else 0
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _singular(unit: str) -> str:
    return unit.casefold().rstrip("s")


def _unquote_day(found: Found) -> Readings:
    """What stands in quotes, without them, where it is nothing but a day or a length of time."""
    content = " ".join((found.content(found[0]) or "").split())
    return (content,) if _A_TIME.fullmatch(content) else ()


_A_TIME = lazy_pattern(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}){_CLOCK}?"
    r"|\d+ (?:days?|weeks?|months?|years?)(?: ago)?|today|yesterday|tomorrow",
    re.IGNORECASE,
)

UNQUOTED = (Wording("", "[\ue000-\uefff]", _unquote_day),)
"""Days in quotes, as SQL has them."""

DATES = (
    Wording(
        ": t",
        rf"(?P<d>\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,4}}[/.]\d{{1,2}}[/.]\d{{1,4}}){_CLOCK}",
        (r"\g<d>",),
        note=_DAYS_NOTE,
    ),
    Wording(
        "/ .",
        r"(?<![\w/.-])(?P<date>\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?![\w/-])",
        _iso,
        certain=True,
    ),
    Wording("-", r"(?<![\w/.-])(?P<date>\d{1,2}-\d{1,2}-\d{4})(?![\w/-])", _iso, certain=True),
    Wording(
        " ",
        rf"(?<![\w.-]){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})(?![\w.-])",
        _named_month,
        certain=True,
    ),
    Wording(
        " -",
        rf"(?<![\w.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})(?![\w.-])",
        _named_month,
        certain=True,
    ),
    Wording("20 19", r"(?<![\w.-])(?P<date>(?:19|20)\d{6})(?![\w.-])", _compact),
    Wording(
        "in", rf"\b(?:is\s+)?(?:with)?(?:in|during)\s+{_MONTH}\s+(?P<year>\d{{4}})(?![\w-])", _month_range
    ),
    Wording("-", r"(?:=|\bis|\bin|\bon|\bduring)\s*(?P<year>\d{4})-(?P<m>\d{2})(?![\w-])", _month_digits),
    Wording(
        "in during",
        r"(?<=[\w\uf000-\uf8ff] )(?:is\s+)?(?:in|during)\s+(?:the\s+year\s+)?(?P<y>(?:19|20)\d\d)$",
        (r"between \g<y>-01-01 and \g<y>-12-31",),
    ),
    Wording(
        "20 19",
        r"^{F}\s+(?:=|is|on|of)?\s*(?P<y>(?:19|20)\d\d)$",
        (r"\g<f> between \g<y>-01-01 and \g<y>-12-31", r"\g<f> = \g<y>"),
    ),
    Wording(
        "between",
        r"\bbetween\s+{D}\s*(?:to|until|till|-|–|,|&)\s*{DD}",
        (r"between \g<d> and \g<dd>",),
        certain=True,
    ),
    Wording(
        "from",
        r"\b(?:is\s+)?from\s+{D}\s*(?:to|until|till|through|-|–|,)\s*{DD}",
        (r"between \g<d> and \g<dd>",),
        certain=True,
    ),
    Wording("or", r"\b(?:is\s+)?on\s+or\s+(?:after|later)\s+(?:than\s+)?{D}", (r">= \g<d>",), certain=True),
    Wording(
        "or", r"\b(?:is\s+)?on\s+or\s+(?:before|earlier)\s+(?:than\s+)?{D}", (r"<= \g<d>",), certain=True
    ),
    Wording(
        "since from than",
        r"\b(?:is\s+|was\s+)?(?:since|starting(?:\s+from|\s+on)?|as\s+of|no\s+earlier\s+than|from)\s+{D}",
        (r">= \g<d>",),
    ),
    Wording(
        "until till through by than up",
        r"\b(?:is\s+|was\s+)?(?:until|till|through|by|up\s+to|no\s+later\s+than)\s+{D}",
        (r"<= \g<d>",),
    ),
    Wording(
        "than prior",
        rf"\b(?<!no )(?<!not )(?:is\s+|was\s+)?(?:earlier\s+than|older\s+than|prior\s+to)\s+{_A_DAY}",
        (r"before \g<d>",),
    ),
    Wording(
        "than",
        rf"\b(?<!no )(?<!not )(?:is\s+|was\s+)?(?:later\s+than|newer\s+than|more\s+recent\s+than)\s+{_A_DAY}",
        (r"after \g<d>",),
    ),
    Wording("in at", r"(?<=[\w\uf000-\uf8ff] )(?:at|in)\s+{D}$", (r"on \g<d>",)),
    Wording("or", rf"(?:{_WORDS}|on\s+)(?<![\w.-]){_A_DAY}\s+or\s+{_AFTER_IT}$", (r">= \g<d>",)),
    Wording("or", rf"(?:{_WORDS}|on\s+)(?<![\w.-]){_A_DAY}\s+or\s+{_BEFORE_IT}$", (r"<= \g<d>",)),
)

_A_DAY_TEST = (
    r"(?:(?:in|within|during|over|on|before|after|since|until|by|more\s+than|less\s+than|at\s+least|at\s+most|exactly)\s+)?"
    r"(?:(?:more|less)\s+than\s+)?(?:the\s+)?(?:(?:next|last|past|coming)\s+)?"
    r"(?:\d+ (?:days?|weeks?)|\d{4}-\d{2}-\d{2}|today|yesterday|tomorrow)(?![\w-])"
)
_AMOUNTS = {"under": "less than", "over": "more than"}
_SEEN = (
    r"(?:seen|active|updated|changed|contacted|heard\s+from|logged\s+in|used|opened|touched|replied|visited)"
)

# Lengths first, then what stands around them.
TIMES = (
    Wording(
        "then",
        r"\b(?P<amount>more|less|greater|fewer|older|newer|longer)\s+then\b",
        (r"\g<amount> than",),
        certain=True,
    ),
    Wording(
        "interval",
        r"\binterval\s*(?:(?P<v>[\ue000-\uefff])(?:\s*(?P<u>days?|weeks?|months?|years?|hours?))?)",
        lambda found: (f"{found.content(found['v'])} {found['u'] or ''}",),
        certain=True,
    ),
    Wording("interval", r"\binterval\s+(?=\d)", ("",), certain=True),
    Wording(
        " ".join(_NUMBERS),
        rf"\b(?:a\s+)?(?P<word>{'|'.join(_NUMBERS)})\b(?:\s+of)?(?=\s+(?:more\s+)?(?:calendar"
        rf"\s+|full\s+|whole\s+)?(?:days?|weeks?|months?|years?|hours?|quarters?|times)\b)",
        _number,
    ),
    Wording(
        "calendar full whole business working",
        r"(?<=\d )(?:calendar|full|whole)\s+(?=days?|weeks?|months?)",
        ("",),
        certain=True,
    ),
    Wording("d", r"(?<=\d)\s?-?d(?:ay)?(?![\w])", (" days",), certain=True),
    Wording("w", r"(?<=\d)\s?-?(?:w|wks?|week)(?![\w])", (" weeks",), certain=True),
    Wording("mo", r"(?<=\d)\s?-?(?:mos?|mths?|month)(?![\w])", (" months",), certain=True),
    Wording("y", r"(?<=\d)\s?-?(?:y|yrs?|year)(?![\w])", (" years",), certain=True),
    Wording("h", r"(?<=\d)\s?-?(?:h|hrs?|hour)(?![\w])", (" hours",), certain=True),
    Wording("min", r"(?<=\d)\s?-?mins?(?![\w])", (" minutes",), certain=True),
    Wording(
        "month year quarter fortnight",
        r"\b(?P<n>\d{1,4})\s+(?P<u>months?|years?|quarters?|fortnights?)\b",
        _length,
        note=_LENGTH_NOTE,
    ),
    Wording("hour minute", r"\b(?P<n>\d{1,6})\s+(?P<u>hours?|minutes?)\b", _hours, note=_DAYS_NOTE),
    Wording(
        "date_sub date_add dateadd subdate adddate",
        r"\bdate_?(?P<k>add|sub)\s*\(\s*(?:day\s*,\s*(?P<minus>-?)\s*(?P<n>\d+)\s*,\s*today|today"
        r"\s*,\s*(?P<neg>-?)(?P<m>\d+)(?: days?)?)\s*\)",
        lambda found: (
            f"today {'-' if (found['k'].lower() == 'sub') != bool(found['minus'] or found['neg']) else '+'} "
            f"{found['n'] or found['m']} days",
        ),
        certain=True,
    ),
    Wording(
        "today",
        r"\bbetween\s+today\s*[-–−]\s*(?P<n>\d+)(?: days?)?\s+and\s+today$",
        (r"within last \g<n> days",),
        certain=True,
    ),
    Wording(
        "today",
        r"\bbetween\s+today\s+and\s+today\s*\+\s*(?P<n>\d+)(?: days?)?$",
        (r"within next \g<n> days",),
        certain=True,
    ),
    Wording(
        "today",
        r"(?P<op>!=|[<>]=?|=|\b(?:is|on\s+or\s+after|on\s+or\s+before|on|after|before|since|until|from|by))\s*"
        r"\(?\s*today\s*(?P<shift>[-–−+])\s*(?P<n>\d+)(?: (?P<u>days?|weeks?))?\s*\)?",
        _count_from_today,
    ),
    Wording("today", r"\btoday\s*[-–−]\s*(?P<n>\d+)(?: days?)?", (r"\g<n> days ago",), certain=True),
    Wording("today", r"\btoday\s*\+\s*(?P<n>\d+)(?: days?)?", (r"\g<n> days from now",), certain=True),
    Wording(
        "end expir due start renew happen occur fall fell come",
        r"(?<=[\w\uf000-\uf8ff] )(?:is\s+|was\s+|will\s+)?(?:end(?:s|ed|ing)?|expir(?:es?|ed|ing)|due"
        r"|start(?:s|ed|ing)?|renew(?:s|ed)?|happen(?:s|ed)?|occur(?:s|red)?|falls?|fell|comes?)"
        rf"\s+(?={_A_DAY_TEST})",
        ("",),
    ),
    Wording("ago", rf"\bago\s+{_DAYS}", (r"\g<n> \g<u> ago",), certain=True),
    Wording(
        "ago",
        rf"{_WORDS}(?<![\w.-]){_DAYS}\s+ago\s+or\s+(?:more|longer|{_BEFORE_IT})$",
        (r"at least \g<n> \g<u> ago",),
    ),
    Wording(
        "ago",
        rf"{_WORDS}(?<![\w.-]){_DAYS}\s+ago\s+or\s+(?:less|fewer|sooner|{_AFTER_IT})$",
        (r"at most \g<n> \g<u> ago",),
    ),
    Wording(
        "or",
        rf"{_WORDS}(?<![\w.-])(?:in\s+{_DAYS}|{_DAYS.replace('<n>', '<m>').replace('<u>', '<w>')}\s+from\s+now)"
        r"\s+or\s+(?:(?P<less>less|fewer|sooner|earlier)|more|longer|later)$",
        lambda found: (
            f"at {'most' if found['less'] else 'least'} {found['n'] or found['m']} "
            f"{found['u'] or found['w']} from now",
        ),
    ),
    Wording(
        "or +",
        r"(?<=[\w\uf000-\uf8ff] )(?:is\s+|was\s+)?(?P<n>\d+)\s*(?:\+|or\s+more)\s*(?P<u>days?|weeks?)\s+ago$",
        (r"at least \g<n> \g<u> ago",),
    ),
    Wording(
        "to -",
        r"(?<=[\w\uf000-\uf8ff] )(?:is\s+|was\s+)?(?:from\s+)?(?P<n>\d+)\s*(?:to|-|–)\s*(?P<m>\d+)\s+"
        r"(?P<u>days?|weeks?)\s+(?P<hence>ago|from\s+now)$",
        (r"between \g<n> and \g<m> \g<u> \g<hence>",),
    ),
    Wording("past", r"(?<=[\w\uf000-\uf8ff] )(?:(?:is|was)\s+)?in\s+the\s+past$", ("before today",)),
    Wording("future", r"(?<=[\w\uf000-\uf8ff] )(?:(?:is|lies)\s+)?in\s+the\s+future$", ("after today",)),
    Wording(
        "passed", r"(?<=[\w\uf000-\uf8ff] )(?:has\s+(?:already\s+)?passed|is\s+past)$", ("before today",)
    ),
    # On so many days, or so long ago.
    Wording(
        "event",
        r"^event\s+(?P<event>\S+)\s+(?P<amount>at\s+least|at\s+most|more\s+than|less\s+than|exactly)\s+"
        rf"{_DAYS}(?!\s+(?:ago|from|after|before|of)\b)(?P<rest>(?:\s.*)?)$",
        (
            r"event \g<event> on \g<amount> \g<n> \g<u>\g<rest>",
            r"event \g<event> \g<amount> \g<n> \g<u> ago\g<rest>",
        ),
    ),
    Wording(
        "before earlier prior",
        rf"{_DAYS}\s+(?:before|earlier\s+than|prior\s+to)\s+(?:today|now)\b",
        (r"\g<n> \g<u> ago",),
        certain=True,
    ),
    Wording("back earlier past", rf"{_DAYS}\s+(?:back|earlier|in\s+the\s+past)\b", (r"\g<n> \g<u> ago",)),
    Wording(
        "after from later ahead future out left remaining away hence go",
        rf"{_DAYS}\s+(?:after\s+today|from\s+today|later|ahead|in\s+the\s+future|out|away|hence"
        rf"|left|remaining|to\s+go)\b",
        (r"\g<n> \g<u> from now",),
    ),
    Wording(
        "in",
        rf"\bin\s+(?P<amount>less\s+than|more\s+than|at\s+most|at\s+least|exactly|under|over)\s+{_DAYS}$",
        lambda found: (
            f"{_AMOUNTS.get(found['amount'].casefold(), found['amount'])} {found['n']} {found['u']} from now",
        ),
    ),
    Wording(
        "not never",
        r"(?<=[\w\uf000-\uf8ff] )(?:is\s+|was\s+|has\s+|have\s+)?(?<!have )(?<!has )(?:not|never)\s+(?:been\s+)?"
        rf"{_SEEN}\s+(?:with)?(?:in|for)\s+(?:the\s+)?(?:{_PAST}\s+)?{_DAYS}$",
        (r"not within last \g<n> \g<u>",),
    ),
    Wording(
        "not never",
        rf"\b(?:is\s+|was\s+)?(?:not|never)\s+(?:with)?in\s+(?:the\s+)?{_PAST}\s+{_DAYS}$",
        (r"not within last \g<n> \g<u>",),
    ),
    Wording("the", r"\b(?:with)?in\s+the\s+(?=last|next)", ("within ",), certain=True),
    Wording(
        "last past previous prior preceding trailing latest",
        rf"(?<![\w.-])(?:{_OVER}|{_WORDS})(?:the\s+)?{_PAST}\s+{_DAYS}(?:\s+ago)?(?![\w-])",
        (r"within last \g<n> \g<u>",),
    ),
    Wording(
        "next coming upcoming following",
        rf"(?<![\w.-])(?:{_OVER}|{_WORDS})(?:the\s+)?{_COMING}\s+{_DAYS}(?![\w-])",
        (r"within next \g<n> \g<u>",),
    ),
    Wording(
        "last past previous this current next coming",
        rf"(?<![\w.-])(?:{_OVER}|{_WORDS})(?:the\s+)?(?P<which>{_PAST}|{_COMING}|this|current)"
        rf"\s+(?P<u>day|week|month|year|quarter|fortnight)\b",
        _named_period,
        note=_PERIOD_NOTE,
    ),
    Wording("within", rf"\bwithin\s+(?:the\s+)?{_DAYS}\s+ago\b", (r"within last \g<n> \g<u>",), certain=True),
    Wording(
        "within",
        rf"\bwithin\s+(?:the\s+)?{_DAYS}\s+from\s+now\b",
        (r"within next \g<n> \g<u>",),
        certain=True,
    ),
    Wording("within", rf"\bwithin\s+the\s+{_DAYS}", (r"within \g<n> \g<u>",), certain=True),
    Wording("since", rf"\bsince\s+(?:the\s+)?{_DAYS}(?:\s+ago)?", (r"within last \g<n> \g<u>",)),
    Wording(
        "older longer over earlier prior more old before ago",
        rf"\b(?<!\bon )(?:is\s+|was\s+|for\s+)?(?:{_BEYOND}\s+than|over|prior\s+to|>)\s+{_DAYS}(?:\s+(?:ago"
        rf"|old|in\s+the\s+past))?(?=$|\s(?!from|after|before|of))",
        (r"more than \g<n> \g<u> ago",),
    ),
    Wording(
        "newer younger recent later less under fewer",
        rf"\b(?<!\bon )(?:is\s+|was\s+)?(?:newer\s+than|younger\s+than|more\s+recent(?:ly)?\s+than|later"
        rf"\s+than|less\s+than|fewer\s+than|under|<)\s+{_DAYS}(?:\s+(?:ago|old))?(?=$|\s(?!from|after|before|of))",
        (r"less than \g<n> \g<u> ago",),
    ),
    Wording("least", rf"\b(?<!\bon )at\s+least\s+{_DAYS}(?:\s+old)?$", (r"at least \g<n> \g<u> ago",)),
    Wording("most", rf"\b(?<!\bon )at\s+most\s+{_DAYS}(?:\s+old)?$", (r"at most \g<n> \g<u> ago",)),
    Wording("before", rf"\bbefore\s+{_DAYS}\s+ago\b", (r"more than \g<n> \g<u> ago",), certain=True),
    Wording(
        "+ -",
        r"^(?P<f>[\w.]+)\s*(?P<op>[<>]=?|=|\bis\b)\s*(?P<g>(?!today\b)[^\W\d][\w.]*)\s*(?P<shift>[-+])"
        r"\s*(?P<n>\d+)(?: (?P<u>days?|weeks?))?$",
        _count_from_field,
    ),
    Wording(
        "from since",
        rf"\b(?P<amount>more\s+than|less\s+than|at\s+least|at\s+most|exactly)\s+{_DAYS}\s+(?:from|since)\s+(?!now\b|today\b)(?=[^\W\d])",
        (r"\g<amount> \g<n> \g<u> after ",),
    ),
    Wording(
        "by",
        rf"\b(?P<side>before|after)\s+(?P<g>[^\W\d][\w.]*)\s+by\s+(?P<amount>(?:more\s+than|less\s+than|at\s+least|at\s+most|exactly)\s+)?{_DAYS}$",
        lambda found: tuple(
            f"{amount} {found['n']} {found['u']} {found['side']} {found['g']}"
            for amount in ([found["amount"].strip()] if found["amount"] else ["at least", "exactly"])
        ),
    ),
    Wording(
        "than",
        r"\b(?:is\s+|was\s+)?(?:(?P<later>later|newer|more\s+recent)|earlier|older)\s+than\s+(?=[^\W\d])(?!today\b)",
        lambda found: ("after " if found["later"] else "before ",),
    ),
    Wording("after", rf"\bafter\s+{_DAYS}\s+ago\b", (r"less than \g<n> \g<u> ago",), certain=True),
    Wording(
        "seen active online",
        rf"^(?:(?:has|have|had|was|were)\s+)?(?P<not>(?:not|never)\s+)?(?:been\s+)?(?:seen|active|online)\s+(?:in|for)\s+{_DAYS}$",
        lambda found: (
            f"{'not ' if found['not'] else ''}last_seen_at within last {found['n']} {found['u']}",
        ),
    ),
    Wording(
        "inactive dormant idle",
        rf"^(?:inactive|dormant|idle)\s+(?:for|since|in)\s+(?:the\s+)?(?:last\s+)?{_DAYS}$",
        (r"last_seen_at more than \g<n> \g<u> ago",),
    ),
    Wording(
        "inactive dormant idle",
        r"^(?:inactive|dormant|idle)\s+(?P<rest>(?:more|less|within)\b.*)$",
        (r"last_seen_at \g<rest>",),
    ),
    Wording(
        "in",
        rf"^(?P<rest>(?=.*\b(?:times?|once|twice|count|event|did|done|performed|happened|occurred|sum|total|average)\b).*?)"
        rf"\s+in\s+{_DAYS}$",
        (r"\g<rest> within last \g<n> \g<u>",),
    ),
    Wording(
        "in",
        rf"(?<=[\w\uf000-\uf8ff] )(?:is\s+)?in\s+{_DAYS}(?:\s+from\s+now)?$",
        (r"exactly \g<n> \g<u> from now", r"within next \g<n> \g<u>"),
    ),
)

_ACTIONS = {
    "last_seen_at": r"seen|active|online|visited|logged\s+in",
    "last_contacted_at": r"contacted",
    "last_replied_at": r"replied|heard\s+from",
    "last_email_opened_at": r"opened\s+(?:an?\s+|any\s+|our\s+)?emails?",
    "last_email_clicked_at": r"clicked\s+(?:on\s+)?(?:an?\s+|any\s+)?(?:links?\s+in\s+an?\s+)?emails?",
}


def _action(found: Found) -> Readings:
    """What was last done of Intercom's own, as the field that holds the day."""
    what = " ".join(found["what"].casefold().split())
    field = next(name for name, pattern in _ACTIONS.items() if re.fullmatch(pattern, what))
    if not found["rest"]:
        return (f"{field} {'is unknown' if found['not'] else 'has any value'}",)
    return (f"{'not ' if found['not'] else ''}{field} {found['rest']}",)


ACTIONS = (
    Wording(
        "seen active online visited logged contacted replied heard opened clicked",
        r"^(?:(?:has|have|had|was|were|is|are|did)\s+)?(?P<not>(?:not|never)\s+)?(?:been\s+)?(?:ever\s+)?"
        rf"(?P<what>{'|'.join(_ACTIONS.values())})"
        r"(?:\s+(?P<rest>(?:within|more|less|at|exactly|before|after|on|between|today|yesterday|since|[<>=]).*))?$",
        _action,
    ),
)
"""What people do, without the name of a field."""


def _open_range(found: Found) -> Readings:
    """Two numbers of days that say neither ago nor from now."""
    if found["v"] and found["v"][0].casefold() != found["u"][0].casefold():
        return ()
    test = f"{found['f']} {found['not']}between {found['n']} and {found['m']} {found['u']}"
    return (f"{test} ago", f"{test} from now")


ALONE = (
    Wording(
        "day week",
        r"^{F}\s+(?P<not>not\s+)?between\s+(?P<n>\d+)(?: (?P<v>days?|weeks?))?\s+(?:and|to|-)\s+(?P<m>\d+)"
        r" (?P<u>days?|weeks?)$",
        _open_range,
    ),
    Wording(
        "ago from",
        r"^{F}\s+(?:is\s+|was\s+)?(?:from\s+)?(?P<n>\d+)\s*(?:to|-|–)\s*(?P<m>\d+) (?P<u>days?|weeks?)"
        r"\s+(?P<hence>ago|from\s+now)$",
        (r"\g<f> between \g<n> and \g<m> \g<u> \g<hence>",),
    ),
    Wording(
        "ago",
        rf"^{{F}}\s+(?:is\s+|was\s+)?{_DAYS}\s+ago$",
        (
            r"\g<f> exactly \g<n> \g<u> ago",
            r"\g<f> within last \g<n> \g<u>",
            r"\g<f> more than \g<n> \g<u> ago",
        ),
    ),
    Wording(
        "from",
        rf"^{{F}}\s+(?:is\s+)?{_DAYS}\s+from\s+now$",
        (r"\g<f> exactly \g<n> \g<u> from now", r"\g<f> within next \g<n> \g<u>"),
    ),
    Wording(
        "day week",
        rf"^{{F}}\s+(?P<op>[<>]=?|=|more\s+than|less\s+than|at\s+least|at\s+most|exactly)\s+{_DAYS}$",
        (r"\g<f> \g<op> \g<n> \g<u> ago", r"\g<f> \g<op> \g<n> \g<u> from now"),
    ),
    Wording(
        "day week",
        rf"^{{F}}\s+{_DAYS}$",
        (r"\g<f> within last \g<n> \g<u>", r"\g<f> within next \g<n> \g<u>"),
    ),
)
"""A number of days without what is asked of it."""
