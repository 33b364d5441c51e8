// What generated code does once it runs, a promise a scenario. Called with the folder of the compiled code; prints the
// name of each scenario with what went wrong, null where nothing did.
import assert from "node:assert/strict";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";

const [, , index, camelIndex, sdkIndex] = process.argv;
const NOW = Date.UTC(2026, 5, 1);
const HALF_HOUR = 30 * 60_000;

class Page {
  calls = [];
  problems = [];
  messages = [];
  tick = (milliseconds) => mock.timers.tick(milliseconds);
  settle = () => new Promise((resolve) => setImmediate(resolve));
  names = () => this.calls.map(([name]) => name);
}

const scenarios = {
  async "updates of one turn are one, with the last value of each key"({ code, page }) {
    code.update({ seats: 1, plan_type: "free" });
    code.update({ seats: 2 });
    code.update({ nickname: null });
    assert.deepEqual(page.calls, []);
    await page.settle();
    assert.deepEqual(page.calls, [["update", { seats: 2, plan_type: "free", nickname: null }]]);
  },
  async "no more than one update a second"({ code, page }) {
    code.update({ seats: 1 });
    await page.settle();
    code.update({ seats: 2 });
    page.tick(400);
    code.update({ seats: 3 });
    page.tick(599);
    await page.settle();
    assert.equal(page.calls.length, 1);
    page.tick(1);
    assert.deepEqual(page.calls.slice(1), [["update", { seats: 3 }]]);
  },
  async "an event waits for no timer, and the update before it goes first"({ code, page }) {
    code.update({ seats: 1 });
    await page.settle();
    code.update({ plan_type: "pro" });
    code.trackEvent("signed_up");
    assert.deepEqual(page.calls.slice(1), [["update", { plan_type: "pro" }], ["trackEvent", "signed_up"]]);
    page.tick(HALF_HOUR);
    await page.settle();
    assert.equal(page.calls.length, 3);
  },
  async "an update after an event of the same turn waits for its second"({ code, page }) {
    code.update({ seats: 1 });
    code.trackEvent("signed_up");
    code.update({ seats: 2 });
    await page.settle();
    assert.deepEqual(page.names(), ["update", "trackEvent"]);
    page.tick(999);
    assert.equal(page.calls.length, 2);
    page.tick(1);
    assert.deepEqual(page.calls.slice(2), [["update", { seats: 2 }]]);
  },
  async "the 21st update within half an hour waits, and that is told once"({ code, page }) {
    for (let count = 1; count <= 25; count += 1) {
      code.update({ seats: count });
      await page.settle();
      page.tick(1_000);
    }
    assert.equal(page.calls.length, 20);
    assert.deepEqual(page.problems.map(({ kind }) => kind), ["budget"]);
    assert.match(page.problems[0].message, /20 updates were sent within 30 minutes; the next one waits for 30 minutes/);
    page.tick(HALF_HOUR - 25_000 - 1);
    assert.equal(page.calls.length, 20);
    page.tick(1);
    assert.deepEqual(page.calls.slice(20), [["update", { seats: 25 }]]);
  },
  async "an event past the budget goes alone, and that is told"({ code, page }) {
    for (let count = 1; count <= 21; count += 1) {
      code.update({ seats: count });
      code.trackEvent("signed_up");
    }
    assert.equal(page.names().filter((name) => name === "update").length, 20);
    assert.equal(page.names().filter((name) => name === "trackEvent").length, 21);
    assert.match(page.problems.at(-1).message, /the event `signed_up` is sent before an update that has to wait/);
  },
  async "a clock that is set back stops no update"({ code, page }) {
    code.update({ seats: 1 });
    await page.settle();
    mock.timers.setTime(NOW - 86_400_000);
    code.update({ seats: 2 });
    page.tick(1_000);
    await page.settle();
    assert.equal(page.calls.length, 2);
  },
  async "an update without data is one"({ code, page }) {
    code.update();
    await page.settle();
    assert.deepEqual(page.calls, [["update", {}]]);
  },
  async "dates are whole Unix seconds, for attributes and metadata"({ code, page }) {
    const date = new Date("2026-03-14T12:00:00.900Z");
    code.boot({ app_id: "x", created_at: date, trial_ends: date, company: { company_id: "1", renewal: date } });
    code.trackEvent("plan_changed", { to: "pro", on_date: date });
    assert.deepEqual(page.calls, [
      ["boot", { app_id: "x", created_at: 1773489600, trial_ends: 1773489600, company: { company_id: "1", renewal: 1773489600 } }],
      ["trackEvent", "plan_changed", { to: "pro", on_date: 1773489600 }],
    ]);
  },
  async "boot takes the updates that wait with it"({ code, page }) {
    code.update({ seats: 1, plan_type: "free" });
    code.boot({ app_id: "x", user_id: "u1", seats: 2 });
    await page.settle();
    page.tick(HALF_HOUR);
    assert.deepEqual(page.calls, [["boot", { seats: 2, plan_type: "free", app_id: "x", user_id: "u1" }]]);
  },
  async "a second boot, which the Messenger ignores, takes no update with it"({ code, page }) {
    code.boot({ app_id: "x", user_id: "u1" });
    code.update({ seats: 1 });
    code.boot({ app_id: "x", user_id: "u1" });
    assert.deepEqual(page.names(), ["boot", "update", "boot"]);
    assert.deepEqual(page.calls[1], ["update", { seats: 1 }]);
    code.shutdown();
    code.update({ seats: 2 });
    code.boot({ app_id: "x", user_id: "u2" });
    assert.deepEqual(page.calls.slice(3), [["shutdown"], ["boot", { app_id: "x", user_id: "u2", seats: 2 }]]);
  },
  async "shutdown comes after the updates that wait"({ code, page }) {
    code.update({ seats: 1 });
    code.shutdown();
    await page.settle();
    assert.deepEqual(page.calls, [["update", { seats: 1 }], ["shutdown"]]);
  },
  async "a page that goes sends what waits"({ code, page }) {
    code.update({ seats: 1 });
    await page.settle();
    code.update({ seats: 2 });
    window.listeners.pagehide();
    assert.deepEqual(page.calls.slice(1), [["update", { seats: 2 }]]);
  },
  async "in development all that is wrong throws before anything is sent, with its place"({ code, page }) {
    const wrong = { plan_type: "trail", seats: 1.5, trial_ends: 1773489600000, score: 1, seats_left: 2, user_id: 5 };
    const thrown = capture(() => code.update(wrong));
    assert.ok(thrown instanceof code.InvalidData);
    assert.deepEqual(thrown.message.split("\n"), [
      '`plan_type` is "trail", and none of its options: free, pro (attribute.contact.plan_type, specs/a.yaml:4)',
      "`seats` is 1.5, and no whole number (attribute.contact.seats, specs/a.yaml:5)",
      "`trial_ends` is a number, and no Date (attribute.contact.trial_ends, specs/a.yaml:6)",
      "`score` is nothing that can be sent from a browser (attribute.contact.score, specs/a.yaml:8)",
      "`seats_left` is nothing that can be sent from a browser (attribute.contact.seats_left)",
      "`user_id` is a number, and no text (attribute.contact.user_id)",
    ]);
    assert.deepEqual(thrown.problems[0].address, "attribute.contact.plan_type");
    assert.deepEqual(thrown.problems[0].place, "specs/a.yaml:4");
    await page.settle();
    assert.deepEqual(page.calls, []);
  },
  async "in development what is wrong with an event throws, with its place"({ code, page }) {
    assert.match(capture(() => code.trackEvent("plan_changed", {})).message, /`to` is required, and missing \(event.plan_changed, specs\/a.yaml:1\d\)/);
    assert.match(capture(() => code.trackEvent("plan_changed", { to: "free" })).message, /none of its options: pro/);
    assert.match(capture(() => code.trackEvent("plan_changed", { to: "pro", two: 1 })).message, /`two` is no metadata of the event/);
    assert.match(capture(() => code.trackEvent("Plan-Changed")).message, /there is no event `Plan-Changed` in the specs/);
    assert.deepEqual(page.calls, []);
  },
  async "in production a wrong value is reported and left out, and the rest is sent"({ code, page }) {
    code.configure({ production: true });
    code.update({ plan_type: "trail", seats: 2, score: 3 });
    code.trackEvent("plan_changed", { to: "pro", amount: "12", two: { three: 3 } });
    assert.deepEqual(page.calls, [["update", { seats: 2 }], ["trackEvent", "plan_changed", { to: "pro" }]]);
    assert.deepEqual(page.problems.map(({ key }) => key), ["plan_type", "score", "amount", "two"]);
    code.trackEvent("never_declared");
    assert.equal(page.calls.length, 2);
  },
  async "a bundle for production checks what needs no rule of the event"({ code, page }) {
    process.env.NODE_ENV = "production";
    const long = "x".repeat(256);
    const eleven = Object.fromEntries([..."abcdefghijk"].map((key) => [key, 1]));
    code.trackEvent("plan_changed", { to: "pro", long, list: [1], not: NaN, when: new Date(NaN), paid_at: 1773489600000 });
    code.trackEvent("plan_changed", eleven);
    delete eleven.k;
    assert.deepEqual(page.calls, [["trackEvent", "plan_changed", { to: "pro" }], ["trackEvent", "plan_changed", eleven]]);
    assert.deepEqual(page.problems.map(({ key }) => key), ["long", "list", "not", "when", "paid_at", "k"]);
    assert.equal(page.problems[0].place, undefined);
  },
  async "with its rules a bundle for production holds events to them"({ code, page }) {
    process.env.NODE_ENV = "production";
    code.configure({ eventRules: code.eventRules });
    code.trackEvent("plan_changed", { to: "free" });
    assert.deepEqual(page.calls, [["trackEvent", "plan_changed"]]);
    assert.equal(page.problems.length, 1);
  },
  async "in production an event that is named by its handle is held to its rules"({ code, page }) {
    process.env.NODE_ENV = "production";
    code.trackEvent(code.plan_changed, { to: "free", two: 1, on_date: NOW, note: "x" });
    code.trackEvent(code.signed_up);
    assert.deepEqual(page.calls, [["trackEvent", "plan_changed", { note: "x" }], ["trackEvent", "signed_up"]]);
    assert.deepEqual(page.problems.map(({ message }) => message), [
      '`to` is "free", and none of its options: pro, team (event.plan_changed)',
      "`two` is no metadata of the event (event.plan_changed)",
      "`on_date` is a number, and no Date (event.plan_changed)",
    ]);
    code.trackEvent(code.plan_changed, {});
    assert.match(page.problems.at(-1).message, /`to` is required, and missing/);
  },
  async "a Date that was made of seconds is told, a day of 1970 is none"({ code, page }) {
    const seconds = NOW / 1000;
    assert.match(capture(() => code.update({ trial_ends: new Date(seconds + 1) })).message, /made of seconds: write `new Date\(seconds \* 1000\)`/);
    assert.match(capture(() => code.trackEvent("plan_changed", { to: "pro", on_date: new Date(946_684_801) })).message, /made of seconds/);
    code.update({ trial_ends: new Date("1970-01-20") });
    code.update({ trial_ends: new Date("1970-01-20T00:00:00+05:45") });
    code.update({ trial_ends: new Date(1970, 0, 20) });
    code.update({ trial_ends: new Date(0) });
    code.configure({ production: true });
    code.update({ trial_ends: new Date(seconds + 1), seats: 1 });
    await page.settle();
    assert.deepEqual(page.calls, [["update", { trial_ends: 0, seats: 1 }]]);
    assert.equal(page.problems.length, 1);
  },
  async "a token is as long as it is"({ code, page }) {
    code.boot({ app_id: "x", intercom_user_jwt: "e".repeat(700) });
    assert.equal(page.calls[0][1].intercom_user_jwt.length, 700);
  },
  async "companies of one turn are put together, and another company waits for no second"({ code, page }) {
    const date = new Date(NOW);
    code.update({ company: { company_id: "1", name: "A" } });
    code.update({ company: { company_id: "1", renewal: date }, companies: [{ company_id: "1" }, { company_id: "2" }] });
    code.update({ companies: [{ company_id: "2", name: "B" }, { company_id: "3" }] });
    code.update({ company: { company_id: "9" } });
    await page.settle();
    assert.deepEqual(page.calls, [
      ["update", {
        company: { company_id: "1", name: "A", renewal: NOW / 1000 },
        companies: [{ company_id: "1" }, { company_id: "2", name: "B" }, { company_id: "3" }],
      }],
    ]);
    page.tick(1_000);
    assert.deepEqual(page.calls.slice(1), [["update", { company: { company_id: "9" } }]]);
  },
  async "in production a company of which nothing is left is not sent"({ code, page }) {
    code.configure({ production: true });
    code.update({ company: { company_id: null }, seats: 1 });
    code.update({ company: null, companies: [{ company_id: 1 }, { company_id: "2" }] });
    code.update({ companies: "none" });
    await page.settle();
    assert.deepEqual(page.calls, [["update", { seats: 1, companies: [{ company_id: "2" }] }]]);
    assert.equal(page.problems.length, 4);
  },
  async "what waits goes to the person that it is of"({ code, page }) {
    code.boot({ app_id: "x", user_id: "a" });
    code.update({ seats: 1 });
    code.update({ user_id: "b", plan_type: "pro" });
    await page.settle();
    page.tick(1_000);
    assert.deepEqual(page.calls.slice(1), [["update", { seats: 1 }], ["update", { user_id: "b", plan_type: "pro" }]]);
    code.update({ seats: 3 });
    code.update({ user_id: "b", seats: 4 });
    page.tick(1_000);
    assert.deepEqual(page.calls.slice(3), [["update", { seats: 4, user_id: "b" }]]);
  },
  async "who has a user_id stays the same with another email or token"({ code, page }) {
    code.boot({ app_id: "x", user_id: "a", email: "a@example.com", intercom_user_jwt: "1" });
    code.update({ seats: 1 });
    code.update({ email: "b@example.com", intercom_user_jwt: "2" });
    await page.settle();
    assert.deepEqual(page.calls.slice(1), [["update", { seats: 1, email: "b@example.com", intercom_user_jwt: "2" }]]);
  },
  async "what waits for somebody else does not go with boot"({ code, page }) {
    code.update({ user_id: "a", seats: 1 });
    code.boot({ app_id: "x", user_id: "b" });
    assert.deepEqual(page.calls, [["boot", { app_id: "x", user_id: "b" }]]);
    assert.deepEqual(page.problems.map(({ kind, message }) => [kind, message]), [
      ["not sent", "updates of user_id, seats are not sent: another person was booted"],
    ]);
  },
  async "what is past the budget when the session ends is told, and goes to nobody else"({ code, page }) {
    code.boot({ app_id: "x", user_id: "a" });
    for (let count = 1; count <= 21; count += 1) {
      code.update({ seats: count });
      code.flush();
    }
    code.shutdown();
    assert.match(page.problems.at(-1).message, /^updates of seats are not sent: the session ended/);
    code.boot({ app_id: "x", user_id: "b" });
    page.tick(HALF_HOUR);
    await page.settle();
    assert.deepEqual(page.calls.slice(21), [["shutdown"], ["boot", { app_id: "x", user_id: "b" }]]);
  },
  async "what is past the budget when the page is left is told"({ code, page }) {
    for (let count = 1; count <= 21; count += 1) {
      code.update({ seats: count });
      code.flush();
    }
    await page.settle();
    window.listeners.pagehide();
    assert.match(page.problems.at(-1).message, /^updates of seats are not sent: the page was left/);
    page.tick(HALF_HOUR);
    assert.deepEqual(page.calls.slice(20), [["update", { seats: 21 }]]);
  },
  async "a second boot is told"({ code, page }) {
    code.boot({ app_id: "x" });
    code.boot({ app_id: "x", seats: 2 });
    assert.match(page.problems[0].message, /ignores a second `boot`/);
  },
  async "calls before there is a Messenger do not follow the boot of another person"({ code, page }) {
    delete window.Intercom;
    code.update({ user_id: "a", seats: 1 });
    code.trackEvent("signed_up");
    code.boot({ app_id: "x", user_id: "b" });
    assert.deepEqual(window.Intercom.q, [["boot", { app_id: "x", user_id: "b" }]]);
    assert.deepEqual(page.problems.map(({ message }) => message), ["2 calls are not sent: another person was booted"]);
  },
  async "shutdown before there is a Messenger comes before boot"({ code, page }) {
    delete window.Intercom;
    code.trackEvent("signed_up");
    code.shutdown();
    code.shutdown();
    code.trackEvent("plan_changed", { to: "pro" });
    code.boot({ app_id: "x", user_id: "u2" });
    assert.deepEqual(window.Intercom.q, [
      ["shutdown"],
      ["boot", { app_id: "x", user_id: "u2" }],
      ["trackEvent", "plan_changed", { to: "pro" }],
    ]);
    assert.deepEqual(page.problems.map(({ kind }) => kind), ["not sent"]);
  },
  async "shutdown before there is a Messenger ends no session of the SDK"({ sdk: code }) {
    delete window.Intercom;
    code.shutdown();
    code.boot({ app_id: "x", user_id: "u2" });
    // The SDK's queue is one for all.
    const calls = window.Intercom.q.splice(0).map((call) => [...call]);
    assert.deepEqual(calls, [["shutdown"], ["boot", { app_id: "x", user_id: "u2" }]]);
  },
  async "in production nothing is loaded without an app_id, and what waits stays"({ code, page }) {
    delete window.Intercom;
    code.configure({ production: true });
    code.update({ seats: 1 });
    code.boot({ user_id: "u1" });
    assert.deepEqual(window.document.scripts, []);
    assert.equal(window.Intercom, undefined);
    code.boot({ app_id: "x", user_id: "u1" });
    assert.deepEqual(window.Intercom.q, [["boot", { seats: 1, app_id: "x", user_id: "u1" }]]);
    assert.equal(page.problems.length, 1);
  },
  async "a script that does not load is told"({ code, page }) {
    delete window.Intercom;
    code.boot({ app_id: "x" });
    window.document.scripts[0].onerror();
    assert.match(page.problems[0].message, /script was not loaded/);
  },
  async "calls before the page's own script are made once it has loaded"({ code, page }) {
    const messenger = window.Intercom;
    delete window.Intercom;
    code.trackEvent("signed_up");
    window.Intercom = messenger;
    window.listeners.load();
    assert.deepEqual(page.calls, [["trackEvent", "signed_up"]]);
  },
  async "an error of the callback keeps nothing from being sent"({ code, page }) {
    const { error } = console;
    console.error = (told) => page.messages.push(told.message);
    try {
      code.configure({ production: true, onProblem: () => { throw new Error("of the callback"); } });
      code.update({ plan_type: "trail", seats: "2", nickname: "x" });
      code.trackEvent("signed_up");
    } finally {
      console.error = error;
    }
    assert.deepEqual(page.calls, [["update", { nickname: "x" }], ["trackEvent", "signed_up"]]);
    assert.deepEqual(page.messages, ["of the callback", "of the callback"]);
  },
  async "an error of the Messenger keeps no later call from being made"({ code, page }) {
    const messenger = window.Intercom;
    delete window.Intercom;
    code.trackEvent("signed_up");
    code.trackEvent("plan_changed", { to: "pro" });
    window.Intercom = () => { throw new Error("of the Messenger"); };
    assert.throws(() => code.flush() ?? window.listeners.load(), /of the Messenger/);
    window.Intercom = messenger;
    window.listeners.load();
    assert.deepEqual(page.calls, [["trackEvent", "plan_changed", { to: "pro" }]]);
  },
  async "copies of the code in one page keep one budget and one order"({ code, copy, page }) {
    code.boot({ app_id: "x" });
    code.update({ seats: 1 });
    copy.update({ plan_type: "pro" });
    copy.trackEvent("signed_up");
    copy.boot({ app_id: "x" });
    assert.deepEqual(page.calls.slice(1, 3), [["update", { seats: 1, plan_type: "pro" }], ["trackEvent", "signed_up"]]);
    assert.match(page.problems[0].message, /second `boot`/);
  },
  async "on a server nothing is kept of one request for the next"({ code, page }) {
    const { window } = globalThis;
    delete globalThis.window;
    code.boot({ app_id: "x", user_id: "a" });
    code.update({ seats: 1 });
    code.trackEvent("signed_up");
    code.shutdown();
    code.flush();
    globalThis.window = window;
    code.boot({ app_id: "x", user_id: "b" });
    await page.settle();
    assert.deepEqual(page.calls, [["boot", { app_id: "x", user_id: "b" }]]);
    assert.deepEqual(page.problems.map(({ kind }) => kind), Array(4).fill("no browser"));
  },
  async "a process without an environment is that of a page"({ code }) {
    const { process } = globalThis;
    globalThis.process = { browser: true };
    try {
      assert.throws(() => code.update({ plan_type: "trail" }), code.InvalidData);
      assert.deepEqual(globalThis.process, { browser: true });
    } finally {
      globalThis.process = process;
    }
  },
  async "without a callback problems go to the console"({ code, page }) {
    code.configure({ production: true, onProblem: undefined });
    code.update({ plan_type: "trail" });
    assert.match(page.messages[0], /^intercom: `plan_type` is "trail"/);
  },
  async "texts have 255 characters, whatever their bytes"({ code }) {
    code.update({ nickname: "x".repeat(255) });
    code.update({ nickname: "😀".repeat(255) });
    assert.match(capture(() => code.update({ nickname: "😀".repeat(256) })).message, /more than 255 characters/);
    assert.match(capture(() => code.update({ nickname: "x".repeat(1_000_000) })).message, /more than 255 characters/);
  },
  async "dates lie between 1970 and 2100"({ code }) {
    assert.match(capture(() => code.update({ trial_ends: new Date(NOW * 1000) })).message, /invalid Date|outside of the years/);
    assert.match(capture(() => code.update({ trial_ends: new Date("1969-12-31") })).message, /outside of the years/);
    assert.match(capture(() => code.update({ trial_ends: new Date("soon") })).message, /invalid Date/);
  },
  async "links and money are metadata, where they are well formed"({ code, page }) {
    const link = { url: "https://example.com/a", value: "A" };
    code.trackEvent("plan_changed", { to: "pro", note: link, amount: { amount: 1200, currency: "usd" } });
    assert.deepEqual(page.calls[0][2].note, link);
    assert.throws(() => code.trackEvent("plan_changed", { to: "pro", note: { ...link, more: 1 } }));
    assert.throws(() => code.trackEvent("plan_changed", { to: "pro", note: { ...link, url: "javascript:1" } }));
    assert.throws(() => code.trackEvent("plan_changed", { to: "pro", amount: { amount: 1.5, currency: "usd" } }));
  },
  async "companies are held to their own rules"({ code, page }) {
    assert.match(capture(() => code.boot({ companies: [{ company_id: "1" }, { seats: "5" }] })).message, /`companies\[1\].seats` is nothing that can be sent/);
    assert.match(capture(() => code.boot({ company: { company_id: null } })).message, /`company.company_id` is null/);
    assert.match(capture(() => code.update({ companies: [{ name: "Acme" }] })).message, /`companies\[0\].company_id` is required/);
    assert.match(capture(() => code.boot({ companies: "none" })).message, /`companies` is a text, and no list/);
    code.boot({ companies: [{ company_id: "1", renewal: null }] });
    assert.deepEqual(page.calls, [["boot", { companies: [{ company_id: "1", renewal: null }] }]]);
  },
  async "what is undefined is not sent"({ code, page }) {
    code.update({ seats: undefined, plan_type: "free" });
    await page.settle();
    assert.deepEqual(page.calls, [["update", { plan_type: "free" }]]);
  },
  async "data that is no object is said to be none"({ code }) {
    assert.match(capture(() => code.update("plan_type")).message, /the data is a text, and no object/);
    assert.match(capture(() => code.trackEvent("plan_changed", [1])).message, /the data is a list, and no object/);
  },
  async "keys that objects have of themselves are names like any other"({ code, page }) {
    code.update(JSON.parse('{"__proto__": "a", "constructor": "b"}'));
    await page.settle();
    assert.equal(JSON.stringify(page.calls), '[["update",{"__proto__":"a","constructor":"b"}]]');
    assert.match(capture(() => code.update({ toString: "x" })).message, /`toString` is nothing that can be sent/);
    assert.match(capture(() => code.trackEvent("constructor")).message, /there is no event `constructor`/);
  },
  async "calls before there is a Messenger wait for it, and follow boot"({ code, page }) {
    delete window.Intercom;
    code.update({ seats: 1 });
    code.trackEvent("signed_up");
    const { scripts } = window.document;
    code.boot({ app_id: "a b", user_id: "u1" });
    assert.deepEqual(scripts.map(({ src }) => src), ["https://widget.intercom.io/widget/a%20b"]);
    assert.deepEqual(window.Intercom.q, [["boot", { app_id: "a b", user_id: "u1" }], ["update", { seats: 1 }], ["trackEvent", "signed_up"]]);
    code.boot({ app_id: "a b", user_id: "u1" });
    assert.equal(scripts.length, 1);
    assert.deepEqual(page.calls, []);
  },
  async "calls before the page's own script wait for it"({ code, page }) {
    const messenger = window.Intercom;
    delete window.Intercom;
    code.trackEvent("signed_up");
    window.Intercom = messenger;
    code.update({ seats: 1 });
    await page.settle();
    assert.deepEqual(page.calls, [["trackEvent", "signed_up"], ["update", { seats: 1 }]]);
  },
  async "the script may be another one, or none"({ code }) {
    delete window.Intercom;
    code.configure({ scriptUrl: "http://127.0.0.1/widget.js" });
    code.boot({ app_id: "x" });
    delete window.Intercom;
    code.configure({ scriptUrl: false });
    code.boot({ app_id: "x" });
    assert.deepEqual(window.document.scripts.map(({ src }) => src), ["http://127.0.0.1/widget.js"]);
    assert.deepEqual(window.Intercom.q, [["boot", { app_id: "x" }]]);
  },
  async "without an app_id there is nothing to load"({ code }) {
    delete window.Intercom;
    assert.match(capture(() => code.boot({ user_id: "u1" })).message, /no `app_id`/);
    window.intercomSettings = { app_id: "y" };
    code.boot({ user_id: "u1" });
    assert.deepEqual(window.document.scripts.map(({ src }) => src), ["https://widget.intercom.io/widget/y"]);
  },
  async "on a server nothing is sent, and that is told"({ code, page }) {
    delete globalThis.window;
    code.boot({ app_id: "x" });
    code.trackEvent("signed_up");
    code.update({ seats: 1 });
    await page.settle();
    assert.deepEqual(page.calls, []);
    assert.deepEqual(page.problems.map(({ kind }) => kind), ["no browser", "no browser", "no browser"]);
  },
  async "a page has no process after as before"({ code, page }) {
    const { process } = globalThis;
    delete globalThis.process;
    try {
      assert.throws(() => code.update({ plan_type: "trail" }), code.InvalidData);
      assert.equal("process" in globalThis, false);
    } finally {
      globalThis.process = process;
    }
    assert.deepEqual(page.calls, []);
  },
  async "keys in camel case are sent as they are declared"({ camel: code, page }) {
    code.boot({ appId: "x", userId: "u1", planType: "free", hideDefaultLauncher: true, company: { companyId: "1" } });
    code.trackEvent("plan_changed", { to: "pro", onDate: new Date(0), utm2: "x", oddKey: 1 });
    assert.deepEqual(page.calls, [
      ["boot", { app_id: "x", user_id: "u1", plan_type: "free", hide_default_launcher: true, company: { company_id: "1" } }],
      ["trackEvent", "plan_changed", { to: "pro", on_date: 0, utm_2: "x", "odd key": 1 }],
    ]);
  },
  async "a bundle for production knows the names of metadata, too"({ camel: code, page }) {
    process.env.NODE_ENV = "production";
    code.trackEvent("plan_changed", { to: "pro", onDate: new Date(0), utm2: "x", oddKey: 1 });
    assert.deepEqual(page.calls[0][2], { to: "pro", on_date: 0, utm_2: "x", "odd key": 1 });
  },
  async "the Messenger's SDK starts it, and takes what follows"({ sdk: code }) {
    delete window.Intercom;
    code.update({ seats: 1 });
    code.configure({ scriptUrl: "http://127.0.0.1/widget.js" });
    code.boot({ app_id: "x", user_id: "u1", region: "eu" });
    code.trackEvent("plan_changed", { to: "pro" });
    code.shutdown();
    const { app_id, user_id, seats, api_base } = window.intercomSettings;
    assert.deepEqual([app_id, user_id, seats, api_base], ["x", "u1", 1, "https://api-iam.eu.intercom.io"]);
    assert.deepEqual(window.document.scripts.map(({ src }) => src), ["http://127.0.0.1/widget.js"]);
    assert.deepEqual(window.Intercom.q.map((call) => [...call]), [["trackEvent", "plan_changed", { to: "pro" }], ["shutdown"]]);
  },
  async "a Messenger that is there already is booted by the SDK"({ sdk: code, page }) {
    code.boot({ app_id: "x", user_id: "u1" });
    code.update({ seats: 1 });
    code.trackEvent("signed_up");
    assert.deepEqual(page.calls, [["boot", { app_id: "x", user_id: "u1" }], ["update", { seats: 1 }], ["trackEvent", "signed_up"]]);
  },
};

function capture(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function openWindow(page) {
  const scripts = [];
  const document = {
    scripts,
    readyState: "complete",
    createElement: () => ({}),
    getElementById: () => null,
    getElementsByTagName: () => [{ parentNode: { insertBefore: (script) => scripts.push(script) } }],
    head: { appendChild: (script) => scripts.push(script) },
  };
  const listeners = {};
  return {
    document,
    listeners,
    Intercom: (...call) => page.calls.push(call),
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
}

const results = {};
let count = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  const page = new Page();
  globalThis.window = openWindow(page);
  globalThis.document = window.document;
  delete process.env.NODE_ENV;
  const { warn } = console;
  console.warn = (message) => page.messages.push(message);
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  try {
    const load = async (path) => {
      const code = await import(`${pathToFileURL(path)}?${(count += 1)}`);
      code.configure({ onProblem: (problem) => page.problems.push(problem) });
      return code;
    };
    const given = { code: await load(index), copy: await load(index), camel: await load(camelIndex), sdk: await load(sdkIndex), page };
    await scenario(given);
    results[name] = null;
  } catch (error) {
    results[name] = String(error.stack ?? error);
  } finally {
    mock.timers.reset();
    console.warn = warn;
  }
}
process.stdout.write(JSON.stringify(results));
