// The hook of generated code in React itself, with as much of a page as React needs to show nothing. Called with the
// compiled `react.js` and `index.js`; prints the calls of each step, of a tree without and with `StrictMode`.
import { StrictMode, act, createElement } from "react";
import { renderToString } from "react-dom/server";
import { pathToFileURL } from "node:url";

const [, , hook, index] = process.argv;
const { useIntercom } = await import(pathToFileURL(hook));
const { configure, flush } = await import(pathToFileURL(index));
const errors = [];
console.error = (...told) => errors.push(told.join(" "));
configure({ production: false, onProblem: ({ kind, message }) => calls.push([kind, message]) });

const calls = [];
const ada = { app_id: "x", user_id: "ada" };
const steps = [
  ["nobody", null],
  ["a visitor", { app_id: "x" }],
  ["who becomes known", ada],
  ["the same again", { ...ada }],
  ["another value", { ...ada, seats: 2 }],
  ["another address", { ...ada, seats: 2, email: "ada@example.com" }],
  ["another person", { app_id: "x", user_id: "bob", seats: 1 }],
  ["nobody again", null],
  ["back", ada],
];

function Page({ settings }) {
  useIntercom(settings);
  return null;
}

const seen = { server: {}, plain: {}, strict: {} };
renderToString(createElement(Page, { settings: ada }));
seen.server.rendered = calls.splice(0);

const nothing = () => {};
const document = {
  nodeType: 9,
  addEventListener: nothing,
  removeEventListener: nothing,
  documentElement: {},
  activeElement: null,
};
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
for (const name of ["plain", "strict"]) {
  globalThis.window = { document, HTMLIFrameElement: class {}, Intercom: (...call) => calls.push(call), addEventListener: nothing };
  globalThis.document = document;
  const { createRoot } = await import("react-dom/client");
  const element = { nodeType: 1, nodeName: "DIV", tagName: "DIV", ownerDocument: document, addEventListener: nothing };
  const root = createRoot(element);
  const show = async (settings) => {
    const page = createElement(Page, { settings });
    await act(() => root.render(name === "strict" ? createElement(StrictMode, null, page) : page));
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  // `StrictMode` mounts twice what it mounts: here that is somebody.
  for (const [step, settings] of name === "strict" ? steps.slice(2) : steps) {
    await show(settings);
    // What waits for its second is sent at once, so that each step has its own.
    flush();
    seen[name][step] = calls.splice(0);
  }
  await act(() => root.unmount());
  seen[name].gone = calls.splice(0);
}
seen.errors = errors;
process.stdout.write(JSON.stringify(seen), () => process.exit(0));
