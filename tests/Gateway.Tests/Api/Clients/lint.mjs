// Prints what is wrong with the document in the first argument; nothing if it is valid.
import { createConfig, lint } from "@redocly/openapi-core";

const config = await createConfig({
  extends: ["recommended"],
  rules: {
    "no-invalid-media-type-examples": "error",
    "operation-operationId": "error",
    "operation-description": "error",
    // Ids of executions have 32 digits, so that none is "usage".
    "no-ambiguous-paths": "off",
    // Streams are described as text; the type of their events is for programs that read them.
    "no-unused-components": "off",
    // Addresses of an installation are on the loopback until its operator sets another.
    "no-server-example.com": "off",
  },
});
for (const problem of await lint({ ref: process.argv[2], config }))
  console.log(`${problem.severity} ${problem.ruleId}: ${problem.message} ${problem.location[0]?.pointer ?? ""}`);
