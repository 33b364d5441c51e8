"""The phrases of a rule -> the untyped tree, each node with its place in the file.

What people write in several words for one of the language's own stands in the tree as the language has it; words
that mean what a sign means, such as `more than`, stay words.
"""

from __future__ import annotations

from typing import Any, Literal, cast

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.predicate import Aggregation, TextOperator
from intercom_iac.text import Excerpt, Span

from . import tree as s
from .phrase import Phrase
from .special_words import presence

_SPACES = lazy_pattern(r"\s+")
_SYNONYMS = {
    "is": "=",
    "==": "=",
    "is not": "!=",
    "isn't": "!=",
    "<>": "!=",
    "fewer than": "less than",
    "greater than": "more than",
    **dict.fromkeys(("no more than", "no greater than"), "at most"),
    **dict.fromkeys(("no less than", "no fewer than"), "at least"),
    **dict.fromkeys(("on or after", "after or on", "since", "no earlier than"), ">="),
    **dict.fromkeys(("on or before", "before or on", "until", "no later than"), "<="),
    # `not` is the complement, which those without a value pass.
    "not greater than": "not more than",
    "not fewer than": "not less than",
    "not exactly": "!=",
}
# A count is never missing.
_COUNT_SYNONYMS = {"not more than": "at most", "not less than": "at least"}
_FUNCTIONS: dict[str, Aggregation] = {
    **dict.fromkeys(("sum", "total"), "sum"),
    **dict.fromkeys(("average", "avg", "mean"), "average"),
    **dict.fromkeys(("minimum", "min"), "minimum"),
    **dict.fromkeys(("maximum", "max"), "maximum"),
}
# Terminals that say which form it is, and nothing else.
_SILENT = frozenset({"IS", "IN", "DURING", "WITHIN", "BETWEEN", "ANY_OF", "NONE_OF"})
_NEGATIONS = frozenset({"NOT", "ISNT", "LACKS", "LACKS_TAG", "OUTSIDE_SEGMENT"})


def build(tree: Phrase, rule: Excerpt) -> s.Node:
    """The untyped tree of a whole rule."""
    return _Builder(rule).node(tree.children[0])


class _Builder:
    def __init__(self, rule: Excerpt) -> None:
        self.rule = rule

    def node(self, tree: Phrase) -> s.Node:
        span, parts = self._span(tree), tree.children
        match tree.data:
            case "any":
                return s.Disjunction(self._flat(parts, s.Disjunction), span)
            case "all":
                return s.Conjunction(self._flat(parts, s.Conjunction), span)
            case "negation":
                return s.Negation(self.node(parts[1]), span)
            case "test":
                return s.Test(self._field(parts[0]), self._clause(parts[1]) if len(parts) > 1 else None, span)
            case "not_within":
                window = [part for part in parts[1:] if part.type not in ("IS", *_NEGATIONS)]
                clause = self._window(window, self.rule.span(window[0].start_pos, window[-1].end_pos))
                return s.Negation(s.Test(self._field(parts[0]), clause, span), span)
            case "company":
                return s.CompanyRule(self.node(parts[2]), span)
            case "tag":
                return self._tag(tree)
            case "segment":
                return _negate(s.SegmentReference(self._label(parts[-1]), span), denies(parts))
            case "enclosed":
                return self.node(parts[1])
            case "event":
                return self._event(tree)
            case "sequence":
                return self._sequence(tree)
            case _:
                return s.Broken(span)

    def _flat(self, parts: list[Any], kind: type[s.Conjunction | s.Disjunction]) -> tuple[s.Node, ...]:
        """The parts of a chain; parentheses around a part of the same kind say nothing."""
        nodes: list[s.Node] = []
        for part in parts:
            node = self.node(part)
            nodes += node.parts if isinstance(node, kind) else (node,)
        return tuple(nodes)

    def _tag(self, tree: Phrase) -> s.Node:
        span, parts = self._span(tree), tree.children
        tag = s.HasTag(self._label(parts[-1]), span)
        return _negate(s.CompanyRule(tag, span) if parts[0].type == "COMPANY" else tag, denies(parts))

    # --- events ---------------------------------------------------------------------------------------------

    def _event(self, tree: Phrase) -> s.EventRule:
        where: s.Node | None = None
        count: s.Count | s.Total | s.DayCount | None = None
        which: Literal["first", "last"] | None = None
        clause: s.Clause | None = None
        enclosed = False
        for child in tree.children[2:]:
            if _is_token(child):
                which = "first" if child.lower().startswith("first") else "last"
            elif child.data == "where":
                where, enclosed = self._where(child)
            elif child.data in ("count", "total", "times", "day_count"):
                count = self._number_of(child)
            else:
                clause = self._clause(child)
        event = self._label(tree.children[1])
        return s.EventRule(event, where, count, which, clause, enclosed, self._span(tree))

    def _where(self, tree: Phrase) -> tuple[s.Node, bool]:
        """What stands behind `where`, and whether in parentheses."""
        rule = tree.children[1]
        return self.node(rule), rule.data == "enclosed"

    def _number_of(self, tree: Phrase) -> s.Count | s.Total | s.DayCount:
        """What is said of the occurrences together."""
        span, parts = self._span(tree), tree.children
        match tree.data:
            case "count":
                operator, number, last = _bounds(parts[1:])
                return s.Count(_COUNT_SYNONYMS.get(operator, operator), number, last, span)
            case "total":
                function = _FUNCTIONS[_words(parts[0]).removesuffix(" of")]
                operator, number, last = _bounds(parts[2:])
                return s.Total(function, self._label(parts[1]), operator, number, last, span)
            case "day_count":
                words = _words(parts[0]).removeprefix("on ")
                amount = _SYNONYMS.get(words, words)
                return s.DayCount(_COUNT_SYNONYMS.get(amount, amount), str(parts[1]), span)
            case _:
                return _times(parts, span)

    def _sequence(self, tree: Phrase) -> s.EventSequence:
        parts = tree.children
        at = next(index for index, part in enumerate(parts) if _is_token(part) and part.type == "THEN")
        if not _is_token(parts[-1]):
            first, then = self._step(parts[:at]), self._step(parts[at + 1 :])
            return s.EventSequence(first, then, span=self._span(tree))
        *steps, _, number, unit = parts
        first, then = self._step(steps[:at]), self._step(steps[at + 1 :])
        return s.EventSequence(first, then, str(number), _unit(unit), self._span(tree))

    def _step(self, parts: list[Any]) -> s.EventStep:
        where, enclosed = self._where(parts[2]) if len(parts) > 2 else (None, False)
        span = self.rule.span(parts[0].start_pos, parts[-1].end_pos)
        return s.EventStep(self._label(parts[1]), where, enclosed, span)

    # --- clauses --------------------------------------------------------------------------------------------

    def _clause(self, tree: Phrase) -> s.Clause:
        span, children = self._span(tree), tree.children
        parts = [child for child in children if not (_is_token(child) and child.type in _SILENT)]
        negated = denies(children)
        match tree.data:
            case "compares":
                operand = self._operand(children[-1])
                if len(children) == 2 and children[0].type == "IS":
                    return _said_by_word(operand, span, negated=False) or s.Comparison("=", operand, span)
                return s.Comparison(_operator(parts[0]), operand, span)
            case "differs":
                operand = self._operand(children[-1])
                return _said_by_word(operand, span, negated=True) or s.Comparison("!=", operand, span)
            case "apart":
                within = any(_is_token(child) and child.type == "WITHIN" for child in children)
                amount = "within" if within else _operator(parts[0]) if len(parts) > 4 else "="
                return self._apart(amount, parts, span)
            case "not_apart":
                return self._apart("!=", parts, span)
            case "matches":
                return s.Matching(_text_operator(parts[-2]), negated, self._operand(parts[-1]), span)
            case "among" | "not_among":
                values = tuple(self._constant(part) for part in parts if not _is_token(part))
                return s.Membership(negated or tree.data == "not_among", values, span)
            case "between":
                return s.Range(negated, self._operand(parts[-2]), self._operand(parts[-1]), span)
            case "between_days":
                *_, first, unit, last, last_unit, hence = parts
                nearer = self._moment(first, unit, hence, end=unit)
                return s.Range(negated, nearer, self._moment(last, last_unit, hence, end=hence), span)
            case "within":
                return self._window(children, span)
            case _:
                return s.Presence(tree.data == "known" or (tree.data == "exists" and not negated), span=span)

    def _apart(self, amount: str, parts: list[Any], span: Span) -> s.Apart:
        number, unit, side, other = parts[-4:]
        return s.Apart(amount, str(number), _unit(unit), side.lower(), self._field(other), span)

    def _window(self, parts: list[Any], span: Span) -> s.Window:
        number, unit = parts[-2:]
        named = [_words(part).removeprefix("the ") for part in parts if part.type == "DIRECTION"]
        directions = {"next": "next", "coming": "next", "last": "last", "past": "last"}
        direction = directions[named[0]] if named else None
        return s.Window(cast("Any", direction), str(number), _unit(unit), span)

    # --- operands -------------------------------------------------------------------------------------------

    def _operand(self, tree: Phrase) -> s.Operand:
        if tree.data == "literal":
            return self._constant(tree)
        number, unit, hence = tree.children
        return self._moment(number, unit, hence, end=hence)

    def _moment(self, number: Any, unit: Any, hence: Any, *, end: Any) -> s.Moment:
        span = self.rule.span(number.start_pos, end.end_pos)
        return s.Moment(str(number), _unit(unit), cast("Any", _words(hence)), span)

    def _constant(self, tree: Phrase) -> s.Constant:
        (token,) = tree.children
        span = self._span(token)
        match token.type:
            case "QUOTED":
                return s.Constant("text", _unquote(token), span)
            case "NUMBER":
                return s.Constant("number", str(token), span)
            case "DATE":
                return s.Constant("day", str(token), span)
            case "BACKTICKED":
                return s.Constant("name", _unquote(token), span)
            case "OF_COMPANY":
                return s.Constant("name", _unquote(token[len("company.") :]), span, company=True)
            case _:
                return s.Constant("word", str(token), span)

    def _field(self, tree: Phrase) -> s.Name:
        *company, token = tree.children
        return s.Name(_unquote(token), bool(company), self._span(tree))

    def _label(self, tree: Phrase) -> s.Name:
        return s.Name(_unquote(tree.children[0]), False, self._span(tree))

    def _span(self, node: Any) -> Span:
        """The place of a token or a phrase."""
        return self.rule.span(node.start_pos, node.end_pos)


def _negate(node: s.Node, negated: bool) -> s.Node:
    return s.Negation(node, node.span) if negated else node


def denies(parts: list[Any]) -> bool:
    """Whether a token among the parts says `not`."""
    return any(_is_token(part) and (part.type in _NEGATIONS or part in ("!=", "<>")) for part in parts)


def _said_by_word(operand: s.Operand, span: Span, *, negated: bool) -> s.Presence | None:
    """What `is empty` or `is not set` asks; None for a word that asks for no value and for none."""
    if not isinstance(operand, s.Constant) or operand.kind != "word":
        return None
    known = presence(operand.text)
    return None if known is None else s.Presence(known != negated, operand.text, negated, span)


def _text_operator(token: Any) -> TextOperator:
    """`contains`, `does not begin with`, `contains the word`, without the negation."""
    words = _words(token)
    if words.endswith(" word"):
        return "contains word"
    return "contains" if "contain" in words else "ends with" if "end" in words else "starts with"


def _times(parts: list[Any], span: Span) -> s.Count:
    """`at least 3 times`, `once`, `never`."""
    if parts[0].type == "NEVER":
        return s.Count("=", "0", span=span)
    once = next((part for part in parts if part.type == "ONCE"), None)
    number = parts[-2] if once is None else "1" if once.lower() == "once" else "2"
    operator = _operator(parts[0]) if parts[0].type in ("SIGN", "AMOUNT") else "="
    return s.Count(_COUNT_SYNONYMS.get(operator, operator), str(number), span=span)


def _bounds(parts: list[Any]) -> tuple[str, str, str | None]:
    """A comparison with a number, or `between` and two: operator, number, and the other one."""
    if parts[0].type == "BETWEEN":
        return "between", str(parts[1]), str(parts[2])
    *operator, number = parts
    words = operator[1:] if len(operator) > 1 and operator[1].type != "NOT" else operator
    return _operator(*words), str(number), None


def _is_token(node: Any) -> bool:
    return isinstance(node, str)


def _words(token: Any) -> str:
    """A keyword in lower case, with single spaces and a straight apostrophe."""
    return _SPACES.sub(" ", token.lower()).replace("’", "'")


def _operator(*tokens: Any) -> str:
    """A comparison as the language has it: its sign, or the words that stay words."""
    words = " ".join(_words(token) for token in tokens)
    if tokens[0].type == "EQUALS":
        return "=" if words.startswith("e") else "!="
    if " or equal" in words:
        return ">=" if words.startswith(("more", "greater")) else "<="
    return _SYNONYMS.get(words, words)


def _unit(token: Any) -> Literal["day", "week"]:
    return "day" if token.lower().startswith("day") else "week"


def _unquote(token: Any) -> str:
    """A text without its quotes, a name without its backticks; a doubled one inside stands for itself."""
    text = str(token)
    mark = text[0]
    return text[1:-1].replace(mark * 2, mark) if mark in "'\"`" else text
