// What is wrong with an OpenAPI document, by the schema of its version: nothing where all is well.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const result = await validator.validate(JSON.parse(readFileSync(0, "utf-8")));
console.log(JSON.stringify({ version: validator.version, errors: result.errors ?? [] }));
