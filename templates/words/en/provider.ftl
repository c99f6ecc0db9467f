### Signing in through the company's identity provider.

onward-title = On to { $name }
onward-text = Sign in at { $name }; then your account here is linked with it.
onward-out-title = On to { $name }, to sign out there, too
onward-out-text = You are signed out here. { $name } still knows you; going on ends that, too.
provider-refused-title = You did not come in
provider-said = What { $name } says
provider-again = Try again with { $name }
provider-other-ways = Other ways to sign in
provider-to-account = Back to my account
forgot-provider = People of { $name } have no password here.
account-providers = Sign-in through the company
identity-since = linked
identity-link = Link with { $name }
identity-link-text = From then on you can also sign in with { $name }. Your password proves that it is you who links.
identity-link-do = Link
identity-unlink = Unlink
identity-unlink-do = Unlink this identity
identity-unlink-hint = Sessions that began through it end. The next sign-in links again where the settings allow it.
notice-identity-linked = Your account is linked. You can sign in both ways.
notice-identity-unlinked = The identity is unlinked, and sessions that began through it have ended.

refusal-no-such-provider = There is no such way to sign in: { $id }.
refusal-provider-sign-in-over = This sign-in is over, was used before, or was begun in another browser. Begin again.
refusal-provider-denied = { $provider } did not let you through ({ $error }).
refusal-provider-away = { $provider } does not answer at the moment. Try again in a minute.
refusal-provider-unsound = What { $provider } answered does not hold: { $why ->
    [issuer] it came from somewhere else
    [audience] it was meant for another service
    [nonce] it belongs to another sign-in
    [expired] its time is over
    [issued-at] it was issued at another time
    [not-fresh] a fresh sign-in was asked for, and it tells of none
    [replayed] it was used before
    [event] it is of another kind
    [subject] it names nobody
   *[other] its signature can not be relied on
}. Begin again; if it stays so, tell an admin.
refusal-provider-address-unverified = { $provider } does not say that your e-mail address is verified, so that it opens no account here.
refusal-provider-address-foreign = { $provider } gave an e-mail address that it does not speak for here. Ask an admin.
refusal-provider-no-account = There is no account for you here yet. Ask an admin for an invitation.
refusal-provider-link-first = This account has responsibilities, so that it is linked by hand: sign in with its password, and link it with { $provider } in your account.
refusal-provider-other-identity = This account, or your identity at { $provider }, is linked with another one already. Ask an admin.
refusal-provider-only = You sign in with { $provider }: a password opens nothing here.
refusal-provider-account-inactive = Your account is not active. An admin can tell you why.
refusal-no-such-identity = There is no such link with a provider.
