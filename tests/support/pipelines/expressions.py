"""The expressions of GitHub's workflows and GitLab's rules, as far as the two share them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<op>&&|\|\||==|!=|!|\(|\))|'(?P<single>(?:[^']|'')*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<variable>\$\w+)|(?P<call>[A-Za-z]+)\(\)|(?P<path>[A-Za-z_][\w-]*(?:\.[\w-]+)*))"
)
_BINDING = {"||": 1, "&&": 2, "==": 3, "!=": 3}


def evaluate(
    text: str, contexts: Mapping[str, Any], functions: Mapping[str, Callable[[], bool]] | None = None
) -> Any:
    """The value of an expression; what a context lacks is None."""
    tokens: list[re.Match[str]] = []
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        assert found, f"not an expression this knows: {text!r}"
        tokens.append(found)
        position = found.end()
    value, left = _Parser(tokens, contexts, functions or {}).expression(0)
    assert left == len(tokens), text
    return value


def filled_in(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with the value of each `${{ ... }}` in its place."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: as_text(evaluate(found[1], contexts)), text)


def as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Parser:
    def __init__(
        self,
        tokens: list[re.Match[str]],
        contexts: Mapping[str, Any],
        functions: Mapping[str, Callable[[], bool]],
    ) -> None:
        self._tokens, self._contexts, self._functions = tokens, contexts, functions
        self._at = 0

    def expression(self, floor: int) -> tuple[Any, int]:
        left = self._operand()
        while self._at < len(self._tokens):
            operator = self._tokens[self._at]["op"]
            binding = _BINDING.get(operator or "", -1)
            if binding <= floor:
                break
            self._at += 1
            right, _ = self.expression(binding)
            if operator == "&&":
                left = right if left else left
            elif operator == "||":
                left = left or right
            else:
                same = as_text(left).casefold() == as_text(right).casefold()
                left = same == (operator == "==")
        return left, self._at

    def _operand(self) -> Any:
        token = self._tokens[self._at]
        self._at += 1
        if token["op"] == "!":
            return not self._operand()
        if token["op"] == "(":
            value, _ = self.expression(0)
            assert self._tokens[self._at]["op"] == ")"
            self._at += 1
            return value
        if token["single"] is not None:
            return token["single"].replace("''", "'")
        if token["double"] is not None:
            return token["double"]
        if token["variable"]:
            return self._contexts.get(token["variable"][1:])
        if token["call"]:
            return self._functions[token["call"]]()
        return self._looked_up(token["path"])

    def _looked_up(self, path: str) -> Any:
        if path in ("true", "false"):
            return path == "true"
        first, *rest = path.split(".")
        value: Any = self._contexts[first]
        for key in rest:
            value = None if value is None else value.get(key)
        return value
