"""Bare words that say something else to a person than the text they are spelled like.

`email is null` reads as "has no email", and as a text it would select those whose email is the word null. Quoted,
such a word is the text; an option of that name is the option. A reading that is added to the language takes its words
from the tables of `words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import type as codes
from intercom_iac.model import DataType, Field

from ..corrections import replacement_fix
from ..print.text import quote, text_of
from ..syntax import tree as s
from ..syntax.special_words import DAYS, TRUTHS, presence
from .scope import EventScope, Scope
from .values import options_of, shorten

_SIDES = {"=": "=", "!=": "!=", "exactly": "=", "on": "=", "before": "<", "less than": "<", "<": "<"} | {
    **dict.fromkeys(("after", "more than", "greater than", ">"), ">"),
    **dict.fromkeys(("at least", ">="), ">="),
    **dict.fromkeys(("at most", "<="), "<="),
}

_OF_COMPANY = "company."


def misreading(node: s.Test, field: Field) -> Diagnostic | None:
    """What is said of a test whose bare word is no text to a person; None where there is none.

    Words behind `contains` and its kin are parts of texts, and stay so.
    """
    match node.clause:
        case s.Comparison(operator=operator, operand=s.Constant(kind="word") as word):
            return _compared(node, field, operator, word)
        case s.Membership(negated=negated, values=values):
            found = [
                value for value in values if value.kind == "word" and _presence(value, field) is not None
            ]
            return _word_in_list(node, values, found, negated=negated) if found else None
        case _:
            return None


def word_remarks(node: s.Test, field: Field) -> list[Diagnostic]:
    """What there is to say of words that stand, and that somebody may read otherwise."""
    match node.clause:
        case s.Comparison(operand=s.Constant() as word):
            words: tuple[s.Constant, ...] = (word,)
        case s.Membership(values=values):
            words = values
        case s.Presence(known=False) if "unknown" in options_of(field):
            as_option = _written(node, s.Comparison("=", s.Constant("text", "unknown")))
            message = f"`unknown` asks for no value here, and `{field.name}` has an option of that name"
            return [lint.AMBIGUOUS_WORD.at(node.span, message, hint=f"for the option write `{as_option}`")]
        case _:
            return []
    found: list[Diagnostic] = []
    for constant in words:
        if constant.kind == "text" and not constant.text:
            found.append(_empty(node, constant))
        if constant.kind != "word":
            continue
        known = presence(constant.text)
        if field.type is DataType.OPTIONS and known is not None and constant.text in options_of(field):
            what = "any value" if known else "no value"
            message = f"`{constant.text}` is read as the option of that name, and not as {what}"
            asked = _written(node, s.Presence(known))
            hint = f"in quotes it says so: `{quote(constant.text)}`; for {what} write `{asked}`"
            found.append(lint.AMBIGUOUS_WORD.at(constant.span, message, hint=hint, fix=_in_quotes(constant)))
        elif field.type is DataType.STRING and constant.text.casefold() in ("yes", "no"):
            message = f"`{constant.text}` is read as text: `{field.name}` is no boolean"
            hint = f"in quotes it says so: `{quote(constant.text)}`"
            found.append(lint.AMBIGUOUS_WORD.at(constant.span, message, hint=hint, fix=_in_quotes(constant)))
    return found


def _empty(node: s.Test, constant: s.Constant) -> Diagnostic:
    negated = isinstance(node.clause, s.Membership) and node.clause.negated
    negated = negated or (isinstance(node.clause, s.Comparison) and node.clause.operator == "!=")
    if negated:
        message = "an empty text is no missing value: this holds for those without any value, too"
        hint = f"for those with a value write `{_written(node, s.Presence(True))}`"
    else:
        message = "an empty text is no missing value: this holds for nobody without a value"
        hint = f"for those without a value write `{_written(node, s.Presence(False))}`"
    return lint.EMPTY_TEXT.at(constant.span, message, hint=hint)


def attribute_name_remarks(node: s.Test, field: Field, scope: Scope) -> Iterator[Diagnostic]:
    """What there is to say of bare words on a text that are names of attributes."""
    match node.clause:
        case s.Comparison(operand=s.Constant() as word):
            words: tuple[s.Constant, ...] = (word,)
        case s.Membership(values=values):
            words = values
        case _:
            return
    if field.type is not DataType.STRING:
        return
    kind = "metadata key" if isinstance(scope, EventScope) else "attribute"
    for constant in words:
        if constant.kind == "word" and (other := _field_called(constant.text, scope)) is not None:
            message = f"`{constant.text}` is read as text, and not as the {kind} of that name"
            hint = (
                f"in quotes it says so: `{quote(constant.text)}`; attributes are not compared with each other"
            )
            related = scope.declaration(other)
            yield lint.ATTRIBUTE_AS_TEXT.at(
                constant.span, message, hint=hint, related=related, fix=_in_quotes(constant)
            )


def _field_called(name: str, scope: Scope) -> Field | None:
    field = scope.field(name)
    if field is None and name.casefold().startswith(_OF_COMPANY):
        return scope.schema.field("company", name[len(_OF_COMPANY) :])
    return field


def _compared(node: s.Test, field: Field, operator: str, word: s.Constant) -> Diagnostic | None:
    folded = word.text.casefold()
    known = _presence(word, field)
    if known is not None and operator in ("=", "!=", "exactly", "on"):
        right = _written(node, s.Presence(known == (operator != "!=")))
        fix = replacement_fix(node.span, right, safe=not field.type.is_text)
        return _told(word, field, f"{'any' if known else 'no'} value", f"write `{right}`", fix)
    if (folded not in DAYS and folded not in TRUTHS) or word.text in options_of(field):
        return None
    if folded in DAYS and field.type is DataType.DATE:
        right = _on_day(node, operator, DAYS[folded])
        alone = day_clause(operator, DAYS[folded]) is not None
        fix = replacement_fix(node.span, right, safe=True) if alone else None
        return _told(word, field, "a day", f"write `{right}`", fix)
    if folded in DAYS and field.type.is_text and operator in ("=", "!="):
        return _told(word, field, "a day", "declare the attribute as `type: date` to compare days")
    if folded in TRUTHS and field.type is DataType.BOOLEAN and folded not in ("true", "false"):
        right = _written(node, s.Comparison(operator, s.Constant("word", str(TRUTHS[folded]).lower())))
        fix = replacement_fix(node.span, right, safe=True)
        return _told(word, field, "true or false", f"write `{right}`", fix)
    if folded in ("true", "false") and field.type.is_text and operator in ("=", "!="):
        return _told(
            word, field, "true or false", "declare the attribute as `type: boolean` to ask for truth"
        )
    return None


def _presence(word: s.Constant, field: Field) -> bool | None:
    """Whether the word says that there is a value; None where it says nothing of that."""
    known = presence(word.text)
    if known is None or word.text in options_of(field):
        return None
    return known


def _word_in_list(
    node: s.Test, values: tuple[s.Constant, ...], words: list[s.Constant], *, negated: bool
) -> Diagnostic:
    """A word in a list: the list without it, and the question it stands for beside that."""
    asked = dict.fromkeys(presence(word.text) is True for word in words)
    left = tuple(value for value in values if value not in words)
    parts: tuple[s.Node, ...] = tuple(s.Test(node.field, s.Presence(known != negated)) for known in asked)
    if len(left) == 1:
        parts += (s.Test(node.field, s.Comparison("!=" if negated else "=", left[0])),)
    elif left:
        parts += (s.Test(node.field, s.Membership(negated, left)),)
    fix = text_of(parts[0] if len(parts) == 1 else (s.Conjunction if negated else s.Disjunction)(parts))
    shown = f"({fix})" if len(parts) > 1 and not negated else fix
    what = "any value" if next(iter(asked)) else "no value"
    return codes.NOT_A_TEXT.at(
        words[0].span,
        f"`{shorten(words[0].text)}` reads as {what}, which is no value to list",
        hint=f"write `{shown}`; as a text it stands in quotes: `{quote(words[0].text)}`",
    )


def _told(word: s.Constant, field: Field, what: str, hint: str, fix: Fix | None = None) -> Diagnostic:
    if field.type.is_text:
        hint += f"; as a text it stands in quotes: `{quote(word.text)}`"
    message = f"`{shorten(word.text)}` reads as {what}" + (", not as text" if field.type.is_text else "")
    return codes.NOT_A_TEXT.at(word.span, message, hint=hint, fix=fix)


def _in_quotes(word: s.Constant) -> Fix | None:
    """The word as the text that it is read as: a guess, since the remark asks whether that was meant."""
    return replacement_fix(word.span, quote(word.text), safe=False)


def _written(node: s.Test, clause: s.Clause) -> str:
    return text_of(replace(node, clause=clause))


def _on_day(node: s.Test, operator: str, away: int) -> str:
    clause = day_clause(operator, away)
    if clause is not None:
        return text_of(replace(node, clause=clause))
    # Days count away from today: what lies between the named day and today needs the other direction as well.
    before = _SIDES[operator] in ("<", "<=")
    bound = abs(away + {"<": -1, ">": 1}.get(_SIDES[operator], 0))
    beyond = s.Moment(str(bound), "day", "from now" if before else "ago")
    past = s.Test(node.field, s.Presence(True))
    return text_of(s.Conjunction((past, s.Negation(replace(node, clause=s.Comparison("more than", beyond))))))


def day_clause(operator: str, away: int) -> s.Comparison | None:
    """The test against a day that lies so many days from today, in the words that count days; None where it takes two
    tests."""
    side = _SIDES[operator]
    if side in ("=", "!="):
        day = s.Moment(str(abs(away)), "day", "ago" if away <= 0 else "from now")
        return s.Comparison("exactly" if side == "=" else "!=", day)
    if (side == "<" and away <= 0) or (side == ">" and away >= 0):
        return s.Comparison(
            "more than", s.Moment(str(abs(away)), "day", "ago" if side == "<" else "from now")
        )
    bound = away + {"<": -1, ">": 1}.get(side, 0)
    if side in ("<", "<=") and bound <= 0:
        return s.Comparison("at least", s.Moment(str(-bound), "day", "ago"))
    if side in (">", ">=") and bound >= 0:
        return s.Comparison("at least", s.Moment(str(bound), "day", "from now"))
    return None


def day_name_mistake(node: s.EventRule) -> Diagnostic | None:
    """What is said of `last = today`, the day of an occurrence against a day's name; None where it is not that."""
    match node.clause:
        case s.Comparison(operator=operator, operand=s.Constant(kind="word", text=word) as constant) if (
            word.casefold() in DAYS
        ):
            written = _on_named_day(node, operator, DAYS[word.casefold()])
            hint = f"write `{text_of(written)}`" if written else "write a day such as `2026-01-31`"
            fix = replacement_fix(node.span, text_of(written), safe=True) if written else None
            return codes.NOT_A_TEXT.at(constant.span, f"`{word}` reads as a day", hint=hint, fix=fix)
        case _:
            return None


def _on_named_day(node: s.EventRule, operator: str, away: int) -> s.Node | None:
    """The event on that day; the day of an occurrence has no `!=`, so that the whole is negated."""
    if operator == "!=":
        return s.Negation(replace(node, clause=day_clause("=", away)))
    clause = day_clause(operator, away)
    return None if clause is None else replace(node, clause=clause)
