declare const refused: unique symbol;

/** The type of a key that cannot be sent from a browser. No value has it; `Reason` says why. */
export interface Refused<Reason extends string> {
  readonly [refused]: Reason;
}

/** A link with a text, in the metadata of an event. */
export interface RichLink {
  readonly url: string;
  readonly value: string;
}

/** An amount of money, in the metadata of an event. */
export interface Money {
  /** In cents. */
  readonly amount: number;
  /** Three letters, such as `usd`. */
  readonly currency: string;
}

/** What is wrong with data that was to be sent, why an update waits, or what was not sent. */
export interface Problem {
  readonly kind: "invalid" | "budget" | "no browser" | "not sent";
  readonly message: string;
  /** The key, such as `plan_type` or `companies[0].seats`. */
  readonly key?: string | undefined;
  /** What it is about, such as `attribute.contact.plan_type`; `intercom-iac explain` knows it. */
  readonly address?: string | undefined;
  /** Where that is declared, such as `specs/billing.yaml:12`; in development only. */
  readonly place?: string | undefined;
}

/** Thrown in development, before anything is sent, for all that is wrong with the data of one call. */
export class InvalidData extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join("\n"));
    this.name = "InvalidData";
    this.problems = problems;
  }
}
