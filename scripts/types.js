// Write the front-end's types of the API from the committed description of it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const description = new URL("../docs/openapi.json", import.meta.url);
const target = new URL("../static/src/shared/schema.d.ts", import.meta.url);

if (!existsSync(description)) {
  console.error("docs/openapi.json is missing: write it with 'make openapi'");
  process.exit(1);
}
// a field with a default is optional in a request, so defaults must not make it required
const tree = await openapiTS(description, { defaultNonNullable: false, silent: true });
const text = `// Generated from docs/openapi.json by scripts/types.js: not to be edited.\n\n${astToString(tree)}`;
// an unchanged file keeps its time, so that nothing is built again for nothing
if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
