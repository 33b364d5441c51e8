/** How wrong values are treated, and who hears of them. */
export interface Configuration {
  /**
   * Leave wrong values out and report them; in development they throw. By default, whether `process.env.NODE_ENV`
   * is "production".
   */
  readonly production?: boolean;
  /** Is told what was left out and which updates wait; by default, the console. */
  readonly onProblem?: (problem: Problem) => void;
  /** The Messenger's script, where it is not Intercom's; false to add none. */
  readonly scriptUrl?: string | false;
  /** Pass `eventRules` to hold events to their rules in production, too; a bundle then has those of every event. */
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

let booted = false;
let pending: Map<string, unknown> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let inMicrotask = false;
let updatedAt: number[] = [];
let toldBudget = false;

/**
 * Starts the Messenger, for a visitor or a person who is known. Updates that still wait go with it.
 */
export function boot(settings: BootSettings = {}): void {
  const entries = accept(inspect(settings, BOOT_RULES, "attribute.contact", "", true));
  // The Messenger ignores a second boot, and what came with it.
  if (booted) flush();
  const merged = new Map([...((!booted && pending) || []), ...entries]);
  if (!booted) forgetPending();
  booted = true;
  startMessenger(Object.fromEntries(merged));
}

/**
 * Sends data of the person. Calls are put together: the last value of each key is sent, at most once a second and
 * 20 times in half an hour, and always before the next event.
 */
export function update(data: UpdateData = {}): void {
  const entries = accept(inspect(data, BOOT_RULES, "attribute.contact", "", true));
  pending ??= new Map();
  for (const [name, value] of entries) pending.set(name, value);
  schedule();
}

/** Tells that something happened, after the updates that came before it. */
export function trackEvent<Name extends EventName>(
  name: Name,
  ...[metadata]: {} extends Events[Name] ? [metadata?: Events[Name]] : [metadata: Events[Name]]
): void {
  const events = configuration.eventRules ?? developmentTables()?.events;
  const address = `event.${name}`;
  if (events !== undefined && own(events, name) === undefined) {
    accept({
      sent: [],
      problems: [{ kind: "invalid", message: `there is no event \`${name}\` in the specs`, address }],
    });
    return;
  }
  const entries = accept(inspect(metadata ?? {}, own(events, name), address, "", true));
  flush();
  if (pending !== undefined)
    report({ kind: "budget", message: `the event \`${name}\` is sent before an update that has to wait`, address });
  if (entries.length > 0) callMessenger("trackEvent", name, Object.fromEntries(entries));
  else callMessenger("trackEvent", name);
}

/** Ends the person's session, after the updates that wait. */
export function shutdown(): void {
  flush();
  forgetPending();
  booted = false;
  callMessenger("shutdown");
}

/** Sends the updates that wait, as far as the budget allows. */
export function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (pending === undefined) return;
  const now = Date.now();
  if (budgetWait(now) > 0) {
    schedule();
    return;
  }
  const data = Object.fromEntries(pending);
  pending = undefined;
  updatedAt.push(now);
  callMessenger("update", data);
}

function forgetPending(): void {
  clearTimeout(timer);
  timer = undefined;
  pending = undefined;
}

/** Sends what waits at the end of this turn, or once a second has passed and the budget has room. */
function schedule(): void {
  if (timer !== undefined || inMicrotask) return;
  if (waitForRoom()) return;
  inMicrotask = true;
  void Promise.resolve().then(() => {
    inMicrotask = false;
    // An event of the same turn may have sent an update since.
    if (pending !== undefined && timer === undefined && !waitForRoom()) flush();
  });
}

/** Sets a timer where nothing may be sent yet; whether it did. */
function waitForRoom(): boolean {
  const now = Date.now();
  const budget = budgetWait(now);
  const wait = Math.max(budget, SECOND - (now - (updatedAt[updatedAt.length - 1] ?? -Infinity)));
  if (wait > 0) {
    timer = setTimeout(flush, wait);
    if (typeof window !== "undefined") window.addEventListener?.("pagehide", flush);
  }
  if (budget > 0 && !toldBudget) {
    const minutes = Math.ceil(budget / (60 * SECOND));
    report({
      kind: "budget",
      message: `${BUDGET} updates were sent within 30 minutes; the next one waits for ${minutes} minutes`,
    });
  }
  toldBudget = budget > 0;
  return wait > 0;
}

/** Milliseconds until the budget has room for another update. */
function budgetWait(now: number): number {
  // Times in the future are from before the clock was set back.
  updatedAt = updatedAt.filter((time) => time <= now && now - time < WINDOW);
  const oldest = updatedAt[updatedAt.length - BUDGET];
  return oldest === undefined ? 0 : oldest + WINDOW - now;
}

/** What is sent. Throws in development for anything that is wrong; in production it is reported. */
function accept({ sent, problems }: Inspected): Inspected["sent"] {
  if (problems.length > 0 && !(configuration.production ?? developmentTables() === undefined))
    throw new InvalidData(problems);
  problems.forEach(report);
  return sent;
}

function report(problem: Problem): void {
  (configuration.onProblem ?? ((told: Problem) => console.warn(`intercom: ${told.message}`)))(problem);
}

// Calls that came before there was a Messenger to take them.
let early: unknown[][] = [];

function callMessenger(...call: [method: string, ...values: unknown[]]): void {
  if (typeof window === "undefined") {
    report({ kind: "no browser", message: `\`${call[0]}\` was called where there is no browser, and sends nothing` });
    return;
  }
  early.push(call);
  sendEarlyCalls();
}

function sendEarlyCalls(): void {
  const messenger = findMessenger();
  if (messenger === undefined) return;
  const calls = early;
  early = [];
  for (const call of calls) messenger(...(call as [string, ...unknown[]]));
}

type Messenger = (method: string, ...values: unknown[]) => void;
interface Page {
  Intercom?: unknown;
  intercomSettings?: { readonly app_id?: unknown };
}
