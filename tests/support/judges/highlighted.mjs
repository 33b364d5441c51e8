// What VS Code's own reader makes of lines by a TextMate grammar: node highlighted.mjs SCOPE GRAMMAR... < LINES.JSON
// A grammar with an injection selector is put into that of SCOPE, which is an empty one where none of the files has it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const [scope, ...paths] = process.argv.slice(2);
const grammars = paths.map((path) => textmate.parseRawGrammar(readFileSync(path, "utf8"), path));
await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (name) =>
    grammars.find((grammar) => grammar.scopeName === name) ?? { scopeName: name, patterns: [], repository: {} },
  getInjections: () => grammars.filter((grammar) => grammar.injectionSelector).map((grammar) => grammar.scopeName),
});
const grammar = await registry.loadGrammar(scope);
let stack = textmate.INITIAL;
const found = [];
for (const line of JSON.parse(readFileSync(0, "utf8"))) {
  const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
  found.push(tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)]));
  stack = ruleStack;
}
console.log(JSON.stringify(found));
