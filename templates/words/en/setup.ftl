### Connecting a warehouse, and checking a token against it.

warehouse-title = { $name }
warehouse-typ = Header typ
warehouse-user = Claim that names the user
warehouse-steps = What to set up
warehouse-steps-text = In this order, on the other side. Every value is filled in; what stands in angle brackets is yours to say.
warehouse-know = What to know about its verifier
warehouse-page = What { $kind } says itself
warehouse-check = Check a token
caveat-concern = { $concern ->
    [version] Version
    [unchecked] Not looked at
    [session] Sessions
   *[care] Take care
}

setup-snowflake = As ACCOUNTADMIN, in a worksheet
setup-snowflake-note = It reads the public keys from our address.
setup-snowflake-roles = The roles and the people
setup-snowflake-roles-note = Every person needs a Snowflake user whose LOGIN_NAME is their login here, and each role granted to that user: a token opens only what Snowflake has granted, too.
setup-snowflake-secondary = So that a session has the token’s one role and no other
setup-snowflake-try = To try it with a token of your own
setup-trino = In etc/config.properties of the coordinator
setup-trino-note = Restart the coordinator afterwards. It reads the public keys from our address, and follows rotations by itself.
setup-trino-roles = The roles, in its catalog
setup-postgrest = In postgrest.conf
setup-postgrest-note = Without jwt-aud, PostgREST takes tokens that were made for another warehouse: set it.
setup-postgrest-keys = Every hour, so that it follows our keys
setup-postgrest-keys-note = PostgREST reads keys from its settings or a file, not from an address. The next key is published long before it signs.
setup-postgrest-roles = The database roles that tokens switch to
setup-postgrest-roles-note = authenticator stands for the role that PostgREST signs in with.
setup-postgres-hba = In pg_hba.conf, one line a role
setup-postgres-hba-note = PostgreSQL 18 and later. Whoever connects names the role as the user; its line asks for that role’s scope.
setup-postgres-ident = In pg_ident.conf
setup-postgres-ident-note = Whoever the validator has let pass for a role’s scope may be that role. Only with a validator that checks the scope.
setup-postgres-conf = In postgresql.conf
setup-postgres-conf-note = PostgreSQL brings no validator of its own: put the name of the library that you have installed here.
setup-postgres-validator = What the validator has to check
setup-postgres-validator-note = The signature by our public keys, then issuer, audience, validity and scope; the user claim is the name that it reports.
setup-postgres-roles = The database roles
setup-databricks = A federation policy of the account
setup-databricks-note = As an account admin, with the Databricks command line.
setup-databricks-try = To exchange a token of your own for one of Databricks
setup-bigquery = A provider in the workforce pool
setup-bigquery-session = Google’s own tokens as short as they can be
setup-bigquery-roles = The roles as groups
setup-bigquery-roles-note = Each of our roles arrives as a group: give it IAM roles in the projects where it reads.
setup-clickhouse = ClickHouse Cloud: Settings, Security, JWKS providers
setup-clickhouse-roles = The roles, by SQL
setup-clickhouse-roles-note = The provider’s permission limit bounds what these roles give.
setup-clickhouse-antalya = Altinity Antalya instead: in config.xml
setup-clickhouse-antalya-note = With a build from 26.1 on. Name the processor in user_directories, too.
setup-starrocks = A security integration
setup-starrocks-chain = And it is asked
setup-starrocks-chain-note = Add what stands in authentication_chain already.
setup-starrocks-user = Or, without Apache Ranger, person by person
setup-generic = What any verifier of JSON Web Tokens needs to know
setup-generic-note = Check the signature, iss, aud and exp, and follow the public keys: they change with every rotation.

caveat-offline = It checks tokens by our public keys and does not ask us. When a grant, a certificate or a person ends, tokens that live go on until they expire: { $minutes ->
    [one] at most 1 minute
   *[other] at most { $minutes } minutes
}.
caveat-plain-http = Our address begins with http. Warehouses fetch the keys from it: outside of a trial it has to be https, and reachable for them.
caveat-snowflake-network = Since January 2026 an External OAuth integration takes a NETWORK_POLICY of its own; without one, the account’s policy holds.
caveat-snowflake-session = A session that is open is Snowflake’s: a session policy says how long it may idle (SESSION_IDLE_TIMEOUT_MINS).
caveat-snowflake-any-role = EXTERNAL_OAUTH_ANY_ROLE_MODE stays at DISABLE: a session has the role of its token and no other. ENABLE lets it change to any role of the user, ENABLE_FOR_PRIVILEGE only where USE_ANY_ROLE was granted.
caveat-snowflake-blocked = The roles that rule the account are blocked in the integration, and no role here may have their names.
caveat-snowflake-secondary = Secondary roles add the user’s other roles to a session. A session policy without any keeps a token to the one role it names.
caveat-trino-unchecked = typ and iat are not looked at; a token without exp would never end (ours always have one).
caveat-trino-roles = The role in the token is not read: every role granted to the user in the catalog can be set, whichever role the token was for.
caveat-trino-typ = This is the authentication type JWT. The type OAUTH2 is another verifier, which refuses at+jwt unless http-server.authentication.oauth2.jwt-type says so: write typ: JWT for it.
caveat-trino-tls = JWT needs TLS on the coordinator and a shared secret for internal communication. Our keys’ address has to be https but for a trial.
caveat-postgrest-unchecked = iss and typ are not looked at. A token without aud or without exp passes; ours have both.
caveat-postgrest-session = Every request is checked anew, with 30 seconds of leeway; there is no session to end.
caveat-postgrest-anon = A token without a role runs as db-anon-role where that is set: give that role nothing.
caveat-postgrest-keys = A key that retires stays trusted until its file is read again.
caveat-postgres-version = OAuth is in PostgreSQL 18 and later, for clients with a libpq of 18 that was built with it.
caveat-postgres-unchecked = The server itself looks at nothing in the token: the validator decides, and one that lets too much pass opens the database.
caveat-postgres-session = A token is looked at when a connection opens. An open one goes on after the token’s end; pg_terminate_backend ends it.
caveat-postgres-scope = Do not set delegate_ident_mapping: then the validator alone decides who may be which role.
caveat-databricks-roles = The role in the token is not read: what a person may do follows from their groups in Databricks.
caveat-databricks-session = Our token is exchanged for one of Databricks, whose end is Databricks’ own: it does not follow ours.
caveat-databricks-users = The claim email has to be the name of a user who is there already; SCIM puts them there.
caveat-bigquery-session = Our token is exchanged for one of Google, which lasts as long as the pool’s session duration says: one hour unless set, 15 minutes at least.
caveat-bigquery-keys = Google finds our keys through /.well-known/openid-configuration under our address, which has to be https and public.
caveat-bigquery-sub = A token may last less than 48 hours. kid, sub, iat and exp are needed; ours have them.
caveat-clickhouse-version = ClickHouse Cloud from 26.4 on, RS256; ES256 from 26.8 on. The open-source server has no JWT authentication; Altinity’s Antalya builds have, from 26.1 on.
caveat-clickhouse-session = Its user is made from the token and removed when the token ends.
caveat-clickhouse-user = In the Cloud the user’s name is made from sub, our id for the person; Antalya takes preferred_username.
caveat-clickhouse-cache = Antalya keeps a token that it has checked for token_cache_lifetime seconds, an hour unless set: keep it short.
caveat-starrocks-version = StarRocks 3.5 and later; from a MySQL client, its version 9.2 or later.
caveat-starrocks-unchecked = nbf, iat and typ are not looked at, and exp only where it is there (ours always have one). Names are compared without case.
caveat-starrocks-roles = The role in the token is not read.
caveat-starrocks-rsa = Its page speaks of ECDSA, its source verifies RSA keys alone: tokens for it are signed with RS256.
caveat-starrocks-ranger = A security integration wants Apache Ranger for rights; users made one by one take roles of StarRocks itself.
caveat-generic-keys = Fetch the keys again whenever a token names one that you do not know, and at least every hour.

check-title = Check a token for { $name }
check-lede = What { $kind } would say of each part of a token, once it is set up as our page says, and what Habilis says now. The token is neither kept nor logged.
check-token = Token
check-token-hint = As a tool shows it; “Bearer” may stand before it.
check-do = Check it
check-result = What { $kind } would say
check-result-accepted = { $kind } would take this token
check-result-refused = { $kind } would refuse this token
check-verdict = { $verdict ->
    [accepted] Accepted
    [refused] Refused
   *[unchecked] Not looked at
}
check-part = { $part ->
    [structure] Structure
    [signature] Signature
    [role] Role
    [others] Other claims
   *[claim] { $part }
}
check-head-part = Part
check-head-verdict = Verdict
check-head-why = Why, and what to do
check-house = What Habilis says now
check-house-foreign = No key of ours that signs tokens has made it. Nothing is known of it, and what it says may be untrue.
check-house-no-record = Our key has signed it, and there is no record of it. Tokens are recorded before they are signed: look into this.
check-house-another = It was made for somebody else. What Habilis knows of it is for them and for auditors.
check-house-over = Its time is over.
check-house-live = The access that it was made for is in effect at this moment.
check-house-stopped = The access that it was made for is not in effect any more. The warehouse learns that when the token expires.
check-house-ended = It was ended before its time: it was taken back, or its session, its tool, its owner’s consent or its key has ended. The access that it was made for is in effect. The warehouse learns that when the token expires.
check-house-role = Role
check-house-grant = Grant
check-house-minted = Minted
check-house-until = Expires

check-structure-ok = Three parts of base64url, two of them JSON objects.
check-empty = There is nothing here. Paste the whole token.
check-large = It has more than { $most } bytes; no server takes a header of that size. Is it a token?
check-encrypted = It has five parts: an encrypted token (JWE). Our tokens are signed and not encrypted; paste an access token.
check-parts = A signed token has three parts with points between them, this has { $n }. Was it cut off?
check-base64 = { $part ->
    [header] The first part
   *[claims] The second part
} is not base64url without padding. Was it copied whole?
check-json = { $part ->
    [header] The first part
   *[claims] The second part
} is not a JSON object, or is nested too deeply. This is not a token of ours.
check-alg-ok = { $alg } is what tokens for this warehouse are signed with.
check-alg-other = { $alg } is verified here, too, though tokens for it are signed with { $signing } now.
check-alg-not-taken = This kind of warehouse does not verify { $alg }. Ask for a token for this warehouse: those are signed with { $signing }.
check-alg-missing = The header does not say how it was signed.
check-alg-none = “none” means: not signed. Whoever sends such a token tries to get in without a key.
check-alg-secret = { $alg } is made with a shared secret, and there is none: a verifier that took our public key for one could be deceived like this. It is refused.
check-alg-foreign = { $alg } is not an algorithm of ours.
check-typ-ok = It is { $typ }, as tokens for this warehouse are.
check-typ-wrong = It should be { $typ }.
check-crit = It asks for an extension that has to be understood, and no verifier here understands any. Ours never have crit.
check-own-key = { $part } names a key of the token’s own. Only our published keys count; it is not followed.
check-kid-ok = { $state ->
    [active] This key signs now.
    [next] This key is published and does not sign yet: a token of ours would not have it.
   *[retiring] This key signs no more and still verifies.
}
check-kid-missing = The warehouse needs kid to find the key. Our tokens always have one.
check-kid-none = There is no kid: every published key is tried.
check-kid-unknown = We have no such key. Was the token made by another service, or by another installation of Habilis?
check-kid-badge = This key signs badges. Badges open no warehouse.
check-kid-gone = This key is out of use and published no more. Get a new token.
check-kid-other-alg = This key of ours signs with another algorithm than the header says.
check-signature-ok = Our key made it, and nothing was changed since.
check-signature-wrong = The signature does not fit: something was changed, or another key made it. Get a new token.
check-signature-unknown = There is no key of ours to check it with.
check-unread = This kind of warehouse does not look at { $part }.
check-untold = Its vendor does not say whether { $part } is looked at.
check-iss-ok = It is our address, byte for byte.
check-iss-wrong = It should be { $wanted }, byte for byte. Compare HABILIS_PUBLIC_URL, a slash at the end included.
check-aud-ok = It is made for this warehouse.
check-aud-among = This warehouse is among its audiences. Ours have one alone.
check-aud-none = There is none, and this warehouse takes that for all. Ours always have one.
check-aud-wrong = It should be { $wanted }: this token is for another place. Get one for a role of this warehouse.
check-claim-missing = The warehouse needs { $claim }, and it is not there.
check-claim-none = There is no { $claim }, and the warehouse needs none.
check-no-instant = { $claim } is not a number of seconds since 1970.
check-exp-none = There is no exp, and this warehouse would take the token for ever. Ours always have one.
check-exp-long = It lasts { $hours } hours or more from iat; this warehouse takes less.
check-exp-ok = It lasts until { $at }.
check-exp-leeway = It ended at { $at }; this warehouse still takes it for { $leeway } seconds.
check-exp-over = It ended at { $at }. Get a new one.
check-begun = { $at } is not in the future.
check-not-begun = { $at } is in the future: compare the clocks.
check-named = { $claim } is there.
check-user-missing = The warehouse takes the user from { $claim }, and it is not there.
check-role-unread = The role in the token is not read here: the warehouse has roles of its own for people.
check-role-ok = { $role } is a role of this warehouse. The warehouse itself must have granted it, too, where it grants roles.
check-role-unknown = { $role } is no role of this warehouse in the catalogue. Whether the warehouse knows it can not be told from here.
check-role-reserved = { $role } rules the warehouse, or is its own: it is refused, and no token of ours has it.
check-role-missing = The warehouse needs a role in { $claim }, and there is none. Ask for a token for a role of this warehouse.
check-role-anonymous = There is no role: such a request runs as the anonymous role, or is refused where none is set.
check-role-no-group = There is no role: the person would be in no group.
check-others = { $names }: read by nobody here, unless you set up more than our page says.
