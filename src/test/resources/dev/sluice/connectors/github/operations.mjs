// Prints what GitHub's own description of its API says of the requests that the connector sends:
// paths, parameters and fields, and which of them an Enterprise server does not know.
//
//   npm install @octokit/openapi@23.0.2
//   node operations.mjs FOLDER > operations.json      FOLDER has node_modules/@octokit/openapi
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '23.0.2';

const OPERATIONS = [
  'GET /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/comments',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'GET /repos/{owner}/{repo}/commits',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/branches',
  'GET /repos/{owner}/{repo}/assignees',
  'GET /repos/{owner}/{repo}/collaborators',
  'GET /users/{username}',
  'GET /users/{username}/repos',
  'GET /orgs/{org}/repos',
  'GET /orgs/{org}/teams',
  'GET /user',
  'GET /user/orgs',
  'GET /user/teams',
  'GET /user/repos',
  'GET /installation/repositories',
  'POST /app/installations/{installation_id}/access_tokens',
];

const home = join(process.argv[2], 'node_modules/@octokit/openapi');
const read = (name) => JSON.parse(readFileSync(join(home, name), 'utf8'));

const { version } = read('package.json');
if (version !== VERSION) {
  throw new Error(`@octokit/openapi is ${version}, not ${VERSION}`);
}

function description(name) {
  const root = read(`generated/${name}.json`);
  const resolve = (node) =>
    node?.$ref ? node.$ref.split('/').slice(1).reduce((at, key) => at[key], root) : node;
  return { name, operation: (id) => operation(root, resolve, id) };
}

function operation(root, resolve, id) {
  const [method, path] = id.split(' ');
  const found = root.paths[path]?.[method.toLowerCase()];
  if (!found) {
    return undefined;
  }
  const parameters = (found.parameters ?? []).map(resolve);
  const of = (where) =>
    Object.fromEntries(
      parameters.filter((p) => p.in === where).map((p) => [p.name, kind(p, resolve(p.schema))]),
    );
  const body = resolve(found.requestBody)?.content['application/json'].schema;
  return { path: of('path'), query: of('query'), body: fields(resolve, resolve(body)) };
}

function kind({ description = '' }, { type, format, enum: values }) {
  const [, maximum] = /\(max (\d+)\)/.exec(description) ?? [];
  return { type, format, values, maximum: maximum && Number(maximum) };
}

function fields(resolve, schema) {
  return Object.fromEntries(
    Object.entries(schema?.properties ?? {}).map(([name, property]) => {
      const { type, enum: values, properties } = resolve(property);
      return [name, { type, values, fields: properties && Object.keys(properties) }];
    }),
  );
}

const dotcom = description('api.github.com');
const enterprises = readdirSync(join(home, 'generated'))
  .filter((name) => /^ghes-[\d.]+\d\.json$/.test(name))
  .sort()
  .map((name) => description(name.replace(/\.json$/, '')));

function lines(id) {
  const ours = dotcom.operation(id);
  if (!ours) {
    throw new Error(`There is no ${id}`);
  }
  for (const where of ['query', 'body']) {
    for (const [name, facts] of Object.entries(ours[where])) {
      const missing = enterprises
        .filter((enterprise) => !(name in (enterprise.operation(id)?.[where] ?? {})))
        .map((enterprise) => enterprise.name);
      facts.missingIn = missing.length ? missing : undefined;
    }
  }
  const missingIn = enterprises.filter((e) => !e.operation(id)).map((e) => e.name);
  const group = (where) => {
    const entries = Object.entries(ours[where]).map(
      ([name, facts]) => `      ${JSON.stringify(name)}: ${JSON.stringify(facts)}`,
    );
    return entries.length ? `    "${where}": {\n${entries.join(',\n')}\n    }` : `    "${where}": {}`;
  };
  const missing = missingIn.length ? [`    "missingIn": ${JSON.stringify(missingIn)}`] : [];
  const groups = [...missing, ...['path', 'query', 'body'].map(group)];
  return `  ${JSON.stringify(id)}: {\n${groups.join(',\n')}\n  }`;
}

console.log(`{\n${OPERATIONS.map(lines).join(',\n')}\n}`);
