"""What generated code can be asked to look like."""

from __future__ import annotations

from typing import Literal, get_args

from intercom_iac.lazy_dataclass import dataclass

Language = Literal["typescript", "python"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
# What a folder of generated files may hold.
Generated = Literal["typescript", "python", "dbt"]
GENERATED: tuple[Generated, ...] = get_args(Generated)
Module = Literal["esm", "cjs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateOptions:
    """`specs_digest` is that of the attributes and events, for the header; `camel` gives keys in camel case.

    The rest is TypeScript's: `module` is the kind of module it is for, `messenger_sdk` calls
    `@intercom/messenger-js-sdk`, `react` adds the hook.
    """

    specs_digest: str
    module: Module = "esm"
    camel: bool = False
    messenger_sdk: bool = False
    react: bool = False
