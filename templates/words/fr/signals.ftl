# Ceux qui reçoivent les signaux : leurs pages, et pourquoi on les refuse.
nav-signals = Signaux
signals-title = Signaux
signals-lede = Les entrepôts et les outils abonnés apprennent en quelques secondes qu’une session ou un accès a pris fin (OpenID Shared Signals).
signals-configuration = Document de configuration
signals-there = Abonnés
signals-empty = Personne n’écoute encore
signals-empty-text = Créez un abonné ci-dessous, puis donnez-lui son identifiant secret et l’adresse du document de configuration.
signals-state = { $state ->
    [enabled] À l’écoute
    [failing] Ne prend rien
    [paused] En pause
    [disabled] Désactivé
   *[none] Pas encore abonné
}
signals-waiting = { $n ->
    [one] { $n } événement attend
   *[other] { $n } événements attendent
}
signals-waiting-none = Rien n’attend
signals-how = Comment ça marche
signals-how-text = Un abonné s’abonne lui-même : il lit le document de configuration et crée son flux avec son identifiant secret.
signals-how-push = Envoi : les événements partent vers son adresse (https, joignable d’ici), et repartent jusqu’à ce qu’il les ait pris.
signals-how-poll = Relève : il vient chercher les événements ici et en accuse réception. Il n’a pas besoin d’adresse.
signals-how-kept = Ce que personne ne prend est gardé sept jours. Ensuite le flux est désactivé, et ce qui attendait est perdu.
signals-events = Ce qu’on lui dit
signals-event-session = session-revoked : une session a pris fin, un outil a été déconnecté, ou tout ce qu’avait une personne est arrêté.
signals-event-roles = token-claims-change : les rôles qu’une personne peut utiliser à présent.
signals-event-account = account-disabled, account-enabled, account-purged : un compte a été fermé, rouvert ou effacé.
signals-make = Créer un abonné
signals-name = Abonné
signals-name-hint = Ce que c’est, par exemple Lake.
signals-audience = Audience
signals-audience-hint = À qui ses jetons s’adressent (aud) : une adresse ou un nom qui n’est qu’à lui.
signals-warehouse = Entrepôt
signals-warehouse-hint = S’il en a un, il n’apprend que ce qui touche aux rôles et aux outils de cet entrepôt.
signals-every-warehouse = Tous les entrepôts
signals-make-do = Créer
signals-receiver-title = { $name } : signaux
signals-token = Identifiant secret
signals-token-of = L’identifiant secret de { $name }
signals-token-once = Il n’est montré que maintenant. Habilis n’en garde qu’une empreinte.
signals-stream = Abonnement
signals-since = Créé le
signals-method = Acheminement
signals-method-is = { $method ->
    [push] Les événements lui sont envoyés
   *[poll] Il vient chercher les événements
}
signals-gets = Reçoit
signals-gets-none = Aucun des événements qui existent
signals-reason = Pourquoi rien ne passe
signals-stopped = L’administration l’a arrêté. L’abonné ne peut pas le reprendre.
signals-last = Dernière livraison
signals-taken = { $n ->
    [one] { $n } événement pris
   *[other] { $n } événements pris
}
signals-taken-none = Il n’a encore rien pris
signals-backlog = En attente
signals-oldest = le plus ancien { $at }
signals-error = Dernière erreur
signals-failing = échoue depuis le { $at }
signals-retry = prochain essai le { $at }
signals-no-stream = L’abonné ne s’est pas encore abonné. Donnez-lui son identifiant secret et l’adresse du document de configuration :
signals-verify = Envoyer une vérification
signals-pause = Mettre en pause
signals-resume = Reprendre
signals-refused = Refusés
signals-refused-text = Ce que l’abonné a dit ne jamais vouloir prendre. On ne le lui renvoie pas.
signals-credentials = Identifiants secrets
signals-credentials-none = Aucun identifiant secret n’est valable : l’abonné ne peut ni s’abonner ni relever.
signals-credential-since = créé le { $day }
signals-credential-used = dernier usage { $at }
signals-credential-unused = jamais utilisé
signals-credential-end-open = Mettre fin à l’identifiant du { $day }
signals-credential-end-confirm = À partir de maintenant, l’abonné est refusé s’il le présente.
signals-credential-end = Y mettre fin
signals-credential-add = Nouvel identifiant secret
signals-credentials-full = Deux identifiants secrets sont valables : un en usage, un pour changer. Mettez fin à l’un pour en créer un autre.
signals-remove-head = Retirer cet abonné
signals-remove-confirm = Ses identifiants secrets prennent fin, ce qui l’attend est perdu, et on ne lui dit plus rien.
signals-remove = Retirer
notice-signals-removed = L’abonné est retiré.
notice-signals-verification = La vérification est en route.
notice-signals-status = Le flux a été changé, et l’abonné en est averti.
notice-signals-credential-ended = L’identifiant secret a pris fin.
refusal-ssf-request = La demande de l’abonné n’est pas correcte : { $why }.
refusal-no-such-stream = Ce flux n’existe pas.
refusal-ssf-stream-there = Cet abonné a déjà un flux : un seul suffit.
refusal-ssf-stopped = L’administration a arrêté ce flux : elle seule le reprend.
refusal-ssf-too-soon = Une vérification a été demandée il y a moins de { $seconds } secondes.
refusal-no-such-receiver = Cet abonné n’existe pas.
refusal-receiver-audience = Une audience est une adresse ou un nom de 1 à 200 caractères visibles, sans espaces.
refusal-receiver-audience-taken = Un autre abonné a déjà cette audience.
refusal-receiver-full = Deux identifiants secrets de cet abonné sont déjà valables : mettez d’abord fin à l’un.
refusal-no-such-receiver-credential = Cet identifiant secret de l’abonné n’existe pas.
refusal-receiver-without-stream = L’abonné ne s’est pas encore abonné.
