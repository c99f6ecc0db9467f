# The company's directory: the page, and why it is refused.
nav-provisioning = Provisioning
provisioning-title = Provisioning
provisioning-lede = The company’s directory, such as Entra ID or Okta, brings people and teams in and takes them out by itself (SCIM 2.0).
provisioning-how = Setting it up
provisioning-address = Give the directory this address, and a credential as its secret token:
provisioning-entra = Entra ID: Enterprise applications, your own application, Provisioning, Automatic. The address is the “Tenant URL”, the credential the “Secret token”; then “Test connection”.
provisioning-okta = Okta: an application with SCIM provisioning. The address is the “SCIM connector base URL”, “userName” the unique identifier, “HTTP Header” the authentication mode.
provisioning-names = The user name must be the e-mail address with which people sign in. Groups become teams, and a user’s manager decides where a role asks for the manager.
provisioning-does = What it does
provisioning-does-leave = Whom the directory sets inactive loses sessions, tokens and grants at that moment. Nobody is ever deleted: records and the log stay.
provisioning-does-back = Whom it sets active again gets nothing back: grants are asked for again, and roles in Habilis are given by an admin.
provisioning-does-sign-in = People who come by the directory have no password. They sign in through the identity provider, or by a link that an admin makes on their file.
provisioning-does-not = The directory makes nobody an admin, auditor or author, does not take the last admin away, and lets in nobody whom an admin shut out.
provisioning-there = Credentials
provisioning-none = There is no credential yet: no directory can provision people.
provisioning-since = made on { $day }
provisioning-used = last used { $at }
provisioning-unused = never used
provisioning-token = Credential
provisioning-token-of = The credential for { $name }
provisioning-token-once = It is shown only now. Habilis keeps nothing but a hash of it.
provisioning-end-open = End this credential
provisioning-end-confirm = The directory is refused with it from this moment on.
provisioning-end = End it
provisioning-make = Make a credential
provisioning-name = Directory
provisioning-name-hint = Which one it is for, such as Entra ID.
provisioning-make-do = Make
provisioning-full = Two credentials live: one in use, one to change to. End one to make another.
notice-provisioning-ended = The credential has ended.
refusal-provisioning-full = Two credentials live already: end one first.
refusal-no-such-provisioning-credential = There is no such credential.
refusal-scim-request = The directory’s request is not right: { $why }.
refusal-scim-taken = Another { $thing ->
    [Group] team
   *[User] person
} has this { $field } already.
refusal-scim-stale = It has changed since the version that the directory has.
refusal-scim-may-not = { $what ->
    [let-in] An admin shut this person out, and only an admin lets them in again.
    [readdress] This person is an admin, auditor or author: an admin takes that away before their address changes.
   *[filter-these] What this service tells the directory of itself is not filtered.
}
