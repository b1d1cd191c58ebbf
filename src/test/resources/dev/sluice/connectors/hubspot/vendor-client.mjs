// Repeats requests by HubSpot's own client, against a server of its own, and prints what that client
// sends. It is generated from HubSpot's API description and drops every field that is not in there.
//
//   node vendor-client.mjs FOLDER < requests.json      FOLDER has node_modules/@hubspot/api-client
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(process.argv[2] + '/');
const { Client } = require('@hubspot/api-client');

const seen = [];
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const query = {};
  for (const [name, value] of url.searchParams) {
    query[name] = [...(query[name] ?? []), value];
  }
  seen.push({ method: request.method, path: url.pathname, query, body: await text(request) });
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end('{"results":[],"status":"COMPLETE"}');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const client = new Client({
  accessToken: 'token',
  basePath: `http://127.0.0.1:${server.address().port}`,
});

function repeat({ path, query, body }) {
  const [, first, , kind, type, ...rest] = path.split('/');
  const one = (name) => query[name]?.[0];
  const archived = one('archived') === undefined ? undefined : one('archived') === 'true';
  if (first === 'oauth') {
    const form = new URLSearchParams(body);
    return client.oauth.tokensApi.create(
      form.get('grant_type'), undefined, undefined,
      form.get('client_id'), form.get('client_secret'), form.get('refresh_token'));
  }
  if (first === 'crm-object-schemas') {
    return client.crm.schemas.coreApi.getAll(archived);
  }
  if (kind === 'properties') {
    return client.crm.properties.coreApi.getAll(type);
  }
  if (kind === 'associations') {
    return client.crm.associations.v4.batchApi.getPage(type, rest[0], JSON.parse(body));
  }
  switch (rest.join('/')) {
    case '':
      return client.crm.objects.basicApi.getPage(
        type, Number(one('limit')), one('after'), query.properties, undefined, undefined, archived);
    case 'search':
      return client.crm.objects.searchApi.doSearch(type, JSON.parse(body));
    case 'batch/read':
      return client.crm.objects.batchApi.read(type, JSON.parse(body));
    default:
      throw new Error('No method for ' + path);
  }
}

for (const request of JSON.parse(await text(process.stdin))) {
  await repeat(request);
}
server.close();
console.log(JSON.stringify(seen));
