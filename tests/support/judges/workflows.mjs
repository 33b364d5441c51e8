// What GitHub's own language service says of workflows: node workflows.mjs ACTION.YML OWNER WORKFLOW...
// An action of OWNER is the one in ACTION.YML, so that the inputs it is given are judged too.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

// It is made for bundlers, which need not be told that a .json is one.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { validate } = await import("@actions/languageservice");
const { TextDocument } = await import("vscode-languageserver-textdocument");
const { parse } = await import("yaml");

const [action, owner, ...workflows] = process.argv.slice(2);
const described = parse(readFileSync(action, "utf8"));
const actionsMetadataProvider = {
  fetchActionMetadata: async (reference) => (reference.owner === owner ? described : undefined),
};
const found = [];
for (const path of workflows) {
  const name = `file:///.github/workflows/${path.split("/").pop()}`;
  const document = TextDocument.create(name, "yaml", 0, readFileSync(path, "utf8"));
  for (const each of await validate(document, { actionsMetadataProvider })) {
    // The actions of others would be looked up on the network.
    if (!each.message.startsWith("Unable to resolve action")) {
      found.push(`${path}:${each.range.start.line + 1}: ${each.message}`);
    }
  }
}
console.log(JSON.stringify(found));
