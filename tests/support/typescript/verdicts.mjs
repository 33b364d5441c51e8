// Whether generated code sends a value, for each kind of field. Called with the compiled code and a JSON text of
// `{fields, values}`; prints a row of verdicts a field.
import { pathToFileURL } from "node:url";

const [, , index, given] = process.argv;
const { fields, values } = JSON.parse(given);
globalThis.window = { Intercom: () => {}, addEventListener: () => {} };
const { configure, trackEvent, update } = await import(pathToFileURL(index));
configure({ production: false, onProblem: () => {} });

const passes = (call) => {
  try {
    call();
    return true;
  } catch {
    return false;
  }
};
const verdicts = fields.map(([owner, name]) =>
  values.map((value) =>
    passes(() => (owner === "contact" ? update({ [name]: value }) : trackEvent("all", { [name]: value }))),
  ),
);
process.stdout.write(JSON.stringify(verdicts), () => process.exit(0));
