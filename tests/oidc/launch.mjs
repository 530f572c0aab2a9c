// A real OpenID Connect provider (npm's oidc-provider) set up as FranceConnect v2 is, on this machine alone: code flow,
// PKCE, acr_values=eidas1, ES256, user information as a signed JWT. Whoever types a name is that person.
//
//   node launch.mjs LIBRARY NOW REDIRECT AFTER_LOGOUT
//
// It prints {"issuer": …} once it listens, and ends with its stdin.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

const [library, now, redirect, afterLogout] = process.argv.slice(2);

// The town of the tests lives on a day of its own.
const real = Date.now;
const shift = Date.parse(now) - real();
Date.now = () => real() + shift;

const { default: Provider } = await import(library);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'preau',
    client_secret: 'un secret de test assez long pour servir',
    redirect_uris: [redirect],
    post_logout_redirect_uris: [afterLogout],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'ES256',
  }],
  jwks: { keys: [key] },
  cookies: { keys: ['tests'] },
  acrValues: ['eidas1'],
  claims: {
    acr: null, auth_time: null, iss: null, sid: null,
    openid: ['sub'], given_name: ['given_name'], family_name: ['family_name'],
  },
  scopes: ['openid', 'given_name', 'family_name'],
  pkce: { required: () => true, methods: ['S256'] },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>Sortie</title>${form}`; },
    },
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, given_name: id, family_name: 'Essai' }),
  }),
  async loadExistingGrant(ctx) {
    const { client, session, provider } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid given_name family_name');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  if (ctx.method === 'GET') {
    ctx.body = '<!doctype html><title>Qui</title><form method="post"><input name="qui"></form>';
    return undefined;
  }
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const who = new URLSearchParams(Buffer.concat(chunks).toString()).get('qui');
  const result = who
    ? { login: { accountId: who, acr: 'eidas1', amr: ['pwd'] } }
    : { error: 'access_denied', error_description: 'abandon' };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  ctx.respond = false;
  return undefined;
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(JSON.stringify({ issuer }));
// Nobody reads on: a word more on a pipe that is closed would end the provider.
console.log = console.info = console.error;
