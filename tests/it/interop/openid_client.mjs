// openid-client (https://www.npmjs.com/package/openid-client) as a tool: every way that it knows to a token, and what becomes
// of the token. It looks at `iss`, `state`, `nonce`, audience, times and, told so, the signature; jose holds access tokens
// against the published keys.
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'

const told = await heard()
// The answers of the token endpoint pass through here, so that one can be bent on its way.
let bend
const through = async (url, options) => {
  const answer = await fetch(url, options)
  if (!bend || !String(url).endsWith('/token')) return answer
  return Response.json(bend(await answer.json()), { status: answer.status })
}
const known = async (tool, proof) => {
  const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks]
  const settings = { [client.customFetch]: through, execute }
  return client.discovery(new URL(told.issuer), tool.id, undefined, proof, settings)
}
const web = await known(told.web, client.ClientSecretBasic(told.web.secret))
const other = await known(told.other, client.ClientSecretPost(told.other.secret))
const native = await known(told.native, client.None())
const lamp = await known(told.lamp, client.None())
assert.equal(web.serverMetadata().authorization_response_iss_parameter_supported, true)

// The way of a code, up to the address that leads back.
const WHOLE = 'openid email offline_access session:role:READER'
const sent = async (config, redirect_uri, more) => {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  })
  const { to } = await ask({ visit: address.href })
  return [new URL(to), { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }]
}
const role = { scope: WHOLE, resource: told.resource }

// A code, with the proof of who asked for it.
const [back, checks] = await sent(web, told.back, role)
const tokens = await client.authorizationCodeGrant(web, back, checks)
const claims = tokens.claims()
assert.equal(claims.email, 'ana.verano@example.com')
assert.equal(tokens.scope, WHOLE)
const keys = createRemoteJWKSet(new URL(web.serverMetadata().jwks_uri))
const wanted = { issuer: told.issuer, audience: told.resource, typ: 'at+jwt', subject: claims.sub, requiredClaims: ['jti'] }
const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, wanted)
assert.equal(payload.role, 'reader')

// The next one, and the next; the first of them is good no longer, and takes the others with it.
const second = await client.refreshTokenGrant(web, tokens.refresh_token)
const third = await client.refreshTokenGrant(web, second.refresh_token)
assert.equal(new Set([tokens, second, third].map((one) => one.refresh_token)).size, 3)
assert.equal(third.claims().sub, claims.sub)
const alive = (config, token) => client.tokenIntrospection(config, token)
const said = await alive(web, third.access_token)
assert.deepEqual([said.active, said.role, said.sub], [true, 'reader', claims.sub])
await refuses('a refresh token that was used twice', () => client.refreshTokenGrant(web, tokens.refresh_token))
assert.deepEqual(await alive(web, third.access_token), { active: false })

// Who somebody is.
const [plain, plainly] = await sent(web, told.back, { scope: 'openid profile email' })
const known_by = await client.authorizationCodeGrant(web, plain, plainly)
const person = await client.fetchUserInfo(web, known_by.access_token, known_by.claims().sub)
assert.deepEqual([person.sub, person.name, person.email], [claims.sub, 'Ana Verano', 'ana.verano@example.com'])
await refuses('somebody else at userinfo', () => client.fetchUserInfo(web, known_by.access_token, 'per_somebody_else'))

// Given back.
assert.equal((await alive(web, known_by.access_token)).active, true)
await client.tokenRevocation(web, known_by.access_token)
assert.deepEqual(await alive(web, known_by.access_token), { active: false })

// A device.
const device = await client.initiateDeviceAuthorization(lamp, { scope: WHOLE })
await ask({ approve: device.user_code })
const there = await client.pollDeviceAuthorizationGrant(lamp, device)
await jwtVerify(there.access_token, keys, wanted)
const again = await client.refreshTokenGrant(lamp, there.refresh_token)
assert.notEqual(again.refresh_token, there.refresh_token)
await client.tokenRevocation(lamp, again.refresh_token)
assert.deepEqual(await alive(web, again.access_token), { active: false })

// A native tool on a port of its own choice, which proves itself by nothing but its verifier.
const [loop, looped] = await sent(native, 'http://127.0.0.1:41999/callback', role)
await client.authorizationCodeGrant(native, loop, looped)

// What it does not take.
const attempt = async (name, change) => {
  const [to, held] = await sent(web, told.back, role)
  change(to, held)
  await refuses(name, () => client.authorizationCodeGrant(web, to, held))
  bend = undefined
}
const [elsewhere, there_too] = await sent(other, told.back, role)
const theirs = await client.authorizationCodeGrant(other, elsewhere, there_too)
await attempt('an ID token with one bit turned over', () => {
  bend = (answer) => ({ ...answer, id_token: bent(answer.id_token) })
})
await attempt('an ID token for somebody else', (_, held) => {
  held.expectedNonce = there_too.expectedNonce
  bend = (answer) => ({ ...answer, id_token: theirs.id_token })
})
await attempt('another nonce', (_, held) => (held.expectedNonce = 'another'))
await attempt('another state', (to) => to.searchParams.set('state', 'another'))
await attempt('another issuer', (to) => to.searchParams.set('iss', 'https://elsewhere.example.com'))
await attempt('no issuer', (to) => to.searchParams.delete('iss'))
await attempt('another verifier', (_, held) => (held.pkceCodeVerifier = client.randomPKCECodeVerifier()))
await refuses('an access token with one bit turned over', () => jwtVerify(bent(tokens.access_token), keys, wanted))
const attic = { ...wanted, audience: 'https://attic.example.com' }
await refuses('an access token for another warehouse', () => jwtVerify(tokens.access_token, keys, attic))
await refuses('an ID token in place of an access token', () => jwtVerify(tokens.id_token, keys, wanted))

// Signed out, and back at the tool.
const bye = { id_token_hint: known_by.id_token, post_logout_redirect_uri: told.bye, state: 'a state' }
const { to } = await ask({ visit: client.buildEndSessionUrl(web, bye).href })
tell({ done: { refused, bye: to, alg: protectedHeader.alg } })
process.exit()
