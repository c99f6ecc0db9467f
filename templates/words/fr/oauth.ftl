### Les outils qui prennent des jetons : accord, rôle manquant, déconnexion, enregistrement.

consent-title = Connecter { $tool }
consent-ask = { $tool } peut-il agir en votre nom ?
consent-data = Ce que le rôle ouvre
consent-until = Vous avez ce rôle jusqu’au { $day } ; chaque jeton vaut { $span }.
consent-identity = Il apprend qui vous êtes : votre identifiant dans Habilis.
consent-name = Il lit votre nom, votre langue et votre fuseau horaire.
consent-email = Il lit votre adresse e-mail, { $email }.
consent-stays = Il reste connecté en votre absence, jusqu’à ce que vous le déconnectiez ou fermiez votre session.
consent-unproven = Il tourne sur un appareil, à { $place } : n’importe quel programme pourrait s’y faire passer pour lui. Ne continuez que si vous venez de le lancer vous-même.
consent-yes = Autoriser
consent-no = Ne pas autoriser
consent-then = Vous retournez ensuite à { $place }.
consent-own = Cet outil fait partie d’Habilis.
consent-account = Déconnectez vos outils à tout moment dans votre compte.
lacking-title = { $role } vous manque
lacking-head = Il vous faut d’abord { $role }
lacking-kept = { $tool } n’obtient rien d’ici là. Sa demande est gardée : quand vous aurez le rôle, sa page vous ramènera à l’outil.
lacking-go = Voir comment l’obtenir
lacking-back = Retourner à { $tool } sans ce rôle
posting-title = Retour à l’outil
posting-text = Vous y êtes renvoyé. Si rien ne se passe, appuyez sur le bouton.
posting-go = Continuer
leave-title = Quitter Habilis ?
leave-tool = { $tool } demande à fermer votre session. Les outils connectés pendant cette session seront aussi déconnectés.
leave-text = Les outils connectés pendant cette session seront aussi déconnectés.
leave-stay = Rester connecté
role-tools = { $tool } attend ce rôle
role-tools-go = Continuer vers { $tool }

nav-clients = Outils
clients-title = Outils
clients-lede = Les programmes qui peuvent prendre des jetons pour des personnes : chacune donne d’abord son accord, et chaque jeton est contrôlé comme si elle l’avait demandé elle-même.
clients-discovery = Document de découverte
clients-there = Outils enregistrés
clients-kind = { $kind ->
    [public] Public
   *[confidential] Confidentiel
}
clients-kind-which = De quel genre d’outil s’agit-il ?
clients-kind-confidential = Il tourne sur un serveur et garde un secret.
clients-kind-public = Il tourne sur les appareils ou dans les navigateurs des personnes et ne peut en garder aucun.
clients-since = depuis le { $day }
clients-refreshes = reste connecté
clients-refreshes-ask = Il peut rester connecté : il reçoit des jetons de renouvellement.
clients-every-role = Tous les rôles que la personne détient
clients-own = Fait partie de la maison
clients-change = Secrets et retrait
clients-secret = Secret
clients-secret-of = Le secret de { $name }
clients-secret-once = Il n’est montré que maintenant. Habilis n’en garde qu’une empreinte.
clients-secret-since = Secret créé le { $day }
clients-secret-end = Y mettre fin
clients-secret-end-label = Mettre fin au secret créé le { $day }
clients-secret-add = Créer un autre secret
clients-edit = Modifier
clients-edit-title = Modifier { $name }
clients-edit-lede = Ce qu’il détient d’un rôle ou d’un outil que vous retirez prend fin aussitôt : connexions, jetons de renouvellement et jetons. Avec une autre adresse de redirection, chacun doit redonner son accord.
clients-edit-service-lede = Ce qu’il ne peut plus utiliser prend fin aussitôt. Pour un rôle ou un outil que vous ajoutez, son propriétaire doit donner un nouvel accord ; d’ici là, il n’obtient aucun jeton.
clients-these-roles = Ces rôles
clients-these-roles-hint = Aucun coché : il connecte les personnes et n’obtient aucun rôle.
notice-client-changed = L’outil est modifié ; ce qu’il détenait des rôles et outils retirés a pris fin.
notice-client-asks = Le compte est modifié. Il doit utiliser plus que ce que son propriétaire a accepté, et attend son accord.
clients-remove = Retirer l’outil
clients-remove-confirm = Tout ce que les personnes ont connecté avec lui prend fin aussitôt.
clients-register = Enregistrer un outil
clients-name = Nom
clients-name-hint = Les personnes le lisent quand on leur demande leur accord.
clients-redirects = Adresses de retour
clients-redirects-hint = Une par ligne : https, http sur une adresse locale (tout port), ou un schéma privé tel que com.example.tool:/back.
clients-logouts = Adresses après la déconnexion
clients-logouts-hint = Une par ligne, ou aucune.
clients-roles = Rôles qu’il peut utiliser
clients-roles-hint = Aucun coché : tous les rôles que la personne détient.
clients-register-do = Enregistrer
notice-client-registered = L’outil est enregistré.
notice-client-removed = L’outil est retiré, et ce qu’il détenait a pris fin.
notice-client-secret-ended = Le secret a pris fin.
notice-tool-disconnected = L’outil est déconnecté : il ne détient plus rien en votre nom.

refusal-no-such-client = Cet outil n’existe pas.
refusal-oauth-redirect-foreign = L’outil veut vous envoyer à une adresse que personne n’a enregistrée pour lui. Vous restez ici ; prévenez un administrateur si vous faites confiance à l’outil.
refusal-oauth-request = La demande de l’outil n’est pas correcte. Détail, en anglais : « { $why } ».
refusal-oauth-client-unproven = L’outil n’a pas prouvé qui il est.
refusal-oauth-grant = Ce que l’outil a présenté ne donne droit à aucun jeton. Détail, en anglais : « { $why } ».
refusal-oauth-client-may-not = L’outil n’a pas ce droit. Détail, en anglais : « { $why } ».
refusal-oauth-grant-type = L’outil a demandé des jetons d’une manière inconnue ici.
refusal-oauth-response-type = L’outil a demandé une réponse inconnue ici.
refusal-oauth-scope = L’outil a demandé une portée qui n’est pas correcte. Détail, en anglais : « { $why } ».
refusal-oauth-target = L’outil a nommé une ressource qui n’est pas correcte. Détail, en anglais : « { $why } ».
refusal-oauth-login-required = Connectez-vous d’abord.
refusal-oauth-consent-required = Votre accord est d’abord nécessaire.
refusal-oauth-denied = Vous ne l’avez pas autorisé.
refusal-oauth-request-object = L’outil a envoyé sa demande sous une forme qui n’est pas acceptée.
refusal-oauth-request-uri = L’outil a envoyé sa demande par référence, ce qui n’est pas accepté.
refusal-oauth-token-dead = Ce jeton d’accès ne vaut pas pour cela.
refusal-oauth-token-elsewhere = Ce jeton d’accès est pour autre chose. Détail, en anglais : « { $why } ».
refusal-client-name = Donnez à l’outil un nom de 1 à 80 caractères, sur une ligne : les personnes le lisent quand on leur demande leur accord.
refusal-client-redirect = L’adresse { $uri } ne peut pas être enregistrée : { $what ->
    [malformed] elle dépasse 1 000 caractères, ou contient ce qui n’est pas une adresse
    [wildcard] un caractère générique n’est jamais reconnu
    [fragment] un fragment n’est pas permis
    [user-info] un nom ou un mot de passe n’est pas permis
    [plain-http] http ne vaut que pour une adresse locale (127.0.0.1, [::1] ou localhost)
    [scheme] un schéma privé est un nom de domaine inversé, comme com.example.tool
    [too-many] un outil en a au plus 20
    [none] il en faut au moins une
   *[other] elle n’est pas correcte
}.
refusal-client-secrets-full = Deux secrets sont déjà valables : mettez d’abord fin à l’un d’eux.
refusal-client-without-secrets = Un outil public ne peut pas garder de secret, et n’en a pas.
refusal-no-such-client-secret = L’outil n’a pas de tel secret.
refusal-client-first-party = Cet outil fait partie de la maison et y reste.
