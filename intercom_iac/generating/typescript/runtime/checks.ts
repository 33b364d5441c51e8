interface Rule {
  readonly type:
    | "string"
    | "integer"
    | "float"
    | "boolean"
    | "date"
    | "options"
    | "setting"
    | "company"
    | "companies";
  /** Every value it may have; any text where there are none. */
  readonly options?: readonly string[];
  readonly required?: true;
  /** Null does not clear it. */
  readonly fixed?: true;
  /** A text of any length. */
  readonly long?: true;
  /** Its name in Intercom, where it is not that of the key. */
  readonly wire?: string;
}
type Rules = Readonly<Record<string, Rule>>;

/** An event with its rules, which `trackEvent` holds it to in production, too. */
export interface EventHandle<Name extends EventName> {
  readonly name: Name;
  readonly rules: Rules;
}

interface Inspected {
  readonly sent: readonly (readonly [name: string, value: unknown])[];
  readonly problems: readonly Problem[];
}

const MAX_TEXT_LENGTH = 255;
const MAX_METADATA_KEYS = 10;
const EARLIEST_NOW = 946_684_800; // 2000, in seconds
const LATEST_SECOND = 4_102_444_800; // 2100
const QUARTER = 15 * 60_000;

declare const process: {
  readonly env: { readonly NODE_ENV?: string | undefined };
};

/**
 * What is for development only. A bundler that puts "production" in place of `process.env.NODE_ENV` drops it.
 * A page without a bundler has no `process`, and is given one while it is asked.
 */
function developmentTables():
  { readonly events: EventRules; readonly places: Places } | undefined {
  const scope = globalThis as { process?: { env?: unknown } };
  const before = scope.process;
  const absent = before?.env === undefined;
  if (absent) scope.process = { env: {} };
  try {
    return process.env.NODE_ENV === "production"
      ? undefined
      : { events: eventRules, places: PLACES };
  } finally {
    if (before === undefined) delete scope.process;
    else if (absent) scope.process = before;
  }
}

type EventRules = Readonly<Record<string, EventHandle<EventName>>>;
type Places = Readonly<Record<string, string>>;

function own<Value>(
  table: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return table !== undefined && Object.prototype.hasOwnProperty.call(table, key)
    ? table[key]
    : undefined;
}

/** The data as it is sent, and what is wrong with the rest. Without rules, what is wrong with any data is. */
function inspect(
  given: unknown,
  rules: Rules | undefined,
  owner: string,
  path: string,
  declared: boolean,
): Inspected {
  const sent: (readonly [string, unknown])[] = [];
  const problems: Problem[] = [];
  const isEvent = owner.startsWith("event.");
  const tell = (key: string, message: string, name: string): void => {
    const address = isEvent || !declared ? owner : `${owner}.${name}`;
    const places = developmentTables()?.places;
    const place =
      own(places, isEvent ? `${owner} ${name}` : address) ?? own(places, owner);
    const where = place === undefined ? address : `${address}, ${place}`;
    const label = key === "" ? "the data" : `\`${path}${key}\``;
    problems.push({
      kind: "invalid",
      message: `${label} ${message} (${where})`,
      key: path + key,
      address,
      place,
    });
  };
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    tell("", `is ${described(given)}, and no object`, "");
    return { sent, problems };
  }
  for (const [key, value] of Object.entries(given as Record<string, unknown>)) {
    if (value === undefined) continue;
    const rule = own(rules, key);
    const name = rule?.wire ?? wireName(key, owner);
    if (rules !== undefined && rule === undefined) {
      tell(
        key,
        isEvent
          ? "is no metadata of the event"
          : "is nothing that can be sent from a browser",
        name,
      );
    } else if (rule?.type === "company") {
      const company = inspect(
        value,
        COMPANY_RULES,
        "attribute.company",
        `${key}.`,
        true,
      );
      problems.push(...company.problems);
      if (company.sent.length > 0)
        sent.push([name, Object.fromEntries(company.sent)]);
    } else if (rule?.type === "companies") {
      const companies = (Array.isArray(value) ? value : []).map(
        (company: unknown, index) =>
          inspect(
            company,
            COMPANY_RULES,
            "attribute.company",
            `${key}[${index}].`,
            true,
          ),
      );
      for (const company of companies) problems.push(...company.problems);
      const filled = companies.filter((company) => company.sent.length > 0);
      if (!Array.isArray(value))
        tell(key, `is ${described(value)}, and no list`, name);
      else
        sent.push([
          name,
          filled.map((company) => Object.fromEntries(company.sent)),
        ]);
    } else {
      const fault =
        rule === undefined
          ? looseFault(name, value)
          : ruleFault(rule, value, isEvent);
      if (fault !== undefined) tell(key, fault, name);
      else if (isEvent && sent.length === MAX_METADATA_KEYS)
        tell(
          key,
          `is more than the ${MAX_METADATA_KEYS} keys that Intercom keeps of an event`,
          name,
        );
      else sent.push([name, wireValue(value)]);
    }
  }
  for (const [key, rule] of Object.entries(rules ?? {})) {
    const missing =
      rule.required === true &&
      own(given as Record<string, unknown>, key) === undefined;
    if (missing)
      tell(key, "is required, and missing", rule.wire ?? wireName(key, owner));
  }
  return { sent, problems };
}

/** What is wrong with a value that has a rule. */
function ruleFault(
  rule: Rule,
  value: unknown,
  isEvent: boolean,
): string | undefined {
  if (rule.type === "setting") return undefined;
  if (value === null)
    return isEvent || rule.fixed === true
      ? "is null, which clears nothing here"
      : undefined;
  switch (rule.type) {
    case "date":
      return isDate(value)
        ? dateFault(value)
        : `is ${described(value)}, and no Date`;
    case "boolean":
      return typeof value === "boolean"
        ? undefined
        : `is ${described(value)}, and neither true nor false`;
    case "integer":
    case "float":
      if (isEvent && isMoney(value)) return undefined;
      if (typeof value !== "number")
        return `is ${described(value)}, and no number`;
      if (!Number.isFinite(value)) return `is ${value}, and no number`;
      return rule.type === "float" || Number.isInteger(value)
        ? undefined
        : `is ${value}, and no whole number`;
    default:
      if (isEvent && rule.type === "string" && isRichLink(value))
        return undefined;
      if (typeof value !== "string")
        return `is ${described(value)}, and no text`;
      if (rule.options?.includes(value) === false)
        return `is ${JSON.stringify(value.slice(0, 40))}, and none of its options: ${rule.options.join(", ")}`;
      return rule.long === true ? undefined : textFault(value);
  }
}

/** What is wrong with the metadata of an event, whatever it is declared as. */
function looseFault(name: string, value: unknown): string | undefined {
  if (isDate(value)) return dateFault(value);
  if (typeof value === "string") return textFault(value);
  if (typeof value === "boolean" || isMoney(value) || isRichLink(value))
    return undefined;
  if (typeof value !== "number")
    return `is ${described(value)}, and nothing that metadata can be`;
  if (!Number.isFinite(value)) return `is ${value}, and no number`;
  const isTime = /_(at|date)$/.test(name) && value > LATEST_SECOND;
  return isTime ? "is a number that looks like milliseconds" : undefined;
}

function dateFault(value: Date): string | undefined {
  const milliseconds = value.getTime();
  const seconds = milliseconds / 1000;
  if (Number.isNaN(seconds)) return "is an invalid Date";
  // Seconds of today make a Date of the first weeks of 1970. A day of those that is meant begins at a quarter of an
  // hour, in any time zone.
  const isSeconds =
    milliseconds >= EARLIEST_NOW &&
    milliseconds <= LATEST_SECOND &&
    milliseconds % QUARTER !== 0;
  if (isSeconds)
    return "is a Date of 1970 that was made of seconds: write `new Date(seconds * 1000)`";
  return seconds < 0 || seconds > LATEST_SECOND
    ? "is a Date outside of the years 1970 to 2100"
    : undefined;
}

function textFault(value: string): string | undefined {
  if (value.length <= MAX_TEXT_LENGTH) return undefined;
  // Characters are counted, of which some are two units.
  const length =
    value.length > 2 * MAX_TEXT_LENGTH
      ? value.length
      : Array.from(value).length;
  return length > MAX_TEXT_LENGTH
    ? `is a text of more than ${MAX_TEXT_LENGTH} characters`
    : undefined;
}

function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

function isMoney(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { amount, currency, ...others } = value as Record<string, unknown>;
  const isAmount =
    Number.isInteger(amount) &&
    typeof currency === "string" &&
    /^[A-Za-z]{3}$/.test(currency);
  return isAmount && Object.keys(others).length === 0;
}

function isRichLink(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { url, value: text, ...others } = value as Record<string, unknown>;
  if (
    typeof url !== "string" ||
    typeof text !== "string" ||
    Object.keys(others).length > 0
  )
    return false;
  return (
    /^https?:\/\/[^\x00-\x20\x7f]+$/.test(url) &&
    textFault(url) === undefined &&
    textFault(text) === undefined
  );
}

/** A date as whole Unix seconds, anything else as it is. */
function wireValue(value: unknown): unknown {
  return isDate(value) ? Math.floor(value.getTime() / 1000) : value;
}

function described(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    {
      string: "a text",
      number: "a number",
      object: "an object",
      function: "a function",
    }[typeof value as string] ?? `a ${typeof value}`
  );
}
