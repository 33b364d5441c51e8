"""What the types of generated TypeScript allow: right programs compile, and each wrong one says what is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Event, Schema
from support.node import installed
from support.typescript import bundle, run_node, write_typescript
from support.typescript.programs import HERE

SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true, owner: growth, description: The plan}
    theme: {type: options, options: [light, dark], open_options: true, messenger_writable: true}
    seats: {type: integer, messenger_writable: true}
    trial_ends: {type: date, messenger_writable: true}
    beta: {type: boolean, messenger_writable: true}
    old_plan: {type: string, messenger_writable: true, status: deprecated}
    gone: {type: string, messenger_writable: true, status: archived}
    score: {type: float, description: "Ends a comment: */ and is one."}
    long:
      type: float
      description: A text that does not fit on a line of code, and goes on until it is read
        by somebody who wants to know
  company:
    renewal: {type: date, messenger_writable: true}
    tier: {type: string}
events:
  signed_up: {description: Somebody signed up}
  plan_changed:
    source_name: Plan Changed
    metadata:
      to: {type: options, options: [pro, team], required: true}
      on_date: {type: date}
      note: {type: string}
      amount: {type: float}
  full:
    metadata: {a: {type: integer}, b: {type: integer}, c: {type: integer}, d: {type: integer}, e: {type: integer},
      f: {type: integer}, g: {type: integer}, h: {type: integer}, i: {type: integer}, j: {type: integer}}
  old_event: {status: deprecated}
  gone_event: {status: archived}
"""
LONG_SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [a plan of some length, another plan that is longer, the longest plan of all],
      messenger_writable: true, description: A text that does not fit on a line of code and goes on}
    quotes: {type: options, options: ["it's", 'say "hi"', 'it''s "hi"', "\\\\"], messenger_writable: true}
    short enough: {type: options, options: [a plan of some length, another plan that is longer, x],
      messenger_writable: true}
    an_attribute_of_a_name_that_is_longer_than_most_of_the_others: {type: float}
events:
  Order Completed:
    metadata:
      a long key of metadata which goes on: {type: options, options: [of a long name, a longer name], required: true}
      amount_of_money_in_the_order_of_the_customer: {type: float, required: true}
  an event of a long name which goes on and on until it does not fit: {metadata: {utm_2: {type: string}}}
  signed_up: {}
"""
RIGHT = """\
import {
  boot, configure, eventRules, flush, old_event, plan_changed, shutdown, signed_up, trackEvent, update, InvalidData,
  type BootSettings, type CompanyAttributes, type ContactAttributes, type EventHandle, type EventName, type Events,
  type Problem,
} from "./app/index.js";

const problems: Problem[] = [];
configure({ production: true, onProblem: (problem) => void problems.push(problem), eventRules, scriptUrl: false });
const company: CompanyAttributes = { company_id: "1", name: "A", renewal: new Date(), monthly_spend: 12.5 };
const settings: BootSettings = { app_id: "x", user_id: "u1", user_hash: "h", created_at: new Date(), company };
boot(settings);
boot({ app_id: "x", intercom_user_jwt: "jwt", hide_default_launcher: true, companies: [company], alignment: "left" });
boot();
const contact: ContactAttributes = { plan_type: "pro", theme: "sepia", seats: 3, trial_ends: null, beta: true };
update(contact);
update({ plan_type: null, old_plan: "x" });
update();
trackEvent("signed_up");
trackEvent("signed_up", {});
trackEvent("plan_changed", { to: "team" });
const metadata: Events["plan_changed"] = { to: "pro", on_date: new Date(), note: { url: "https://a.b", value: "A" } };
trackEvent("plan_changed", { ...metadata, amount: { amount: 1200, currency: "usd" } });
const name: EventName = "old_event";
trackEvent(name);
trackEvent(signed_up);
trackEvent(signed_up, {});
trackEvent(plan_changed, { to: "team" });
const handle: EventHandle<EventName> = old_event;
configure({ eventRules: { signed_up, [handle.name]: handle } });
flush();
shutdown();
export const thrown = (error: unknown): boolean => error instanceof InvalidData && error.problems.length > 0;
"""
# Each a program, and what the compiler says of it.
WRONG = {
    'update({ plan_type: "trail" });': """'"trail"' is not assignable to type '"free" | "pro" | null | undefined'""",
    "update({ trial_ends: Date.now() });": "Type 'number' is not assignable to type 'Date'",
    'update({ trial_ends: "2026-03-14" });': "Type 'string' is not assignable to type 'Date'",
    "boot({ created_at: 1773489600000 });": "Type 'number' is not assignable to type 'Date'",
    "update({ score: 1 });": "Type 'number' is not assignable to type "
    "'Refused<\"`score` is not messenger_writable: send it from the server\">'",
    'update({ company: { company_id: "1", tier: "gold" } });': "Type 'string' is not assignable to type "
    "'Refused<\"`tier` is not messenger_writable: send it from the server\">'",
    "update({ last_request_at: 1 });": "'Refused<\"`last_request_at` is set by Intercom: it cannot be sent\">'",
    "update({ plan_typ: 'pro' });": "'plan_typ' does not exist in type",
    "update({ gone: 'x' });": "'gone' does not exist in type 'BootSettings'",
    'update({ seats: "3" });': "Type 'string' is not assignable to type 'number'",
    "update({ beta: 1 });": "Type 'number' is not assignable to type 'boolean | null | undefined'",
    "update({ seats: { value: 3 } });": "Type '{ value: number; }' is not assignable to type 'number'",
    "update({ seats: [3] });": "Type 'number[]' is not assignable to type 'number'",
    "update({ custom_attributes: { seats: 3 } });": "'custom_attributes' does not exist in type",
    "update({ company: { company_id: null } });": "Type 'null' is not assignable to type 'string'",
    "update({ company: { name: 'Acme' } });": "Property 'company_id' is missing in type",
    'trackEvent("signed_upp");': "'\"signed_upp\"' is not assignable to parameter of type "
    "'EventHandle<EventName> | EventName'",
    'trackEvent("gone_event");': "'\"gone_event\"' is not assignable to parameter of type "
    "'EventHandle<EventName> | EventName'",
    'trackEvent("plan_changed");': "Expected 2 arguments, but got 1",
    'trackEvent("plan_changed", {});': "Property 'to' is missing in type '{}'",
    'trackEvent("plan_changed", { to: "free" });': """Type '"free"' is not assignable to type '"pro" | "team"'""",
    'trackEvent("plan_changed", { to: "pro", on_date: 1773489600000 });': "'number' is not assignable to type 'Date'",
    'trackEvent("plan_changed", { to: "pro", note: null });': "Type 'null' is not assignable to type",
    'trackEvent("plan_changed", { to: "pro", note: { url: "https://a.b" } });': "Property 'value' is missing in type",
    'trackEvent("plan_changed", { to: "pro", amount: "12" });': "Type 'string' is not assignable to type "
    "'number | Money'",
    'trackEvent("signed_up", { source: "ad" });': "Type 'string' is not assignable to type 'never'",
    'trackEvent("full", { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1 });': "'k' "
    "does not exist in type",
    'trackEvent("plan_changed", { to: undefined });': "Type 'undefined' is not assignable to type",
    "trackEvent(handles.plan_changed);": "Expected 2 arguments, but got 1",
    "trackEvent(handles.plan_changed, {});": "Property 'to' is missing in type '{}'",
    'trackEvent(handles.plan_changed, { to: "free" });': "'\"free\"' is not assignable to type",
    'trackEvent(handles.plan_changed, { to: "pro", two: 1 });': "'two' does not exist in type",
    "trackEvent(handles.gone_event);": "Property 'gone_event' does not exist",
    "update({ seats: undefined });": "with 'exactOptionalPropertyTypes: true'",
}
IN_REACT = """\
import { useIntercom } from "./app/react.js";

export function Page(person: { id: string } | null): null {
  const { trackEvent, update } = useIntercom(person === null ? null : { app_id: "x", user_id: person.id, seats: 2 });
  trackEvent("signed_up");
  update({ seats: 3 });
  return null;
}
"""


WRONG_START = """\
import * as handles from "./app/index.js";
import { boot, trackEvent, update } from "./app/index.js";
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the compiler says of each file, by its path without the suffix."""
    wrong = {f"wrong{number}.ts": WRONG_START + program + "\n" for number, program in enumerate(WRONG)}
    written = write_typescript(tmp_path_factory.mktemp("types"), SPECS, {"right.ts": RIGHT, **wrong})
    said: defaultdict[str, list[str]] = defaultdict(list)
    for line in written.complaints(noUnusedLocals=False):
        file = re.match(r"[^(]+(?=\.ts\()", line)
        said[file[0] if file else next(reversed(said))].append(line)
    return dict(said)


def test_right_programs_compile(complaints: dict[str, list[str]]) -> None:
    assert [complaints.get(name, []) for name in ("app/index", "right")] == [[], []]


@pytest.mark.parametrize("program", WRONG)
def test_a_wrong_program_fails_with_what_is_wrong(complaints: dict[str, list[str]], program: str) -> None:
    said = "\n".join(complaints.get(f"wrong{[*WRONG].index(program)}", []))
    assert WRONG[program] in said
    assert said.count(": error ") == 1


@pytest.mark.parametrize("module", ["esm", "cjs"])
@pytest.mark.parametrize(("sdk", "camel"), [(False, False), (True, True)])
def test_every_variant_compiles(tmp_path: Path, module: str, sdk: bool, camel: bool) -> None:
    react = IN_REACT.replace("app_id", "appId").replace("user_id", "userId") if camel else IN_REACT
    react = react if module == "esm" else react.replace("./app/react.js", "./app/react")
    sources = {"page.ts": react}
    written = write_typescript(
        tmp_path, SPECS, sources, module=module, messenger_sdk=sdk, camel=camel, react=True
    )
    if module == "esm":
        assert written.complaints() == []
        assert written.complaints(module="nodenext", moduleResolution="nodenext") == []
    else:
        (tmp_path / "package.json").write_text('{"type": "commonjs"}')
        plain = {"verbatimModuleSyntax": False, "esModuleInterop": True}
        assert written.complaints(module="nodenext", moduleResolution="nodenext", **plain) == []
        compiled = (tmp_path / "out" / "app" / "index.js").read_text()
        assert "exports.trackEvent = " in compiled


def test_the_order_of_the_specs_makes_no_difference(tmp_path: Path) -> None:
    one = write_typescript(tmp_path / "one", "version: 1\nevents: {a: {}, b: {}}\n")
    other = write_typescript(tmp_path / "other", "version: 1\nevents: {b: {}, a: {}}\n")
    assert (one.folder / "app/index.ts").read_text() == (other.folder / "app/index.ts").read_text()


def test_what_documents_the_specs_documents_the_code(tmp_path: Path) -> None:
    text = (write_typescript(tmp_path, SPECS).folder / "app" / "index.ts").read_text()
    assert '  /**\n   * The plan\n   * Owner: growth.\n   */\n  plan_type?: "free" | "pro" | null;\n' in text
    assert "  /** @deprecated It is deprecated in the specs. */\n  old_plan?: string | null;\n" in text
    assert "  /** @deprecated It is deprecated in the specs. */\n  old_event: NoMetadata;\n" in text
    assert "  /** In the tracking plan: Plan Changed. */\n  plan_changed: {\n" in text
    assert "Ends a comment: *\\/ and is one." in text
    assert "goes on until it is read by\n   * somebody who wants to know\n" in text


def test_a_bundle_for_production_has_nothing_of_events_that_it_does_not_send(tmp_path: Path) -> None:
    one = 'import { trackEvent } from "./app/index.js";\ntrackEvent("signed_up");\n'
    few = write_typescript(tmp_path / "few", "version: 1\nevents: {signed_up: {}}\n", {"page.ts": one})
    events = "".join(
        f"  event_{number}: {{metadata: {{key_{number}: {{type: string, required: true}}}}}}\n"
        for number in range(100)
    )
    many = write_typescript(
        tmp_path / "many", f"version: 1\nevents:\n  signed_up: {{}}\n{events}", {"page.ts": one}
    )
    bundles = [bundle(written.folder / "page.ts") for written in (few, many)]
    assert bundles[0] == bundles[1]
    assert '"signed_up"' in bundles[0]
    kept = bundle(many.folder / "page.ts", '--define:process.env.NODE_ENV="development"')
    assert "event_99" in kept
    (many.folder / "none.ts").write_text(
        'import "./app/index.js";\nimport { update } from "./app/index.js";\n'
    )
    assert bundle(many.folder / "none.ts").strip() == ""


def test_a_bundle_for_production_has_the_rules_of_the_events_that_it_names_by_their_handles(
    tmp_path: Path,
) -> None:
    events = "".join(
        f"  event_{number}: {{metadata: {{key_{number}: {{type: string, required: true}}}}}}\n"
        for number in range(100)
    )
    by_name = "import { trackEvent } from './app/index.js';\ntrackEvent('event_7', { key_7: 'x' });\n"
    by_handle = (
        "import { trackEvent, event_7 } from './app/index.js';\ntrackEvent(event_7, { key_7: 'x' });\n"
    )
    of_all = "import * as data from './app/index.js';\ndata.trackEvent(data.event_7, { key_7: 'x' });\n"
    sources = {"name.ts": by_name, "handle.ts": by_handle, "all.ts": of_all}
    few = write_typescript(tmp_path / "few", f"version: 1\nevents:\n{_lines_of(events, 7)}", sources)
    many = write_typescript(tmp_path / "many", f"version: 1\nevents:\n{events}", sources)
    for source in sources:
        bundles = [bundle(written.folder / source) for written in (few, many)]
        assert bundles[0] == bundles[1]
        assert "event_8" not in bundles[1]
    name, handle = (bundle(many.folder / source) for source in ("name.ts", "handle.ts"))
    assert 'key_7:{type:"string",required:!0}' in handle
    assert len(handle) - len(name) < 100


def _lines_of(text: str, number: int) -> str:
    return text.splitlines(keepends=True)[number]


@pytest.mark.parametrize(
    "options", [{"react": True}, {"react": True, "camel": True, "messenger_sdk": True, "module": "cjs"}]
)
def test_prettier_leaves_the_code_as_it_is(tmp_path: Path, options: dict[str, Any]) -> None:
    prettier = installed(HERE, "prettier", "typescript") / "bin" / "prettier.cjs"
    written = write_typescript(tmp_path, LONG_SPECS, **options)
    before = {file: file.read_text() for file in (written.folder / "app").iterdir()}
    assert "index.ts" in run_node(prettier, "--write", written.folder / "app")
    assert {file: file.read_text() for file in before} == before


def test_events_named_as_the_code_itself_has_handles(tmp_path: Path) -> None:
    generated = (write_typescript(tmp_path / "plain", "version: 1\n").folder / "app" / "index.ts").read_text()
    names = sorted({*re.findall(r"[A-Za-z_$][\w$]*", generated), "1st", "日本語", "//", "a-b", "*/"})
    schema = Schema(events={name: Event(name) for name in names})
    assert len(names) > 400
    for options in ({}, {"messenger_sdk": True}, {"camel": True, "module": "cjs"}):
        if options.get("module") == "cjs":
            (tmp_path / "package.json").write_text('{"type": "commonjs"}')
        written = write_typescript(tmp_path / "_".join(options or ["none"]), schema, **options)
        assert written.complaints() == []
        text = (written.folder / "app" / "index.ts").read_text()
        for handle in ("update_", "window_", "delete_", "_1st", "日本語", "u2f_u2f", "a_b", "session"):
            assert f"export const {handle}: EventHandle<" in text


def test_two_events_of_one_handle_are_an_error_that_names_both(tmp_path: Path) -> None:
    with pytest.raises(InvalidSpecs) as raised:
        write_typescript(tmp_path, "version: 1\nevents: {a-b: {}, a b: {}, update: {}, update_: {}}\n")
    messages = [mistake.message for mistake in raised.value.diagnostics]
    assert messages == [
        "the event `a-b` and the event `a b` are both `a_b` among the handles of events",
        "the event `update_` and the event `update` are both `update_` among the handles of events",
    ]
    assert {mistake.code for mistake in raised.value.diagnostics} == {"GEN101"}
