// Validates bodies of requests against Discord's OpenAPI document. Argument: a file with a JSON array of {method, path, body}. Prints a JSON array
// with what is wrong. The schemas come from the package discord-api-spec, which is generated from that document; with the path of the document itself
// in DISCORD_OPENAPI, they come from there as well.
import { readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const requests = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const problems = [];

// As the package has it, unknown fields pass; here they do not.
const generated = readFileSync('node_modules/discord-api-spec/build/discord-api-spec.zod.js', 'utf8');
writeFileSync('discord-api-spec.mjs', generated.replace('let zObject = z.object;', 'let zObject = z.strictObject;'));
const spec = await import('./discord-api-spec.mjs');

const callbacks = {
  1: 'PongInteractionCallbackRequest',
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  9: 'ModalInteractionCallbackRequest',
};
const validators = document() ?? {};
for (const request of requests) {
  for (const [name, body] of schemasOf(request)) check(request, name, body);
}
console.log(JSON.stringify(problems));

function schemasOf({ method, path, body }) {
  if (path.endsWith('/callback')) return [[callbacks[body.type] ?? `callback ${body.type}`, body]];
  if (method === 'PUT' && path.endsWith('/commands')) return body.map((command) => ['ApplicationCommandUpdateRequest', command]);
  if (method === 'PATCH' && path.startsWith('/webhooks/')) return [['IncomingWebhookUpdateRequestPartial', body]];
  if (method === 'POST' && path.startsWith('/webhooks/')) return [['IncomingWebhookRequestPartial', body]];
  return [['nothing', body]];
}

function check({ method, path }, name, body) {
  const schema = spec[`${name}Schema`];
  const told = schema ? schema.safeParse(body).error?.issues : [`no schema ${name}`];
  if (told) problems.push(`${method} ${path}: ${name}: ${JSON.stringify(told)}`);
  const validate = validators[name]?.();
  if (validate && !validate(body)) problems.push(`${method} ${path}: ${name} in the document: ${JSON.stringify(validate.errors)}`);
}

function document() {
  const path = process.env.DISCORD_OPENAPI;
  if (!path) return undefined;
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  ajv.addFormat('snowflake', /^[0-9]+$/);
  ajv.addFormat('nonce', true);
  const { components } = JSON.parse(readFileSync(path, 'utf8'));
  ajv.addSchema({ $id: 'discord', components });
  const names = Object.keys(components.schemas);
  return Object.fromEntries(names.map((name) => [name, () => ajv.getSchema(`discord#/components/schemas/${name}`)]));
}
