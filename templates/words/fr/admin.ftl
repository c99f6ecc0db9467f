### Personnes, entrepôts, clés, verrous, rédaction et référence de l’API.

filter-go = Appliquer
filter-clear = Effacer les filtres
filter-from = À partir du
filter-until = Avant le
filter-person-hint = Adresse e-mail ou nom
pager-first = Revenir au début
word-reason = Motif
word-role = Rôle
word-address = Adresse
word-revoke = Révoquer…
word-void = Annuler…

people-title = Personnes
people-lede = <strong>{ $active }</strong> comptes actifs, <strong>{ $invited }</strong> invitations en attente, <strong>{ $disabled }</strong> comptes désactivés.
people-invite = Inviter quelqu’un
people-invite-hint = Vous recevrez un lien à transmettre ; il sert une fois, pendant trois jours.
people-invite-send = Créer l’invitation
people-search = Nom ou adresse e-mail
people-search-hint = Une partie suffit
people-state = État
people-name = Nom
people-email = Adresse e-mail
people-office = Bureau
people-teams = Équipes
people-certificates = Certificats
people-grants = Habilitations
people-seen = Dernière visite
people-never = pas encore
people-empty = Personne ne correspond
people-empty-text = Essayez un morceau plus court du nom, ou un autre état.
person-state = { $state ->
    [active] Compte actif
    [invited] Invitation envoyée
    [disabled] Compte désactivé
   *[other] { $state }
}
person-locked = Verrou
capabilities = Droits particuliers
capability = { $name ->
    [admin] Administration
    [auditor] Audit
    [author] Rédaction
   *[other] { $name }
}
capability-means = { $name ->
    [admin] Modifie les personnes, les verrous, les clés et les contenus.
    [auditor] Lit tout, ne modifie rien.
    [author] Voit l’état des cours et de leurs questions.
   *[other] { "" }
}
link-title = { $purpose ->
    [provider] { $name } se connecte avec { $provider }
    [invitation] Invitation pour { $name }
   *[other] Nouveau mot de passe pour { $name }
}
link-copy = Copier le lien
link-itself = Le lien
link-until = Sert une seule fois, jusqu’au { $at }
link-once = Montré cette seule fois. Transmettez-le par une voie que cette personne est seule à lire.
link-provider = Aucun mot de passe, et rien d’autre à transmettre que cette adresse : { $provider } ouvre la porte.

file-title = { $person }
file-nav = Dans ce dossier
file-profile = Profil
file-grants = Habilitations
file-requests = Demandes
file-certificates = Certificats
file-learning = Cours
file-attempts = Tentatives
file-tokens = Jetons
file-sessions = Sessions
file-events = Journal
file-doors = Mesures
file-disabled = Compte désactivé depuis le { $at }
file-locked = Verrouillé par { $by } le { $at }
file-to-lock = Voir le verrou
file-since = Compte créé le
file-language = Langue
file-language-browser = celle du navigateur
file-zone = Fuseau horaire
file-id = Numéro
file-logins = Identifiants dans les entrepôts
file-login-in = Identifiant dans { $warehouse }
file-login-by-hand = saisi à la main
file-login-by-rule = selon la règle de l’entrepôt
file-login-hint = Un identifiant vide revient à la règle.
file-logins-none = Aucun entrepôt au catalogue.
file-no-teams = Il n’y a pas encore d’équipe.
file-new-team = Une autre équipe
file-teams-save = Enregistrer les équipes
file-capabilities-save = Enregistrer
file-in-holders = Parmi les titulaires
file-compare = Comparer avec l’équipe, et voir ce qui serait perdu
file-grants-none = Aucune habilitation, ni maintenant ni par le passé.
file-requests-none = Aucune demande pour l’instant.
file-certificates-none = Aucun certificat pour l’instant.
file-learning-none = Aucun cours commencé.
file-attempts-none = Aucune tentative pour l’instant.
file-tokens-none = Aucun jeton n’a jamais été émis pour cette personne.
file-sessions-none = Cette personne ne s’est jamais connectée.
file-events-none = Le journal ne la mentionne pas encore.
file-version = version { $n }
file-course-since = commencé le { $day }
file-course-done = { $done } modules sur { $total }
file-tokens-latest = les { $shown } derniers sur { $total }
file-token-at = Émis
file-token-client = Par
file-token-until = Valable jusqu’à
file-token-live = valable
file-session-at = depuis le { $at }
file-session-seen = vue { $far }
file-session-open = Ouverte
file-session-end = Fermer
file-events-all = Toutes ses lignes
file-take = Emporter tout le dossier (JSON)
grant-revoke-do = Révoquer l’habilitation
certificate-revoke-do = Révoquer le certificat
attempt-void-do = Annuler la tentative
attempt-void-hint = Elle ne compte plus ; un certificat qui en dépend est révoqué avec elle.
file-link = { $state ->
    [invited] Une nouvelle invitation
   *[other] Un nouveau mot de passe
}
file-link-text = { $state ->
    [invited] Le lien déjà envoyé cesse de fonctionner ; celui-ci sert une fois, pendant trois jours.
   *[other] Crée un lien à usage unique pour choisir un nouveau mot de passe. Les sessions ouvertes se ferment quand il sert.
}
file-link-do = Créer le lien
file-lock = Verrouiller
file-lock-text = Arrête aussitôt tous les accès et laisse tout le reste en l’état. Lever le verrou rend ce qui était là.
file-lock-do = Verrouiller cette personne
file-disable = Désactiver
file-disable-text = Pour un départ : met fin pour de bon aux sessions, jetons et habilitations. Les certificats et le journal restent.
file-disable-do = Désactiver cette personne
file-enable = Réactiver
file-enable-text = La connexion redevient possible. Les habilitations terminées le restent.
file-enable-do = Réactiver cette personne

warehouses-title = Entrepôts
warehouses-lede = Les systèmes de données qui acceptent nos jetons, et ce qu’il faut dire une fois à chacun pour cela.
warehouses-issuer = Émetteur, à l’octet près
warehouses-jwks = Clés publiques
warehouses-audience = Audience
warehouses-host = Hôte
warehouses-signing = Signature
warehouses-login = Identifiants
warehouses-roles = Rôles
warehouses-no-roles = Aucun pour l’instant
warehouses-holders = { $n ->
    [one] habilitation en vigueur
   *[other] habilitations en vigueur
}
warehouses-tokens = { $n ->
    [one] jeton depuis hier
   *[other] jetons depuis hier
}
warehouses-setup = Comment raccorder { $kind }
warehouses-locked = Cet entrepôt est verrouillé : aucun jeton n’est émis pour lui
warehouses-empty = Aucun entrepôt pour l’instant
warehouses-empty-text = Les entrepôts sont décrits dans access.yaml, à côté des cours. Dès qu’une version qui en contient sera chargée, leur raccordement apparaîtra ici.

keys-title = Clés
keys-lede = Ce qui signe les jetons. Une clé est publiée avant de servir, et le reste jusqu’à la fin du dernier jeton qu’elle a signé.
keys-jwks = Clés publiques
keys-used-by = Signe pour
keys-unused = Aucun entrepôt ne la demande
keys-due = prochaine rotation d’elle-même le { $day }
key-state = { $state ->
    [next] Suivante
    [active] En service
    [retiring] En retrait
    [gone] Supprimée
   *[other] { $state }
}
key-means = { $state ->
    [next] Déjà publiée, pour que chacun la connaisse quand son tour viendra.
    [active] Signe tous les nouveaux jetons.
    [retiring] Ne signe plus ; encore publiée pour les jetons en cours.
    [gone] N’est plus publiée ; sa partie privée est détruite.
   *[other] { "" }
}
key-since = { $state ->
    [next] publiée le { $day }
    [active] en service depuis le { $day }
    [retiring] en retrait depuis le { $day }
   *[gone] supprimée le { $day }
}
key-until = jusqu’au { $at }
key-made = créée le { $day }
keys-rotate = Faire tourner { $algorithm }
keys-rotate-text = La clé suivante commence à signer, celle qui signe se retire, et une nouvelle suivante est créée. Rien ne casse pour les entrepôts qui lisent nos clés publiques ; les jetons en cours vont jusqu’à leur terme.
keys-rotate-confirm = Chaque entrepôt lit les clés publiques à notre adresse ; aucun n’en garde une copie.
keys-rotate-do = Faire tourner maintenant
keys-empty = Aucune clé pour l’instant
keys-empty-text = Les clés sont créées au premier démarrage du service avec un catalogue qui contient un entrepôt.

locks-title = Verrous
locks-lede = L’arrêt d’urgence. Un verrou l’emporte sur tout, aussitôt ; le lever rend ce qui était là et ne ranime rien de ce qui a pris fin.
locks-open = En place
locks-n = { $n ->
    [one] { $n } verrou
   *[other] { $n } verrous
}
locks-none = Aucun verrou en place
locks-none-text = Quand quelque chose paraît anormal, verrouillez d’abord et regardez ensuite : rien n’est perdu.
locks-place = Poser un verrou
locks-what = Sur quoi ?
lock-kind = { $kind ->
    [person] Personne
    [role] Rôle
    [warehouse] Entrepôt
   *[other] { $kind }
}
locks-subject = Lequel ?
locks-subject-hint = L’adresse e-mail d’une personne, ou le nom d’adresse d’un rôle ou d’un entrepôt.
locks-reason-hint = Les personnes arrêtées le lisent.
locks-place-do = Verrouiller maintenant
locks-past = Levés
lock-placed = posé par { $by }
lock-by = posé par { $placed }, levé par { $lifted }
lock-grants = { $n ->
    [0] aucune habilitation concernée
    [one] { $n } habilitation arrêtée
   *[other] { $n } habilitations arrêtées
}
lock-lift = Lever…
lock-lift-do = Lever le verrou
lock-lift-hint = Les jetons redeviennent disponibles aussitôt, là où tout le reste est en règle.

authoring-title = Rédaction
authoring-lede = Les cours tels qu’ils sont servis, et ce qu’en dit le vérificateur.
authoring-reload = Recharger les contenus
authoring-reload-from = Ils sont lus dans { $folder }.
authoring-elsewhere = La version en vigueur a été chargée depuis { $folder }. Un rechargement, ou le prochain démarrage du service, remettra en vigueur ce que contient { $root }.
authoring-embedded = l’exemple intégré
authoring-from-unknown = non consigné
authoring-first = les { $n } premières sont affichées
authoring-failed = { $n ->
    [one] Le dernier chargement a été refusé : un point est à corriger
   *[other] Le dernier chargement a été refusé : { $n } points sont à corriger
}
authoring-failed-text = Tenté par { $by } le { $at }. La version ci-dessous reste en vigueur jusqu’au chargement d’une version sans faute.
authoring-version = Version
authoring-in-force = En vigueur
authoring-loaded = Chargée
authoring-by = Par
authoring-from = Depuis
authoring-hash = Empreinte de tous les contenus
authoring-counts = { $files } fichiers, { $modules } modules, { $questions } questions
authoring-courses = { $n ->
    [one] { $n } cours
   *[other] { $n } cours
}
authoring-course = Cours
authoring-course-version = Version
authoring-since = depuis le { $day }
authoring-languages = Langues
authoring-modules = Modules
authoring-questions = Questions
authoring-holders = Certifiés
authoring-lint = Ce que le vérificateur changerait
authoring-lint-n = { $n ->
    [one] { $n } remarque
   *[other] { $n } remarques
}
authoring-lint-clean = Rien : chaque fichier est comme il doit être.

api-title = Référence de l’API
api-lede = Tout ce qu’une page peut faire, un programme le peut : du JSON sur HTTP, avec le cookie d’une session ou un jeton Bearer, et des refus qui disent ce qui manque.
api-version = Version { $version }
api-nav = Groupes d’appels
api-example-label = Un premier appel
api-example = curl -s { $base }/api/v1/me -H "Authorization: Bearer $HABILIS_SESSION"
api-parameters = Paramètres
api-request = Corps
api-responses = Réponses
api-required = obligatoire
api-place = { $place ->
    [path] dans le chemin
    [query] dans la requête
    [header] en-tête
   *[other] { $place }
}
