// oidc-provider (https://www.npmjs.com/package/oidc-provider) as a company's identity provider. Whoever comes is signed in there
// as the person that was named last, and consents to everything; the rest is as the package does it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const told = await heard()
const people = told.people
let [who, bend] = ['ana', false]

const provider = new Provider(told.issuer, {
  clients: [
    {
      client_id: 'habilis',
      client_secret: told.secret,
      redirect_uris: [`${told.habilis}/sign-in/with/staff/back`],
      post_logout_redirect_uris: [`${told.habilis}/sign-in`],
      backchannel_logout_uri: `${told.habilis}/sign-in/with/staff/logout`,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  cookies: { keys: ['a key of this provider'] },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  // It calls nobody on this machine or in its network, unless it is told to.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
})
provider.use(async (ctx, next) => {
  await next()
  if (bend && ctx.path === '/token') ctx.body = { ...ctx.body, id_token: bent(ctx.body.id_token) }
})
const backchannel = []
provider.on('backchannel.success', () => backchannel.push('success'))
provider.on('backchannel.error', (_, error) => backchannel.push(String(error.cause ?? error.message)))
const faults = []
provider.on('server_error', (_, error) => faults.push(error.stack))

const answer = provider.callback()
const server = createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response)
  return provider.interactionFinished(request, response, { login: { accountId: who } })
})
server.listen(Number(new URL(told.issuer).port), '127.0.0.1')
await once(server, 'listening')
for (;;) {
  const order = await ask({ ready: true, backchannel, faults })
  if (order.who) who = order.who
  bend = order.bend ?? false
}
