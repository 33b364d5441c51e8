// What ajv says of each record, by a JSON Schema of draft 2020-12: true where it is valid.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const { schema, records } = JSON.parse(readFileSync(0, "utf-8"));
// Every object of JavaScript has a `constructor`, which is no key of a record.
const ajv = new Ajv({ strict: true, strictTypes: true, allErrors: true, ownProperties: true });
ajv.addVocabulary(["x-owner"]);
const validate = ajv.compile(schema);
console.log(JSON.stringify(records.map((record) => validate(record))));
