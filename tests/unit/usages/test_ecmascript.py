"""JavaScript, TypeScript and TSX: which code sends or reads what, and what is wrong with it."""

from __future__ import annotations

import pytest

from support.code_scans import judge_code, mistakes_of, unknowns_of, uses_of

SDK = "import Intercom, { boot, update as send, trackEvent } from '@intercom/messenger-js-sdk';\n"
CLIENT = "const { IntercomClient } = require('intercom-client');\nconst client = new IntercomClient({});\n"
GENERATED = "import { update, trackEvent as track } from './generated/typescript';\n"

USES = {
    "Intercom('update', { plan_type: 'pro' })": ["send plan_type"],
    "window.Intercom?.('boot', { 'plan_type': 'pro' })": ["send plan_type"],
    "(window as any).Intercom!('update', { plan_type: 'pro' } as Settings)": ["send plan_type"],
    "const ic = window.Intercom; ic('update', { plan_type: 'pro' })": ["send plan_type"],
    "Intercom('trackEvent', 'signed-up')": ["send signed-up"],
    "Intercom(`trackEvent`, paid ? 'signed-up' : other && 'signed-up')": ["send signed-up", "send signed-up"],
    "Intercom('update', { company: { company_id: 'c', region: 'eu' }, companies: [{ region: 'us' }] })": [
        "send region",
        "send region",
    ],
    "window.intercomSettings = { app_id: 'x', plan_type: 'pro' }": ["send plan_type"],
    "var intercomSettings = { plan_type: 'pro' }": ["send plan_type"],
    "window.intercomSettings.plan_type = 'pro'": ["send plan_type"],
    "intercomSettings['plan_type'] = 'pro'": ["send plan_type"],
    "const data = { plan_type: 'pro' }; data.nickname = x; Intercom('update', data)": [
        "send plan_type",
        "send nickname",
    ],
    "const base = { plan_type: 'pro' }; Intercom('update', { ...base, ...(named && { nickname: x }) })": [
        "send plan_type",
        "send nickname",
    ],
    "Intercom('update', Object.assign({}, { plan_type: 'pro' }))": ["send plan_type"],
    "enum Names { Up = 'signed-up' } Intercom('trackEvent', Names.Up)": ["send signed-up"],
    "const NAMES = { up: 'signed-up' } as const; Intercom('trackEvent', NAMES.up)": ["send signed-up"],
    f"{SDK}Intercom({{ app_id: 'x', plan_type: 'pro' }})": ["send plan_type"],
    f"{SDK}send({{ plan_type: 'pro' }}); trackEvent('signed-up')": ["send plan_type", "send signed-up"],
    "this.intercom.update({ plan_type: 'pro' }); $intercom.trackEvent('signed-up')": [
        "send plan_type",
        "send signed-up",
    ],
    "const { boot, trackEvent: track } = useIntercom(); boot({ customAttributes: { plan_type: 'pro' } }); "
    "track('signed-up')": ["send plan_type", "send signed-up"],
    "Intercom.updateUser({ userId: 'u', customAttributes: { plan_type: 'pro' } }); Intercom.logEvent('signed-up')": [
        "send plan_type",
        "send signed-up",
    ],
    f"{CLIENT}client.contacts.update({{ contact_id: 'c', custom_attributes: {{ seats_used: 3 }} }})": [
        "send seats_used"
    ],
    f"{CLIENT}await client.contacts.createUser({{ externalId: 'u', customAttributes: {{ seats_used: 3 }} }})": [
        "send seats_used"
    ],
    f"{CLIENT}client.companies.createOrUpdate({{ company_id: 'c', custom_attributes: {{ region: 'eu' }} }})": [
        "send region"
    ],
    f"{CLIENT}client.events.create({{ eventName: 'signed-up', createdAt: 1, userId: 'u' }})": [
        "send signed-up"
    ],
    f"{CLIENT}client.dataAttributes.create({{ name: 'seats_used', model: 'contact', dataType: 'integer' }})": [
        "send seats_used"
    ],
    f"{CLIENT}client.contacts.search({{ query: {{ field: 'custom_attributes.seats_used', operator: '~' }} }})": [
        "read seats_used"
    ],
    "fetch('https://api.intercom.io/contacts', { body: JSON.stringify({ custom_attributes: { seats_used: 3 } }) })": [
        "send seats_used"
    ],
    "axios.post(`https://api.eu.intercom.io/events`, { event_name: 'signed-up', created_at: 1 })": [
        "send signed-up"
    ],
    "/* intercom */ if (contact.custom_attributes.plan_type) { x(contact.customAttributes?.['seats_used']) }": [
        "read plan_type",
        "read seats_used",
    ],
    "/* intercom */ const { plan_type, seats_used: seats = 1 } = contact.custom_attributes": [
        "read plan_type",
        "read seats_used",
    ],
    "/* intercom */ contact.custom_attributes.seats_used = 3": ["send seats_used"],
    f"{GENERATED}update({{ planType: 'pro', trial_end_date: new Date() }}); "
    "track('feature_first_used', { featureName: 'x' })": [
        "send plan_type",
        "send trial_end_date",
        "send feature_first_used",
    ],
    "import { trackEvent, feature_first_used, signed_up as up } from './generated/typescript'; trackEvent(up); "
    "trackEvent(feature_first_used, { feature_name: 'x' })": ["send signed-up", "send feature_first_used"],
    "import * as ours from './generated/typescript'; ours.trackEvent(ours.signed_up)": ["send signed-up"],
    "import * as ours from './generated/typescript'; function send(event) { ours.trackEvent(event) } "
    "const usual = ours.signed_up; send(usual)": ["send signed-up"],
    "import { useIntercom } from './generated/typescript/react'; import { signed_up } from './generated/typescript'; "
    "const { trackEvent } = useIntercom(null); trackEvent(signed_up)": ["send signed-up"],
    "import * as ours from './generated/typescript/index.js'; ours.update({ plan_type: 'pro' })": [
        "send plan_type"
    ],
    "import { update } from '@/generated/typescript'; update({ plan_type: 'pro' })": ["send plan_type"],
    "import { update } from './other'; update({ plan_type: 'pro' })": [],
    "import { useIntercom } from './generated/typescript/react'; const { update } = useIntercom(null); "
    "update({ planType: 'pro' });": ["send plan_type"],
    "update({ plan_type: 'pro' }); trackEvent('signed-up')": [],
    "Intercom('show'); Intercom('onShow', f); Intercom('update'); Intercom('boot', window.intercomSettings)": [],
    "/* intercom */ conversation.custom_attributes.plan_type": [],
}


@pytest.mark.parametrize("code", USES)
def test_what_is_used(code: str) -> None:
    judgement = judge_code("src/app.ts", code)
    assert uses_of(judgement) == USES[code]
    assert not judgement.mistakes
    assert not judgement.not_known


def test_generated_code_takes_events_by_their_own_names_and_dates_as_objects() -> None:
    code = f"{GENERATED}track('featureFirstUsed', {{ featureName: 'x' }});\n"
    assert mistakes_of(judge_code("src/app.ts", code)) == ["PAYL920 featureFirstUsed"]
    for value in ("Date.now()", "1769817600000", "'2026-01-31'", "new Date().toISOString()"):
        [mistake] = judge_code("src/app.ts", f"{GENERATED}update({{ trialEndDate: {value} }});").mistakes
        assert mistake.hint == "pass a date object, whose seconds the generated code sends"


def test_an_event_by_its_handle_is_the_declared_one_and_by_a_text_it_is_what_is_written() -> None:
    code = "import { trackEvent, signed_up } from './generated/typescript'; trackEvent(a ? signed_up : 'signed_up')"
    judgement = judge_code("src/app.ts", code)
    assert uses_of(judgement) == ["send signed-up", "send signed-up"]
    [mistake] = judgement.mistakes
    assert (mistake.code, mistake.span and mistake.span.start) == ("PAYL920", code.index("'signed_up'") + 1)


def test_elements_of_react() -> None:
    code = (
        "const page = <div><IntercomProvider appId='x' autoBootProps={{ userId: 'u', customAttributes: "
        "{ plan_type: 'pro' } }}><Intercom appID='x' nickname={name} onboarded {...more} /></IntercomProvider></div>"
    )
    judgement = judge_code("src/app.tsx", code)
    assert uses_of(judgement) == ["send plan_type", "send nickname", "send onboarded"]
    assert unknowns_of(judgement) == ["{...more}"]
    assert not judgement.mistakes


MISTAKES = {
    "{ plan_typ: 'pro' }": ["PAYL901 plan_typ"],
    "{ plan_type: 'gold' }": ["PAYL905 gold"],
    "{ plan_type: paid ? 'gold' : 'free' }": ["PAYL905 gold"],
    "{ plan_type: plan || 'none' }": ["PAYL905 none"],
    "{ plan_type: PLAN }": ["PAYL905 PLAN"],
    "{ plan_type: 3 }": ["PAYL904 3"],
    "{ plan_type: `${plan}` }": [],
    "{ seats_used: 3 }": ["PAYL919 seats_used"],
    "{ faded: 'x' }": ["PAYL921 faded"],
    "{ gone: 'x' }": ["PAYL922 gone"],
    "{ region: 'eu' }": ["PAYL901 region"],
    "{ custom_attributes: { plan_type: 'pro' } }": ["PAYL924 custom_attributes"],
    "{ last_request_at: 1 }": ["PAYL907 last_request_at"],
    "{ nickname: { first: x } }": ["PAYL908 { first: x }"],
    "{ nickname: [a, b] }": ["PAYL909 [a, b]"],
    f"{{ nickname: '{'x' * 256}' }}": [f"PAYL913 {'x' * 256}"],
    "{ onboarded: 'true' }": ["PAYL925 true"],
    "{ onboarded: !done, nickname: null }": [],
    "{ onboarded: a > b }": [],
    "{ onboarded: items.length }": ["PAYL904 items.length"],
    "{ score: '3' }": ["PAYL911 3"],
    "{ score: -0x10 + 1 }": [],
    "{ score: String(n) }": ["PAYL904 String(n)"],
    "{ score: NaN }": ["PAYL934 NaN"],
    "{ created_at: Date.now() }": ["PAYL910 Date.now()"],
}


@pytest.mark.parametrize("record", MISTAKES)
def test_what_is_wrong_with_a_record(record: str) -> None:
    judgement = judge_code("app.js", f"const PLAN = 'gold';\nIntercom('update', {record});")
    assert mistakes_of(judgement) == MISTAKES[record]


MOMENTS = {
    "Date.now()": "PAYL910",
    "new Date().getTime()": "PAYL910",
    "user.signedUp.getTime()": "PAYL910",
    "new Date().valueOf()": "PAYL910",
    "moment().valueOf()": "PAYL910",
    "+new Date()": "PAYL910",
    "Number(new Date())": "PAYL910",
    "Date.now() + 14 * 86400000": "PAYL910",
    "Math.round(Date.now())": "PAYL910",
    "Date.parse(text)": "PAYL910",
    "1767225600000": "PAYL910",
    "new Date()": "PAYL912",
    "new Date().toISOString()": "PAYL912",
    "moment().format()": "PAYL912",
    "'2026-01-01'": "PAYL912",
    "-1": "PAYL928",
    "'tomorrow'": "PAYL904",
    "true": "PAYL904",
    "Math.floor(Date.now() / 1000)": None,
    "Date.now() / 1000": None,
    "new Date().getTime() / 1000 | 0": None,
    "~~(Date.now() / 1e3)": None,
    "parseInt(Date.now() / 1000, 10)": None,
    "moment().unix()": None,
    "getUnixTime(new Date())": None,
    "Math.floor(now / 1000)": None,
    "user.trialEnd": None,
    "user.trialEnd ? Math.floor(user.trialEnd.getTime() / 1000) : null": None,
    "1767225600": None,
    "null": None,
}


@pytest.mark.parametrize("value", MOMENTS)
def test_moments_in_time(value: str) -> None:
    judgement = judge_code(
        "app.js", f"const now = Date.now();\nIntercom('update', {{ trial_end_date: {value} }});"
    )
    assert [mistake.code for mistake in judgement.mistakes] == (
        [] if MOMENTS[value] is None else [MOMENTS[value]]
    )


EVENTS = {
    "'signed_up'": ["PAYL920 signed_up"],
    "'Signed-Up'": ["PAYL920 Signed-Up"],
    "'signed-upp'": ["PAYL902 signed-upp"],
    "'left'": ["PAYL922 left"],
    "'feature_first_used'": ["PAYL906 feature_first_used"],
    "'feature_first_used', undefined": ["PAYL906 feature_first_used"],
    "'feature_first_used', { feature: 'x' }": ["PAYL906 { feature: 'x' }", "PAYL903 feature"],
    "'feature_first_used', { ...more }": [],
    "'feature_first_used', { feature_name: null }": ["PAYL926 null"],
    "'feature_first_used', { feature_name: 'x', price: { amount: 12.5, currency: 'eur' } }": [
        "PAYL918 { amount: 12.5, currency: 'eur' }"
    ],
    "'feature_first_used', { feature_name: { url: link, value: name }, price: { amount: cents, currency } }": [],
    "'feature_first_used', { feature_name: 'x', due_date: Date.now() }": ["PAYL910 Date.now()"],
    f"'signed-up', {{ {', '.join(f'k{at}: 1' for at in range(11))} }}": [
        *(f"PAYL903 k{at}" for at in range(10)),
        "PAYL903 k10",
        "PAYL914 k10",
    ],
}


@pytest.mark.parametrize("arguments", EVENTS)
def test_what_is_wrong_with_an_event(arguments: str) -> None:
    judgement = judge_code("app.js", f"Intercom('trackEvent', {arguments});")
    assert mistakes_of(judgement) == EVENTS[arguments]


API = {
    "contacts.update('c', { plan_type: 'pro' })": ["PAYL924 plan_type"],
    "contacts.update('c', { custom_attributes: { email: 'x' } })": ["PAYL924 email"],
    "contacts.update('c', { created_at: 1 })": ["PAYL907 created_at"],
    "contacts.update('c', { role: 'admin' })": ["PAYL905 admin"],
    "contacts.update('c', { custom_attributes: { region: 'eu' } })": ["PAYL901 region"],
    "companies.create({ company_id: 'c', custom_attributes: { plan_type: 'pro' } })": ["PAYL901 plan_type"],
    "users.create({ user_id: 'u', custom_attributes: { seat_used: 3 } })": ["PAYL901 seat_used"],
    "events.create({ event_name: 'signed-up', created_at: Date.now(), user_id: 'u' })": [
        "PAYL910 Date.now()"
    ],
    "dataAttributes.create({ name: 'seat_used', model: 'contact' })": ["PAYL901 seat_used"],
    "dataAttributes.create({ name: 'seat_used', model: 'conversation' })": [],
    "conversations.update({ custom_attributes: { mood: 'x' } })": [],
}


@pytest.mark.parametrize("call", API)
def test_what_is_wrong_with_a_call_of_the_api(call: str) -> None:
    assert mistakes_of(judge_code("server.js", f"{CLIENT}client.{call};")) == API[call]


UNKNOWN = {
    "Intercom('update', settings)": ["settings"],
    "Intercom('update', { ...settings, [key]: 1 })": ["...settings", "key"],
    "Intercom('trackEvent', name, metadata)": ["name"],
    "Intercom('trackEvent', 'signed-up', metadata)": ["metadata"],
    "Intercom('trackEvent', 'signed' + suffix)": ["'signed' + suffix"],
    "let name = 'signed-up'; name = other; Intercom('trackEvent', name)": ["name"],
    "const name = 'signed-up'; function f(name) { Intercom('trackEvent', name) }": ["name"],
    "/* intercom */ contact.custom_attributes[key]": ["key"],
}


@pytest.mark.parametrize("code", UNKNOWN)
def test_what_is_not_known(code: str) -> None:
    judgement = judge_code("app.js", code)
    assert unknowns_of(judgement) == UNKNOWN[code]
    assert not judgement.mistakes


# What is used, the code of what is wrong, and what is not known.
OWN_FUNCTIONS = {
    "function track(name, meta) { Intercom('trackEvent', name, meta) } track('signed-up'); track('signd-up')": (
        ["signed-up"],
        ["PAYL902 signd-up"],
        [],
    ),
    "function track(name, meta) { Intercom('trackEvent', name, meta) } track('feature_first_used', { price: 'x' })": (
        ["feature_first_used"],
        ["PAYL906 { price: 'x' }", "PAYL904 x"],
        [],
    ),
    "export function track(name) { Intercom('trackEvent', name) } track('signed-up')": (
        ["signed-up"],
        [],
        ["name"],
    ),
    "function track(n) { Intercom('trackEvent', n) } track('signed-up'); names.forEach(track)": (
        ["signed-up"],
        [],
        ["n"],
    ),
    "const track = (n, m = {}) => Intercom('trackEvent', n, { ...m, price: 1 });"
    "track('feature_first_used', { x: 1 })": (
        ["feature_first_used"],
        ["PAYL906 { ...m, price: 1 }", "PAYL903 x"],
        [],
    ),
    "const t = ({ name, data }) => Intercom('trackEvent', name, data); t({ name: 'signed-up' });"
    "t({ name: 'lft' })": (
        ["signed-up"],
        ["PAYL902 lft"],
        [],
    ),
    "function identify(user) { Intercom('update', { plan_type: user.plan }) } "
    "identify({ plan: 'gold' }); identify(me)": (
        ["plan_type"],
        ["PAYL905 gold"],
        [],
    ),
    "function send(method, data) { window.Intercom(method, data) } "
    "send('update', { plan_type: 'gold' }); send('hide')": (
        ["plan_type"],
        ["PAYL905 gold"],
        [],
    ),
    "class A { track(n) { Intercom('trackEvent', n) } go() { this.track('signed-up') } } mixpanel.track('other')": (
        ["signed-up"],
        [],
        ["n"],
    ),
    "class A { track = (n) => { Intercom('trackEvent', n) } } const a = new A(); a.track('signed-up')": (
        ["signed-up"],
        [],
        ["n"],
    ),
    "const my = { track(n) { Intercom('trackEvent', n) } }; my.track('signed-up'); other.track('x')": (
        ["signed-up"],
        [],
        ["n"],
    ),
    "const track = useCallback((n) => { Intercom('trackEvent', n) }, []); track('signed-up')": (
        ["signed-up"],
        [],
        [],
    ),
    "function a(n) { b(n) } function b(n) { a(n); Intercom('trackEvent', n) } a('signed-up')": (
        ["signed-up"],
        [],
        [],
    ),
    "function track(n) { Intercom('trackEvent', n) } function other(track) { track('x') }": ([], [], ["n"]),
    "function track(n) { n = n + 'x'; Intercom('trackEvent', n) } track('signed-up')": ([], [], ["n"]),
    "function plan(p) { const data = { plan_type: p }; Intercom('update', data) } plan('gold'); plan('pro')": (
        ["plan_type"],
        ["PAYL905 gold"],
        [],
    ),
    f"{CLIENT}function send(name, metadata) {{ client.events.create({{ event_name: name, metadata }}) }}"
    "send('signed-up'); send('lft', { x: 1 })": (["signed-up"], ["PAYL902 lft"], []),
    "Intercom(...call)": ([], [], ["...call"]),
}


@pytest.mark.parametrize("code", OWN_FUNCTIONS)
def test_own_functions_are_followed_to_their_calls(code: str) -> None:
    for path in ("a.js", "a.tsx"):
        judgement = judge_code(path, code)
        uses = list(dict.fromkeys(use.removeprefix("send ") for use in uses_of(judgement)))
        assert (uses, mistakes_of(judgement), unknowns_of(judgement)) == OWN_FUNCTIONS[code]


def test_calls_of_own_functions_are_read_again_within_bounds() -> None:
    """Each call of each of many functions, and one long record: what is not followed any more is told."""
    record = ", ".join(f"k{number}: n" for number in range(200))
    code = f"function t(n) {{ Intercom('update', {{ {record} }}) }}\n" + "t('x');\n" * 2_000
    assert len(judge_code("a.js", code).mistakes) == 200
    many = "".join(
        f"function t{n}(n) {{ Intercom('trackEvent', n) }} t{n}('signed-up');\n" for n in range(50)
    )
    assert len(uses_of(judge_code("a.js", many))) == 50


def test_other_products_have_custom_attributes_too() -> None:
    """Where nothing says that they are Intercom's, names that are declared are used, and others nobody's mistake."""
    judgement = judge_code("app.js", "user.custom_attributes.mood + user.custom_attributes.plan_type")
    assert uses_of(judgement) == ["read plan_type"]
    assert not judgement.mistakes


def test_a_name_that_may_be_somebody_elses_is_a_warning() -> None:
    [mistake] = judge_code("app.js", "/* intercom */ x.custom_attributes.seat_used").mistakes
    assert (mistake.severity, mistake.hint) == ("warning", "did you mean `seats_used`?")


CERTAIN = (
    f"{CLIENT}client.events.create({{ event_name: 'x' }})",
    f"{CLIENT}class A {{ constructor(private readonly client: IntercomClient) {{}}"
    "send() { this.client.events.create({ event_name: 'x' }) } }",
    "import { sender } from '../lib/intercom'; sender.events.create({ event_name: 'x' })",
    "axios.post('https://api.intercom.io/events', { event_name: 'x' })",
)
GUESSED = (
    f"{CLIENT}calendar.events.create({{ event_name: 'x' }})",
    f"{CLIENT}hubspot.contacts.create({{ properties: {{ custom_attributes: {{ x: 1 }} }} }})",
    f"{CLIENT}db.users.create({{ data: {{ email, custom_attributes: {{ x: 1 }} }} }})",
)


@pytest.mark.parametrize("code", [*CERTAIN, *GUESSED])
def test_what_may_be_of_another_product_is_a_warning(code: str) -> None:
    [mistake] = judge_code("a.ts", code).mistakes
    assert mistake.severity == ("error" if code in CERTAIN else "warning")


def test_a_value_is_told_beside_its_declaration_and_what_to_do() -> None:
    [mistake] = judge_code("app.js", "Intercom('update', { trial_end_date: Date.now() })").mistakes
    assert (
        mistake.message
        == "`trial_end_date` takes a date in Unix seconds, and `Date.now()` counts milliseconds"
    )
    assert mistake.hint == "divide it by 1000 and round it down"
    assert mistake.subject == "attribute.contact.trial_end_date"


HOSTILE = {
    "a syntax error": "Intercom('update', { plan_type: 'pro' });\nfunction ( {{{",
    "a deep list": f"Intercom('update', {{ plan_type: 'pro', nickname: {'[' * 5_000}{']' * 5_000} }});",
    "a long sum": f"Intercom('update', {{ plan_type: 'pro', nickname: {' + '.join(['x'] * 5_000)} }});",
    "a long path": f"Intercom('update', {{ plan_type: 'pro', nickname: {'.'.join(['x'] * 5_000)} }});",
    "a name that is itself": "const x = x || y, y = x; Intercom('update', { plan_type: 'pro', nickname: x });",
    "nothing at all": "Intercom('update', { plan_type: 'pro' }); Intercom(); Intercom('update', ); x.update();",
    "odd characters": "Intercom('update', { plan_type: 'pro', '\U0001f600\u202e': '\ud7ff' });",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx"])
def test_whatever_a_file_holds_it_is_read_as_far_as_it_can_be(path: str, code: str) -> None:
    assert "send plan_type" in uses_of(judge_code(path, code))


def test_flow_is_read_as_typescript() -> None:
    code = "const f = (x: string): void => { Intercom('trackEvent', 'signed-up') };"
    assert uses_of(judge_code("a.js", code)) == ["send signed-up"]


def test_places_count_characters() -> None:
    judgement = judge_code("a.js", "/* é😀 */ Intercom('update', { plan_typ: 1 });")
    [mistake] = judgement.mistakes
    assert mistake.span is not None
    assert (mistake.span.line, mistake.span.column, mistake.span.text) == (1, 31, "plan_typ")
