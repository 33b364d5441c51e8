"""The files of TypeScript, put together of types, rules and the runtime."""

from __future__ import annotations

import json

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Schema

from ..generated_file import GeneratedFile
from ..header import header_lines
from ..options import GenerateOptions
from .keys import schema_keys
from .rules import place_table, rule_tables
from .runtime_text import runtime_text
from .types import SDK_SETTINGS, SETTINGS, type_declarations

_SDK_IMPORTS = """\
import {
  Intercom,
  boot as sdkBoot,
  shutdown as sdkShutdown,
  trackEvent as sdkTrackEvent,
  update as sdkUpdate,
} from "@intercom/messenger-js-sdk";

"""


def typescript_files(schema: Schema, options: GenerateOptions) -> tuple[GeneratedFile, ...]:
    """`index.ts`, `package.json`, and `react.ts` where it is asked for.

    Raises `InvalidSpecs` for names that are one in TypeScript.
    """
    settings = {**SETTINGS, **SDK_SETTINGS} if options.messenger_sdk else SETTINGS
    keys, diagnostics = schema_keys(schema, settings, camel=options.camel)
    if diagnostics:
        raise InvalidSpecs(diagnostics)
    header = header_lines("typescript", options.specs_digest)
    comments = "".join(f"// {line}\n" for line in header) + "/* eslint-disable */\n"
    index = "\n".join(
        (
            comments,
            (_SDK_IMPORTS if options.messenger_sdk else "") + runtime_text("types"),
            type_declarations(keys, settings),
            runtime_text("sending"),
            runtime_text("sdk" if options.messenger_sdk else "queue"),
            runtime_text("checks"),
            rule_tables(keys, camel=options.camel),
            place_table(schema, keys),
        )
    )
    made = [
        GeneratedFile(path="index.ts", text=index),
        GeneratedFile(path="package.json", text=_package(header[0], options)),
    ]
    if options.react:
        made.append(GeneratedFile(path="react.ts", text=f"{comments}\n{_hook(options)}"))
    return tuple(made)


def _hook(options: GenerateOptions) -> str:
    """A file of ES modules names the other one as it is once compiled."""
    text = runtime_text("react").replace(
        '"INDEX"', '"./index.js"' if options.module == "esm" else '"./index"'
    )
    if options.camel:
        for name, key in (
            ("app_id", "appId"),
            ("user_id", "userId"),
            ("intercom_user_jwt", "intercomUserJwt"),
        ):
            text = text.replace(f"settings?.{name}", f"settings?.{key}")
    return text


def _package(header: str, options: GenerateOptions) -> str:
    """What compilers and bundlers ask: the kind of module, and that one that is not used may be left out."""
    kind = "module" if options.module == "esm" else "commonjs"
    package = {"description": header, "private": True, "type": kind, "sideEffects": False}
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"
