/** How wrong values are treated, and who hears of them. */
export interface Configuration {
  /**
   * Leave wrong values out and report them; in development they throw. By default, whether
   * `process.env.NODE_ENV` is "production".
   */
  readonly production?: boolean;
  /** Is told what was left out, what waits and what is not sent; by default, the console. */
  readonly onProblem?: (problem: Problem) => void;
  /** The Messenger's script, where it is not Intercom's; false to add none. */
  readonly scriptUrl?: string | false;
  /**
   * Pass `eventRules` to hold events that are named by a text to their rules in production, too; a bundle then has
   * those of every event.
   */
  readonly eventRules?: EventRules;
}

let configuration: Configuration = {};

/** Changes what is named, and leaves the rest. */
export function configure(changes: Configuration): void {
  configuration = { ...configuration, ...changes };
}

const SECOND = 1_000;
const WINDOW = 30 * 60 * SECOND;
const BUDGET = 20; // updates in a window, before Intercom ignores them
const IDENTITY = ["user_id", "email", "intercom_user_jwt"];

/** What was sent and what waits. It is the page's: copies of this code that are loaded into one page share it. */
interface Session {
  booted: boolean;
  /** The keys that said who the person is. */
  person: Map<string, unknown>;
  pending: Map<string, unknown> | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  inMicrotask: boolean;
  updatedAt: number[];
  toldBudget: boolean;
  /** Calls that came before there was a Messenger to take them. */
  early: unknown[][];
}

function openSession(): Session {
  return ((window as Page).intercomIacSession1 ??= {
    booted: false,
    person: new Map(),
    pending: undefined,
    timer: undefined,
    inMicrotask: false,
    updatedAt: [],
    toldBudget: false,
    early: [],
  });
}

/** Starts the Messenger, for a visitor or a person who is known. Updates that still wait go with it. */
export function boot(settings: BootSettings = {}): void {
  const entries = accept(
    inspect(settings, BOOT_RULES, "attribute.contact", "", true),
  );
  if (!inBrowser("boot")) return;
  const session = openSession();
  if (session.booted) {
    flush();
    report({
      kind: "not sent",
      message:
        "the Messenger ignores a second `boot`: `update` sends data, `shutdown` ends a person's session",
    });
    startMessenger(Object.fromEntries(entries));
    return;
  }
  if (isOtherPerson(session, entries)) {
    forgetPending("another person was booted");
    dropEarlyCalls("another person was booted");
  }
  const merged = combine(session.pending, entries);
  if (!startMessenger(Object.fromEntries(merged))) return;
  forgetPending();
  session.booted = true;
  rememberPerson(session, merged);
}

/**
 * Sends data of the person. Calls are put together: the last value of each key is sent, at most once a second and
 * 20 times in half an hour, and always before the next event.
 */
export function update(data: UpdateData = {}): void {
  const entries = accept(
    inspect(data, BOOT_RULES, "attribute.contact", "", true),
  );
  if (!inBrowser("update")) return;
  const session = openSession();
  if (isOtherPerson(session, entries) || isOtherCompany(session, entries)) {
    flush();
    forgetPending("data of another person or company came");
  }
  session.pending = combine(session.pending, entries);
  rememberPerson(session, entries);
  schedule();
}

/**
 * Tells that something happened, after the updates that came before it.
 *
 * An event is named by its handle, `trackEvent(some_event)`, or by a text, `trackEvent("some event")`. A handle brings
 * its rules into the bundle, so that its metadata is held to them in production, too. Of an event that is named by a
 * text, a bundle for production has no rules: it checks what holds for the metadata of every event (texts, numbers,
 * dates, 10 keys). `configure({ eventRules })` gives it those of all events.
 */
export function trackEvent<Name extends EventName>(
  event: Name | EventHandle<Name>,
  ...[metadata]: {} extends Events[Name]
    ? [metadata?: Events[Name]]
    : [metadata: Events[Name]]
): void {
  const handles = configuration.eventRules ?? developmentTables()?.events;
  const name: string = typeof event === "string" ? event : event.name;
  const handle = typeof event === "string" ? own(handles, event) : event;
  const address = `event.${name}`;
  if (handles !== undefined && handle === undefined) {
    accept({
      sent: [],
      problems: [
        {
          kind: "invalid",
          message: `there is no event \`${name}\` in the specs`,
          address,
        },
      ],
    });
    return;
  }
  const entries = accept(
    inspect(metadata ?? {}, handle?.rules, address, "", true),
  );
  if (!inBrowser("trackEvent")) return;
  flush();
  if (openSession().pending !== undefined)
    report({
      kind: "budget",
      message: `the event \`${name}\` is sent before an update that has to wait`,
      address,
    });
  if (entries.length > 0)
    callMessenger("trackEvent", name, Object.fromEntries(entries));
  else callMessenger("trackEvent", name);
}

/** Ends the person's session, after the updates that wait. */
export function shutdown(): void {
  if (!inBrowser("shutdown")) return;
  flush();
  forgetPending("the session ended before the budget had room for them");
  const session = openSession();
  session.booted = false;
  session.person = new Map();
  if (findMessenger() === undefined)
    dropEarlyCalls("the session ended before there was a Messenger");
  callMessenger("shutdown");
}

/** Sends the updates that wait, as far as the budget allows. */
export function flush(): void {
  if (typeof window === "undefined") return;
  const session = openSession();
  stopTimer(session);
  if (session.pending === undefined) return;
  const now = Date.now();
  if (budgetWait(session, now) > 0) {
    schedule();
    return;
  }
  const data = Object.fromEntries(session.pending);
  session.pending = undefined;
  session.updatedAt.push(now);
  callMessenger("update", data);
}

/** Where a page is left there is no later. */
function flushAtLast(): void {
  flush();
  const { pending } = openSession();
  if (pending !== undefined)
    reportLost(
      pending,
      "the page was left before the budget had room for them",
    );
}

/** What waits is dropped; with a reason that is reported. */
function forgetPending(reason?: string): void {
  const session = openSession();
  stopTimer(session);
  const { pending } = session;
  session.pending = undefined;
  if (pending !== undefined && reason !== undefined)
    reportLost(pending, reason);
}

function reportLost(
  pending: ReadonlyMap<string, unknown>,
  reason: string,
): void {
  const names = Array.from(pending.keys()).join(", ");
  report({
    kind: "not sent",
    message: `updates of ${names || "nothing"} are not sent: ${reason}`,
  });
}

function stopTimer(session: Session): void {
  clearTimeout(session.timer);
  session.timer = undefined;
}

/** Whether these data name another person than those before them, by the strongest key of those. */
function isOtherPerson(
  { person }: Session,
  entries: Inspected["sent"],
): boolean {
  const key = IDENTITY.find((name) => person.has(name));
  return entries.some(
    ([name, value]) => name === key && value !== person.get(name),
  );
}

/** Whether these data are of another company than what waits. */
function isOtherCompany(
  { pending }: Session,
  entries: Inspected["sent"],
): boolean {
  const before = pending?.get("company");
  return (
    before !== undefined &&
    entries.some(
      ([name, value]) =>
        name === "company" && companyId(value) !== companyId(before),
    )
  );
}

function rememberPerson(
  session: Session,
  entries: Iterable<readonly [string, unknown]>,
): void {
  for (const [name, value] of entries)
    if (IDENTITY.includes(name)) session.person.set(name, value);
}

/** The last value of each key; of companies, key by key of each. */
function combine(
  waiting: ReadonlyMap<string, unknown> | undefined,
  entries: Inspected["sent"],
): Map<string, unknown> {
  const combined = new Map(waiting);
  for (const [name, value] of entries) {
    const before = combined.get(name);
    if (before === undefined) combined.set(name, value);
    else if (name === "company")
      combined.set(name, { ...(before as object), ...(value as object) });
    else if (name === "companies")
      combined.set(
        name,
        combineCompanies([...(before as object[]), ...(value as object[])]),
      );
    else combined.set(name, value);
  }
  return combined;
}

function combineCompanies(companies: readonly object[]): object[] {
  const combined = new Map<unknown, object>();
  for (const company of companies) {
    const id = companyId(company) ?? company;
    combined.set(id, { ...combined.get(id), ...company });
  }
  return Array.from(combined.values());
}

function companyId(company: unknown): unknown {
  return (company as { readonly company_id?: unknown }).company_id;
}

/** Sends what waits at the end of this turn, or once a second has passed and the budget has room. */
function schedule(): void {
  const session = openSession();
  if (session.timer !== undefined || session.inMicrotask) return;
  if (waitForRoom(session)) return;
  session.inMicrotask = true;
  void Promise.resolve().then(() => {
    session.inMicrotask = false;
    // An event of the same turn may have sent an update since.
    if (
      session.pending !== undefined &&
      session.timer === undefined &&
      !waitForRoom(session)
    )
      flush();
  });
}

/** Sets a timer where nothing may be sent yet; whether it did. */
function waitForRoom(session: Session): boolean {
  const now = Date.now();
  const budget = budgetWait(session, now);
  const { updatedAt } = session;
  const wait = Math.max(
    budget,
    SECOND - (now - (updatedAt[updatedAt.length - 1] ?? -Infinity)),
  );
  if (wait > 0) {
    session.timer = setTimeout(flush, wait);
    window.addEventListener?.("pagehide", flushAtLast);
  }
  if (budget > 0 && !session.toldBudget) {
    const minutes = Math.ceil(budget / (60 * SECOND));
    report({
      kind: "budget",
      message: `${BUDGET} updates were sent within 30 minutes; the next one waits for ${minutes} minutes`,
    });
  }
  session.toldBudget = budget > 0;
  return wait > 0;
}

/** Milliseconds until the budget has room for another update. */
function budgetWait(session: Session, now: number): number {
  // Times in the future are from before the clock was set back.
  session.updatedAt = session.updatedAt.filter(
    (time) => time <= now && now - time < WINDOW,
  );
  const oldest = session.updatedAt[session.updatedAt.length - BUDGET];
  return oldest === undefined ? 0 : oldest + WINDOW - now;
}

/** What is sent. Throws in development for anything that is wrong; in production it is reported. */
function accept({ sent, problems }: Inspected): Inspected["sent"] {
  if (
    problems.length > 0 &&
    !(configuration.production ?? developmentTables() === undefined)
  )
    throw new InvalidData(problems);
  problems.forEach(report);
  return sent;
}

/** Tells whoever is to hear of it. An error of theirs keeps no data from being sent. */
function report(problem: Problem): void {
  try {
    (
      configuration.onProblem ??
      ((told: Problem) => console.warn(`intercom: ${told.message}`))
    )(problem);
  } catch (error) {
    console.error(error);
  }
}

function inBrowser(method: string): boolean {
  if (typeof window !== "undefined") return true;
  report({
    kind: "no browser",
    message: `\`${method}\` was called where there is no browser, and sends nothing`,
  });
  return false;
}

function callMessenger(...call: [method: string, ...values: unknown[]]): void {
  openSession().early.push(call);
  if (findMessenger() === undefined)
    window.addEventListener?.("load", sendEarlyCalls);
  sendEarlyCalls();
}

function sendEarlyCalls(): void {
  const messenger = findMessenger();
  const { early } = openSession();
  while (messenger !== undefined && early.length > 0)
    messenger(...(early.shift() as [string, ...unknown[]]));
}

/** Calls of a person who is no longer there are dropped, but for the end of an earlier session. */
function dropEarlyCalls(reason: string): void {
  const session = openSession();
  const unsent = session.early.filter(([method]) => method !== "shutdown");
  session.early = session.early.filter(([method]) => method === "shutdown");
  if (unsent.length > 0)
    report({
      kind: "not sent",
      message: `${unsent.length} calls are not sent: ${reason}`,
    });
}

/** The end of an earlier session, which has to come before `boot`; whether there was one. */
function takeEarlyShutdown(): boolean {
  const { early } = openSession();
  const count = early.findIndex(([method]) => method !== "shutdown");
  return early.splice(0, count < 0 ? early.length : count).length > 0;
}

/** Whether the settings, or those of the page, say which workspace it is. */
function hasAppId(settings: Record<string, unknown>): boolean {
  if (settings["app_id"] || (window as Page).intercomSettings?.app_id)
    return true;
  accept({
    sent: [],
    problems: [
      {
        kind: "invalid",
        message: "the settings have no `app_id`",
        key: "app_id",
      },
    ],
  });
  return false;
}

type Messenger = (method: string, ...values: unknown[]) => void;
interface Page {
  Intercom?: unknown;
  intercomSettings?: { readonly app_id?: unknown };
  intercomIacSession1?: Session;
}
