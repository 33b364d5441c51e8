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
from ..print.text import clause_text, quote, text_of
from ..syntax import tree as s
from ..syntax.special_words import DAYS, NOW, TRUTHS, fold_word, presence, reading
from .scope import EventScope, Scope
from .values import names_text, options_of, shorten

_OF_COMPANY = "company."
# What people say of a boolean that is true.
_DONE = frozenset({"done", "complete", "completed", "finished", "enabled", "activated", "checked"})


def misreading(node: s.Test, field: Field) -> Diagnostic | None:
    """What is said of a test whose bare word is no text to a person; None where there is none.

    Words behind `contains` and its kin are parts of texts, and stay so.
    """
    match node.clause:
        case s.Comparison(operator=operator, operand=s.Constant(kind="word") as word):
            return _check_comparison(node, field, operator, word)
        case s.Membership(negated=negated, values=values):
            words = [value for value in values if value.kind == "word"]
            found = [word for word in words if _presence(word, field) is not None]
            if found:
                return _word_in_list(node, field, values, found, negated=negated)
            return next(filter(None, (_as_text(word, field) for word in words)), None)
        case _:
            return None


def with_option(node: s.Test, field: Field) -> tuple[s.Test, Diagnostic | None]:
    """The test with the option in the place of a word for presence that the field has an option of, and what there is
    to say of that; as it is, where the word asks for presence."""
    clause = node.clause
    if not isinstance(clause, s.Presence) or clause.word is None:
        return node, None
    options = [option for option in options_of(field) if option.casefold() == clause.word.casefold()]
    if not options:
        return node, None
    what = "any value" if clause.known != clause.negated else "no value"
    option = clause.word if clause.word in options else min(options)
    as_option = s.Comparison(
        "!=" if clause.negated else "=", s.Constant("text", option, clause.span), clause.span
    )
    asked, meant = _clause_text(node, replace(clause, word=None)), clause_text(as_option)
    if option == clause.word:
        message = f"`{clause.word}` is read as the option of that name, and not as {what}"
        hint = f"in quotes it says so: `{meant}`; for {what} write `{asked}`"
        fix = replacement_fix(clause.span, meant, safe=False)
        remark = lint.AMBIGUOUS_WORD.at(clause.span, message, hint=hint, fix=fix)
        return replace(node, clause=as_option), remark
    message = f"`{clause.word}` asks for {what} here, and `{field.name}` has an option `{option}`"
    fix = replacement_fix(clause.span, meant, safe=False)
    return node, lint.AMBIGUOUS_WORD.at(clause.span, message, hint=f"for the option write `{meant}`", fix=fix)


def word_remarks(node: s.Test, field: Field) -> list[Diagnostic]:
    """What there is to say of words that stand, and that somebody may read otherwise."""
    match node.clause:
        case s.Comparison(operand=s.Constant() as word):
            words: tuple[s.Constant, ...] = (word,)
        case s.Membership(values=values):
            words = values
        case s.Presence(known=False, word=None) if "unknown" in options_of(field):
            as_option = _clause_text(node, s.Comparison("=", s.Constant("text", "unknown")))
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
            asked = _clause_text(node, s.Presence(known))
            hint = f"in quotes it says so: `{quote(constant.text)}`; for {what} write `{asked}`"
            found.append(lint.AMBIGUOUS_WORD.at(constant.span, message, hint=hint, fix=in_quotes(constant)))
        elif field.type is DataType.STRING and constant.text.casefold() in ("yes", "no"):
            message = f"`{constant.text}` is read as text: `{field.name}` is no boolean"
            hint = f"in quotes it says so: `{quote(constant.text)}`"
            found.append(lint.AMBIGUOUS_WORD.at(constant.span, message, hint=hint, fix=in_quotes(constant)))
    return found


def _empty(node: s.Test, constant: s.Constant) -> Diagnostic:
    negated = isinstance(node.clause, s.Membership) and node.clause.negated
    negated = negated or (isinstance(node.clause, s.Comparison) and node.clause.operator == "!=")
    if negated:
        message = "an empty text is no missing value: this holds for those without any value, too"
        hint = f"for those with a value write `{_clause_text(node, s.Presence(True))}`"
    else:
        message = "an empty text is no missing value: this holds for nobody without a value"
        hint = f"for those without a value write `{_clause_text(node, s.Presence(False))}`"
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
            hint = f"in quotes it says so: `{quote(constant.text)}`; only numbers and dates are compared with others"
            related = scope.declaration(other)
            yield lint.ATTRIBUTE_AS_TEXT.at(
                constant.span, message, hint=hint, related=related, fix=in_quotes(constant)
            )


def _field_called(name: str, scope: Scope) -> Field | None:
    field = scope.field(name)
    if field is None and name.casefold().startswith(_OF_COMPANY):
        return scope.schema.field("company", name[len(_OF_COMPANY) :])
    return field


def _check_comparison(node: s.Test, field: Field, operator: str, word: s.Constant) -> Diagnostic | None:
    folded = word.text.casefold()
    known = _presence(word, field)
    if known is not None and operator in ("=", "!=", "exactly", "on"):
        right = _clause_text(node, s.Presence(known == (operator != "!=")))
        fix = replacement_fix(node.span, right, safe=not field.type.is_text)
        return _bare_word_diagnostic(
            word, field, f"{'any' if known else 'no'} value", f"write `{right}`", fix
        )
    if word.text in options_of(field):
        return None
    if folded in NOW and field.type is DataType.DATE:
        right = _clause_text(node, s.Comparison(operator, s.Constant("word", "today")))
        fix = replacement_fix(node.span, right, safe=True)
        return _bare_word_diagnostic(word, field, "a moment", f"write `{right}`: dates are days", fix)
    if operator in ("=", "!=", "exactly") and (mistake := _as_text(word, field)) is not None:
        return mistake
    if folded in TRUTHS and field.type is DataType.BOOLEAN and folded not in ("true", "false"):
        right = _clause_text(node, s.Comparison(operator, s.Constant("word", str(TRUTHS[folded]).lower())))
        fix = replacement_fix(node.span, right, safe=True)
        return _bare_word_diagnostic(word, field, "true or false", f"write `{right}`", fix)
    if folded in _DONE and field.type is DataType.BOOLEAN and operator in ("=", "!="):
        test = replace(node, clause=None)
        right = text_of(test if operator == "=" else s.Negation(test))
        fix = replacement_fix(node.span, right, safe=False)
        return _bare_word_diagnostic(word, field, "true", f"write `{right}`", fix)
    return None


def _as_text(word: s.Constant, field: Field) -> Diagnostic | None:
    """What is said of a bare word that no person takes for a text; None where it is one."""
    if not field.type.is_text or word.text in options_of(field):
        return None
    folded = fold_word(word.text)
    # In quotes it would be no option either.
    fix = None if field.type is DataType.OPTIONS else in_quotes(word)
    if folded in DAYS:
        hint = "declare the attribute as `type: date` to compare days"
        return _bare_word_diagnostic(word, field, "a day", hint, fix)
    if folded in ("true", "false"):
        hint = "declare the attribute as `type: boolean` to ask for truth"
        return _bare_word_diagnostic(word, field, "true or false", hint, fix)
    what = reading(word.text)
    return None if what is None else _bare_word_diagnostic(word, field, what, fix=fix)


def _presence(word: s.Constant, field: Field) -> bool | None:
    """Whether the word says that there is a value; None where it says nothing of that."""
    known = presence(word.text)
    if known is None or word.text in options_of(field):
        return None
    return known


def _word_in_list(
    node: s.Test, field: Field, values: tuple[s.Constant, ...], words: list[s.Constant], *, negated: bool
) -> Diagnostic:
    """A word in a list: the list without it, and the question it stands for beside that."""
    asked = dict.fromkeys(presence(word.text) is True for word in words)
    taken = {id(word) for word in words}
    left = tuple(value for value in values if id(value) not in taken)
    parts: tuple[s.Node, ...] = tuple(s.Test(node.field, s.Presence(known != negated)) for known in asked)
    if len(left) == 1:
        parts += (s.Test(node.field, s.Comparison("!=" if negated else "=", left[0])),)
    elif left:
        parts += (s.Test(node.field, s.Membership(negated, left)),)
    fix = text_of(parts[0] if len(parts) == 1 else (s.Conjunction if negated else s.Disjunction)(parts))
    shown = f"({fix})" if len(parts) > 1 else fix
    what = "any value" if next(iter(asked)) else "no value"
    hint = f"write `{shown}`"
    if field.type is DataType.STRING:
        hint += f"; as a text it stands in quotes: `{quote(words[0].text)}`"
    return codes.NOT_A_TEXT.at(
        words[0].span,
        f"`{shorten(words[0].text)}` reads as {what}, which is no value to list",
        hint=hint,
        fix=replacement_fix(node.span, shown, safe=not field.type.is_text),
    )


def _bare_word_diagnostic(
    word: s.Constant, field: Field, what: str, hint: str | None = None, fix: Fix | None = None
) -> Diagnostic:
    hints = [hint] if hint else []
    if field.type is DataType.OPTIONS and fix is None:
        hints.append(f"`{shorten(field.name)}` has the options {names_text(field.options)}")
    elif field.type is DataType.STRING:
        hints.append(f"as a text it stands in quotes: `{quote(word.text)}`")
    message = f"`{shorten(word.text)}` reads as {what}" + (", not as text" if field.type.is_text else "")
    return codes.NOT_A_TEXT.at(word.span, message, hint="; ".join(hints), fix=fix)


def in_quotes(word: s.Constant) -> Fix | None:
    """The word as the text that it is read as: a guess, since the remark asks whether that was meant."""
    return replacement_fix(word.span, quote(word.text), safe=False)


def _clause_text(node: s.Test, clause: s.Clause) -> str:
    return text_of(replace(node, clause=clause))


def now_mistake(node: s.EventRule) -> Diagnostic | None:
    """What is said of `last before now`, the day of an occurrence against a moment; None where it is not that."""
    match node.clause:
        case s.Comparison(operand=s.Constant(kind="word", text=word) as constant) if word.casefold() in NOW:
            today = replace(node.clause, operand=s.Constant("word", "today"))
            right = clause_text(today)
            fix = replacement_fix(node.clause.span, right, safe=True)
            hint = f"write `{right}`: dates are days"
            return codes.NOT_A_TEXT.at(constant.span, f"`{word}` reads as a moment", hint=hint, fix=fix)
        case _:
            return None
