// The hook of generated code under a stand-in for React, which calls effects as React does. Prints the calls of each step.
const [, , bundle] = process.argv;
const { configure, react, useIntercom } = await import(bundle);
const calls = [];
globalThis.window = { Intercom: (...call) => calls.push(call), addEventListener: () => {} };
configure({ production: false });

const steps = {};
async function step(name, settings) {
  react.render(() => useIntercom(settings));
  await new Promise((resolve) => setTimeout(resolve, 0));
  steps[name] = calls.splice(0);
}
const ada = { app_id: "x", user_id: "ada" };
await step("nobody", null);
await step("a person", ada);
await step("the same again", { ...ada });
await step("another value", { ...ada, seats: 2 });
await step("another person", { app_id: "x", user_id: "bob", seats: 1 });
await step("nobody again", null);
await step("back", ada);
react.unmount();
steps.gone = calls.splice(0);
process.stdout.write(JSON.stringify(steps));
