// Prints what HubSpot's published description of its API says of the requests that the connector
// sends: paths, parameters and fields.
//
//   git clone https://github.com/HubSpot/HubSpot-public-api-spec-collection FOLDER
//   git -C FOLDER checkout 99893791383
//   node operations.mjs FOLDER > operations.json
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '2026-03';

const OPERATIONS = {
  'CRM/Objects/Rollouts/424/VERSION/objects.json': [
    'GET /crm/objects/VERSION/{objectType}',
    'POST /crm/objects/VERSION/{objectType}/search',
    'POST /crm/objects/VERSION/{objectType}/batch/read',
  ],
  'CRM/Properties/Rollouts/145899/VERSION/properties.json': [
    'GET /crm/properties/VERSION/{objectType}',
  ],
  'CRM/Schemas/Rollouts/145900/VERSION/schemas.json': [
    'GET /crm-object-schemas/VERSION/schemas',
  ],
  'CRM/Associations/Rollouts/130902/VERSION/associations.json': [
    'POST /crm/associations/VERSION/{fromObjectType}/{toObjectType}/batch/read',
  ],
  'Auth/Oauth/Rollouts/279897/VERSION/oauth.json': ['POST /oauth/VERSION/token'],
};

const dated = (text) => text.replace('VERSION', VERSION);

function operation(file, id) {
  const root = JSON.parse(
    readFileSync(join(process.argv[2], 'PublicApiSpecs', dated(file)), 'utf8'));
  const resolve = (node) =>
    node?.$ref ? resolve(node.$ref.split('/').slice(1).reduce((at, key) => at[key], root)) : node;
  const [method, path] = id.split(' ');
  const found = root.paths[path]?.[method.toLowerCase()];
  if (!found) {
    throw new Error(`There is no ${id}`);
  }
  const query = (found.parameters ?? [])
    .map(resolve)
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => [name, resolve(schema).type]);
  const [type, body] = Object.entries(resolve(found.requestBody)?.content ?? {})[0] ?? [];
  return {
    query: Object.fromEntries(query),
    type,
    body: Object.fromEntries(fields(resolve, body?.schema, '')),
  };
}

/** The fields of a body with their types: those of the elements of an array behind brackets. */
function fields(resolve, schema, prefix) {
  return Object.entries(resolve(schema)?.properties ?? {}).flatMap(([name, property]) => {
    const { type, items } = resolve(property);
    const at = prefix + name;
    return [[at, type], ...(type === 'array'
      ? [[`${at}[]`, resolve(items).type], ...fields(resolve, items, `${at}[].`)]
      : fields(resolve, property, `${at}.`))];
  });
}

const lines = Object.entries(OPERATIONS).flatMap(([file, ids]) =>
  ids.map(dated).map((id) => {
    const facts = Object.entries(operation(file, id))
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(id)}: {\n${facts.join(',\n')}\n  }`;
  }));

console.log(`{\n${lines.join(',\n')}\n}`);
