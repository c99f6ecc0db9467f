### Tools that fetch tokens: agreeing, lacking a role, signing out, registering.

consent-title = Connect { $tool }
consent-ask = May { $tool } act in your name?
consent-data = What the role opens
consent-until = You hold this role until { $day }; each token works for { $span }.
consent-identity = It learns who you are: your id in Habilis.
consent-name = It reads your name, language and time zone.
consent-email = It reads your e-mail address, { $email }.
consent-stays = It stays connected while you are away, until you disconnect it or sign out.
consent-unproven = It runs on a device, at { $place }: any program there could say that it is this tool. Go on only if you have just started it yourself.
consent-yes = Allow
consent-no = Do not allow
consent-then = Afterwards you go back to { $place }.
consent-own = This tool is a part of Habilis.
consent-account = Disconnect tools at any time in your account.
lacking-title = { $role } is missing
lacking-head = First you need { $role }
lacking-kept = { $tool } gets nothing until then. Its request is kept: once you hold the role, its page leads you back to the tool.
lacking-go = See what leads there
lacking-back = Back to { $tool } without it
posting-title = Back to the tool
posting-text = You are being sent back. If nothing happens, press the button.
posting-go = Go on
leave-title = Sign out of Habilis?
leave-tool = { $tool } asks to sign you out. Tools that you connected in this session are disconnected as well.
leave-text = Tools that you connected in this session are disconnected as well.
leave-stay = Stay signed in
role-tools = { $tool } waits for this role
role-tools-go = Go on to { $tool }

nav-clients = Tools
clients-title = Tools
clients-lede = Programs that may fetch tokens for people: each person agrees first, and each token is checked as if they had asked for it themselves.
clients-discovery = Discovery document
clients-there = Registered tools
clients-kind = { $kind ->
    [public] Public
   *[confidential] Confidential
}
clients-kind-which = What kind of tool is it?
clients-kind-confidential = It runs on a server and keeps a secret.
clients-kind-public = It runs on people’s devices or in their browsers and can keep none.
clients-since = since { $day }
clients-refreshes = stays connected
clients-refreshes-ask = It may stay connected: it gets refresh tokens.
clients-every-role = Every role that a person holds
clients-own = A part of the house
clients-change = Secrets and removal
clients-secret = Secret
clients-secret-of = The secret of { $name }
clients-secret-once = It is shown only now. Habilis keeps nothing but a hash of it.
clients-secret-since = Secret made on { $day }
clients-secret-end = End it
clients-secret-end-label = End the secret made on { $day }
clients-secret-add = Make another secret
clients-edit = Change
clients-edit-title = Change { $name }
clients-edit-lede = What it holds of a role or a tool that you take away ends at once: sign-ins, refresh tokens and tokens. With another redirect address, people are asked anew.
clients-edit-service-lede = What it may no longer use ends at once. For a role or a tool that you add, its owner has to agree anew; until then it gets no token.
clients-these-roles = These roles
clients-these-roles-hint = None ticked: it signs people in, and gets no role.
notice-client-changed = The tool is changed; what it held of roles and tools taken from it has ended.
notice-client-asks = The account is changed. It is to use more than its owner agreed to, and waits for them.
clients-remove = Remove the tool
clients-remove-confirm = Whatever people connected with it ends at once.
clients-register = Register a tool
clients-name = Name
clients-name-hint = People read it when they are asked to agree.
clients-redirects = Redirect addresses
clients-redirects-hint = One a line: https, http on a loopback address (any port), or a private scheme such as com.example.tool:/back.
clients-logouts = Addresses for after signing out
clients-logouts-hint = One a line, or none.
clients-roles = Roles that it may use
clients-roles-hint = None ticked means every role that the person holds.
clients-register-do = Register
notice-client-registered = The tool is registered.
notice-client-removed = The tool is removed, and what it held has ended.
notice-client-secret-ended = The secret has ended.
notice-tool-disconnected = The tool is disconnected: it holds nothing in your name any more.

refusal-no-such-client = There is no such tool.
refusal-oauth-redirect-foreign = The tool wants you sent to an address that nobody registered for it. You stay here; tell an admin if you trust the tool.
refusal-oauth-request = The tool’s request is not right: { $why }.
refusal-oauth-client-unproven = The tool did not prove who it is.
refusal-oauth-grant = What the tool presented is not good for a token: { $why }.
refusal-oauth-client-may-not = The tool may not do that: { $why }.
refusal-oauth-grant-type = The tool asked for tokens in a way that is not known here.
refusal-oauth-response-type = The tool asked for an answer that is not known here.
refusal-oauth-scope = The tool asked for a scope that is not right: { $why }.
refusal-oauth-target = The tool named a resource that is not right: { $why }.
refusal-oauth-login-required = Sign in first.
refusal-oauth-consent-required = You have to agree first.
refusal-oauth-denied = You did not allow it.
refusal-oauth-request-object = The tool sent its request in a form that is not taken.
refusal-oauth-request-uri = The tool sent its request by reference, which is not taken.
refusal-oauth-token-dead = This access token is not good for this.
refusal-oauth-token-elsewhere = This access token is for something else: { $why }.
refusal-client-name = Give the tool a name of 1 to 80 characters on one line: people read it when they are asked to agree.
refusal-client-redirect = The address { $uri } can not be registered: { $what ->
    [malformed] it is longer than 1,000 characters, or holds something that is no address
    [wildcard] a wildcard is never matched
    [fragment] a fragment is not allowed
    [user-info] a user name or password is not allowed
    [plain-http] http is only for a loopback address (127.0.0.1, [::1] or localhost)
    [scheme] a private scheme is a reversed domain name, like com.example.tool
    [too-many] a tool has at most 20
    [none] at least one is needed
   *[other] it is not right
}.
refusal-client-secrets-full = Two secrets live already: end one first.
refusal-client-without-secrets = A public tool can not keep a secret, and has none.
refusal-no-such-client-secret = The tool has no such secret.
refusal-client-first-party = This tool is a part of the house and stays.
