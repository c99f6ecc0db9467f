### Se connecter par le fournisseur d'identité de l'entreprise.

onward-title = Vers { $name }
onward-text = Connectez-vous chez { $name } ; votre compte d’ici y sera ensuite lié.
onward-out-title = Vers { $name }, pour s’y déconnecter aussi
onward-out-text = Vous êtes déconnecté ici. { $name } vous connaît encore ; la suite y met fin aussi.
provider-refused-title = Vous n’êtes pas entré
provider-said = Ce que dit { $name }
provider-again = Réessayer avec { $name }
provider-other-ways = Autres façons de se connecter
provider-to-account = Retour à mon compte
forgot-provider = Les personnes de { $name } n’ont pas de mot de passe ici.
account-providers = Connexion par l’entreprise
identity-since = lié
identity-link = Lier à { $name }
identity-link-text = Vous pourrez ensuite vous connecter aussi avec { $name }. Votre mot de passe prouve que c’est bien vous.
identity-link-do = Lier
identity-unlink = Délier
identity-unlink-do = Délier cette identité
identity-unlink-hint = Les sessions commencées par elle prennent fin. La prochaine connexion lie de nouveau là où les réglages le permettent.
notice-identity-linked = Votre compte est lié. Vous pouvez vous connecter des deux façons.
notice-identity-unlinked = L’identité est déliée, et les sessions commencées par elle sont terminées.

refusal-no-such-provider = Cette façon de se connecter n’existe pas : { $id }.
refusal-provider-sign-in-over = Cette connexion est terminée, a déjà servi, ou a été commencée dans un autre navigateur. Recommencez.
refusal-provider-denied = { $provider } ne vous a pas laissé passer ({ $error }).
refusal-provider-away = { $provider } ne répond pas en ce moment. Réessayez dans une minute.
refusal-provider-unsound = Ce que { $provider } a répondu ne tient pas : { $why ->
    [issuer] cela vient d’ailleurs
    [audience] cela s’adressait à un autre service
    [nonce] cela appartient à une autre connexion
    [expired] son temps est passé
    [issued-at] cela a été émis à un autre moment
    [not-fresh] une nouvelle connexion était demandée, et il n’en est rien dit
    [replayed] cela a déjà servi
    [event] c’est d’une autre nature
    [subject] cela ne nomme personne
   *[other] on ne peut se fier à sa signature
}. Recommencez ; si cela persiste, dites-le à un administrateur.
refusal-provider-address-unverified = { $provider } ne dit pas que votre adresse électronique est vérifiée : elle n’ouvre donc aucun compte ici.
refusal-provider-address-foreign = { $provider } a donné une adresse électronique pour laquelle il n’a pas la parole ici. Demandez à un administrateur.
refusal-provider-no-account = Il n’y a pas encore de compte pour vous ici. Demandez une invitation à un administrateur.
refusal-provider-link-first = Ce compte a des responsabilités, il se lie donc à la main : connectez-vous avec son mot de passe, puis liez-le à { $provider } dans votre compte.
refusal-provider-other-identity = Ce compte, ou votre identité chez { $provider }, est déjà lié à un autre. Demandez à un administrateur.
refusal-provider-only = Vous vous connectez avec { $provider } : un mot de passe n’ouvre rien ici.
refusal-provider-account-inactive = Votre compte n’est pas actif. Un administrateur peut vous dire pourquoi.
refusal-no-such-identity = Il n’y a pas de tel lien avec un fournisseur.
