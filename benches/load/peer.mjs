// The peer of the load run: npm oidc-provider doing the same work on the same machine in the same run. What it stores is on
// the disk before it answers, as with us; requests that wait share one sync.
//
//   node peer.mjs FOLDER        prints its address once it listens
import { createRequire } from 'node:module';
import { randomBytes, createHash, generateKeyPairSync } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.env.HABILIS_LOAD_NODE, 'package.json'));
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const log = await open(path.join(process.argv[2], 'peer.log'), 'a');
let waiting = [];
let lines = [];
let syncing = false;

/** Resolves once the line is on the disk. */
function durable(line) {
  lines.push(line);
  const done = new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  if (!syncing) flush();
  return done;
}

async function flush() {
  syncing = true;
  while (waiting.length > 0) {
    const [batch, text] = [waiting, lines.join('\n') + '\n'];
    waiting = [];
    lines = [];
    try {
      await log.write(text);
      await log.datasync();
      batch.forEach(({ resolve }) => resolve());
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }
  syncing = false;
}

const stored = new Map();
const grants = new Map();

/** Reads from memory, as a database does from its cache; writes to the disk. */
class Durable {
  constructor(model) {
    this.model = model;
  }
  key(id) {
    return `${this.model}:${id}`;
  }
  async upsert(id, payload) {
    stored.set(this.key(id), payload);
    if (payload.grantId) {
      if (!grants.has(payload.grantId)) grants.set(payload.grantId, new Set());
      grants.get(payload.grantId).add(this.key(id));
    }
    await durable(JSON.stringify([this.key(id), payload]));
  }
  async find(id) {
    return stored.get(this.key(id));
  }
  async findByUid() {
    return undefined;
  }
  async findByUserCode() {
    return undefined;
  }
  async consume(id) {
    stored.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
    await durable(JSON.stringify([this.key(id), 'consumed']));
  }
  async destroy(id) {
    stored.delete(this.key(id));
    await durable(JSON.stringify([this.key(id), 'gone']));
  }
  async revokeByGrantId(id) {
    for (const key of grants.get(id) ?? []) stored.delete(key);
    grants.delete(id);
    await durable(JSON.stringify([id, 'revoked']));
  }
}

const jwk = (pair, alg) => ({ ...pair.privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: alg });
const keys = [
  jwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ES256'),
  jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'RS256'),
];
const resource = (alg) => `https://${alg.toLowerCase()}.example.com`;
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const redirect = 'https://load.example.com/back';
const provider = new Provider(base, {
  adapter: Durable,
  clients: [
    {
      client_id: 'load',
      client_secret: 'load-secret-of-the-run',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirect_uris: [redirect],
      response_types: ['code'],
    },
  ],
  jwks: { keys },
  cookies: { keys: ['load'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: 900, ClientCredentials: 900, RefreshToken: 86_400, Grant: 86_400, AuthorizationCode: 600 },
  scopes: ['offline_access', 'role:fast'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true, allowedPolicy: () => true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, indicator) => ({
        scope: 'role:fast',
        audience: indicator,
        accessTokenTTL: 900,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: indicator === resource('RS256') ? 'RS256' : 'ES256' } },
      }),
    },
  },
});

/** A code that a person's browser would bring, with what proves it. */
async function code(alg) {
  const client = await provider.Client.find('load');
  const grant = new provider.Grant({ accountId: 'per_load', clientId: 'load' });
  if (alg) grant.addResourceScope(resource(alg), 'role:fast');
  else grant.addOIDCScope('openid role:fast');
  const grantId = await grant.save();
  const verifier = randomBytes(32).toString('base64url');
  const made = new provider.AuthorizationCode({
    accountId: 'per_load',
    client,
    grantId,
    gty: 'authorization_code',
    scope: 'role:fast',
    resource: alg ? resource(alg) : undefined,
    redirectUri: redirect,
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    codeChallengeMethod: 'S256',
  });
  return { code: await made.save(), verifier };
}

const handle = provider.callback();
server.on('request', async (request, response) => {
  const url = new URL(request.url, base);
  if (url.pathname === '/empty') return response.writeHead(200, { 'content-length': 0 }).end();
  if (url.pathname !== '/codes') return handle(request, response);
  try {
    const made = [];
    for (let n = Number(url.searchParams.get('n')); n > 0; n -= 1) made.push(await code(url.searchParams.get('alg')));
    const body = JSON.stringify(made);
    response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
  } catch (error) {
    response.writeHead(500, { 'content-length': Buffer.byteLength(String(error)) }).end(String(error));
  }
});
console.log(base);
