### Rôles, demandes, jetons et décisions.

access-title = Accès
access-lede = Tous les rôles que vous pouvez demander, et où vous en êtes pour chacun. Une certification valide ouvre la porte ; votre demande dit pourquoi.
access-count-effective = { $n ->
    [one] rôle en vigueur
   *[other] rôles en vigueur
}
access-count-requestable = à demander
access-count-waiting = { $n ->
    [one] demande en cours
   *[other] demandes en cours
}
access-filter = Filtrer par nom, donnée ou équipe
access-roles = { $n ->
    [one] { $n } rôle
   *[other] { $n } rôles
}
access-none = Aucun rôle ne correspond
access-none-text = Essayez le nom d’une table, d’une équipe ou d’un entrepôt.
access-all = Voir tous les rôles
access-empty = Aucun rôle au catalogue pour l’instant
access-empty-text = Les rôles sont décrits dans access.yaml, à côté des cours. Dès qu’une version qui en contient sera chargée, ils apparaîtront ici.

role-title = { $role }
role-status = { $status ->
    [effective] En vigueur
    [expiring] Bientôt à échéance
    [scheduled] Débute bientôt
    [requestable] À demander
    [missing] Certification manquante
    [waiting] En attente de décision
    [in_review] En attente de décision
    [blocked] En attente d’une certification
    [returned] Réponse attendue
    [suspended] Suspendu
    [closed] Hors de ses heures
    [locked] Verrouillé
   *[other] { $status }
}
role-until = jusqu’au { $day }
role-freshness-hint = Ancienneté maximale des données
role-halted = { $status ->
    [locked] Cet accès est verrouillé
    [closed] Ce rôle a des heures
   *[other] Cet accès est suspendu
}
role-aside = À propos de ce rôle
role-sensitivity = Sensibilité
role-warehouse = Entrepôt
role-owner = Responsable
role-freshness = Fraîcheur
role-freshness-at-most = { $span } au plus
role-incidents = Incidents
role-max = Durée maximale d’une habilitation
role-lifetime = Durée d’un jeton
role-review = Revue
role-review-every = tous les { $span }
role-data = Ce qu’il ouvre
role-data-n = { $n ->
    [one] { $n } jeu de données
   *[other] { $n } jeux de données
}
golden = référence
golden-hint = La référence de la maison sur ce sujet
sensitivity = { $level ->
    [public] Public
    [internal] Interne
    [confidential] Confidentiel
    [personal] Données personnelles
   *[other] { $level }
}

needs-title = Ce qu’il exige
needs-all-met = Vous avez tout ce qu’il faut
needs-not-met = Il manque encore quelque chose
needs-none = Aucune certification n’est exigée.
need-or = ou
need-is-met = acquis
need-is-missing = manquant
need-state = { $state ->
    [valid] valide
    [expiring] bientôt à échéance,
    [expired] caduque depuis
    [revoked] révoquée
    [in_progress] commencée
    [missing] pas encore
   *[other] { $state }
}
need-until = { $state ->
    [expired] le { $day }
    [revoked] le { $day }
   *[other] jusqu’au { $day }
}
need-left = { $modules ->
    [0] { $exams ->
        [one] encore { $exams } examen
       *[other] encore { $exams } examens
    }
    [one] { $exams ->
        [0] encore { $modules } module
        [one] encore { $modules } module et { $exams } examen
       *[other] encore { $modules } module et { $exams } examens
    }
   *[other] { $exams ->
        [0] encore { $modules } modules
        [one] encore { $modules } modules et { $exams } examen
       *[other] encore { $modules } modules et { $exams } examens
    }
}

approval-title = Qui décide
approval-auto = Personne : si toutes les certifications sont là, votre demande est accordée à l’instant où vous l’envoyez.
approval-auto-short = La règle décide d’elle-même.
approval-lede = { $n ->
    [one] Un seul accord est requis ; sans décision, la demande devient caduque :
   *[other] Les { $n } accords sont requis :
}
approval-never-self = Personne ne décide de sa propre demande, quelle que soit sa fonction.
clause = { $count ->
    [one] L’accord d’une personne parmi : { $listed }
   *[other] L’accord de { $count } personnes parmi : { $listed }
}
clause-given = { $given ->
    [0] { $count ->
        [one] attendu
       *[other] { $count } attendus
    }
   *[other] { $given } sur { $count }
}

permit-label = Votre habilitation
permit-from = Du
permit-until = Jusqu’au
permit-login = Votre identifiant
permit-tokens = Jetons émis
permit-tokens-machines = { $n ->
    [one] dont { $n } pris par un compte de service
   *[other] dont { $n } pris par des comptes de service
}
permit-last = (le dernier { $far })
permit-certified = Un certificat qui la fonde prend fin le <strong>{ $day }</strong> : renouvelez-le d’ici là, sinon l’accès s’arrêtera ce jour-là.
permit-next = L’habilitation suivante est signée : du { $from } au { $until }.
stamp = { $state ->
    [effective] En vigueur
    [expiring] Échéance
    [scheduled] Débute le
    [suspended] Suspendue
    [closed] Hors heures
    [locked] Verrouillée
   *[other] { $state }
}
token-get = Obtenir un jeton
token-get-hint = Il fonctionne { $span } et n’est montré qu’une fois.
token-not-now = { $state ->
    [scheduled] Les jetons seront disponibles dès le début de l’habilitation.
    [suspended] Pas de jeton tant que la certification manquante n’est pas renouvelée.
    [closed] Aucun jeton hors de ses heures.
    [locked] Pas de jeton tant que le verrou est en place.
   *[other] Aucun jeton n’est disponible en ce moment.
}

role-request-title = Votre demande
role-request-says = { $state ->
    [blocked] Elle attend la certification qui vous manque. Dès que vous l’aurez, elle reprendra d’elle-même.
    [returned] Elle vous revient avec une question. Répondez ci-dessous et envoyez-la de nouveau.
    [in_review] Elle est entre les mains des personnes qui décident. Leur réponse apparaîtra ici.
   *[other] Elle est envoyée.
}
role-request-see = Voir toute la demande
request-since = Envoyée
request-lapses = Caduque sans décision
request-duration = Durée
request-starts = Accès à partir du
request-reason = Motif
request-withdraw = Retirer la demande
request-withdraw-hint = Vous pourrez en refaire une à tout moment.

ask-title = { $kind ->
    [renew] Renouveler
    [again] Répondre et renvoyer
   *[other] En faire la demande
}
ask-while-missing = Il manque encore une certification. Vous pouvez déjà envoyer la demande : elle attendra, puis reprendra d’elle-même quand vous l’aurez obtenue.
ask-reason = Pour quoi faire ?
ask-reason-hint = Une ou deux phrases simples. Les personnes qui décident les lisent, l’auditeur aussi.
ask-duration = Pour combien de temps ?
ask-duration-hint = { $span } au plus à la fois. Plus c’est court, plus il est facile de dire oui ; et cela se renouvelle.
ask-send = { $kind ->
    [renew] Demander le renouvellement
    [again] Renvoyer
   *[other] Envoyer la demande
}
ask-then-decided = Les personnes nommées ci-dessous décident.
ask-then-at-once = Accordée dès l’envoi.
ask-then-when-met = Accordée dès que la certification est là.

token-title = Un jeton pour { $role }
token-crumb = Jeton
token-lede = Il fonctionne { $span }, jusqu’à { $at }. Ensuite, revenez en prendre un autre : il n’y a rien d’autre à faire.
token-once = Montré cette seule fois
token-copy = Copier le jeton
token-itself = Le jeton
token-expires = Valable jusqu’au { $at }
token-keep = Traitez-le comme un mot de passe. Nous gardons la trace de son émission, jamais le jeton.
token-use = L’utiliser
token-use-hint = Placez-le d’abord dans HABILIS_TOKEN ; aucun fichier n’a besoin de le contenir.
token-claims = Ce qu’il contient
token-claims-hint = Quiconque détient le jeton peut le lire
token-claim = Champ
token-value = Valeur
token-means = Sens
token-back = Retour à { $role }
claim-means = { $name ->
    [iss] Qui l’a émis
    [aud] Le seul entrepôt qui l’accepte
    [sub] Vous, par votre numéro
    [preferred_username] Votre identifiant dans l’entrepôt
    [email] Votre adresse e-mail
    [scope] Le seul rôle qu’il ouvre
    [scp] La même chose, en liste
    [role] Le rôle, sous son nom d’ici
    [roles] La même chose, en liste
    [grant_id] L’habilitation sur laquelle il repose
    [certificates] Les certificats qui la fondent
    [client_id] L’outil qui l’a demandé
    [jti] Son numéro, que porte aussi le journal
    [sid] Votre session
    [auth_time] Quand vous vous êtes connecté
    [iat] Quand il a été émis
    [nbf] À partir de quand il fonctionne
    [exp] Quand il cesse de fonctionner
   *[other] { "" }
}
token-refused-title = Pas de jeton pour { $role }
token-refused-foot = Refusé le { $at } ; le journal porte la même ligne :

decisions-title = Décisions
decisions-lede = { $n ->
    [one] Une demande vous attend. Tout ce qu’il faut pour en décider est sur cette page.
   *[other] { $n } demandes vous attendent, la plus ancienne d’abord. Tout ce qu’il faut pour en décider est sur cette page.
}
decisions-lede-none = Les demandes concernant vos rôles arrivent ici.
decisions-empty = Rien ne vous attend
decisions-empty-text = { $n ->
    [0] Dès que l’accord d’un rôle dépendra de vous, ses demandes arriveront ici.
    [one] Quand quelqu’un demandera ce rôle, la demande apparaîtra ici avec tout ce qu’il faut pour en décider.
   *[other] Quand quelqu’un demandera l’un de ces rôles, la demande apparaîtra ici avec tout ce qu’il faut pour en décider.
}
decisions-decided = Décidées récemment
decisions-by = par { $name }
case-label = { $person } demande { $role }
case-no-reason = Aucun motif ; ce rôle n’en exige pas.
case-certificates = Autres certificats valides
case-approvals = Accords : { $given } sur { $asked }
case-earlier = Habilitations antérieures pour ce rôle
case-earlier-none = Aucune ; ce serait la première.
case-history = Toute la demande, avec son historique
grant-ended = { $why ->
    [running] toujours en cours
    [expired] arrivée à son terme
    [revoked] révoquée
    [certificate_lost] certificat caduc
    [left] départ de la personne
    [superseded] remplacée par la suivante
    [withdrawn] rôle retiré du catalogue, ou déplacé vers un autre entrepôt
    [unclaimed] personne ne l’a prise en charge à temps
    [given_back] rendue par la personne
    [review_lapsed] non maintenue lors d’une revue
    [unused] inutilisée
    [review_removed] retirée par une revue
   *[other] { $why }
}
decide-comment = Votre commentaire
decide-comment-hint = Nécessaire pour rejeter ou renvoyer ; gardé au journal.
decide-cap = Plus court que demandé ?
decide-cap-hint = La limite reste, quels que soient les autres accords.
decide-cap-none = Comme demandé : { $span }
decide-cap-at-most = { $span } au plus
decide-approve = Approuver
decide-return = Demander des précisions
decide-reject = Rejeter

request-title = { $person } demande { $role }
request-mine-title = Votre demande pour { $role }
request-crumb = Demande
request-says = { $state ->
    [submitted] Elle vient d’être envoyée.
    [blocked] Elle attend une certification et reprendra d’elle-même.
    [in_review] Elle attend une décision.
    [returned] Elle a été renvoyée avec une question.
    [approved] Elle a été approuvée.
    [rejected] Elle a été rejetée. Une autre demande, avec ce qui manquait, reste toujours possible.
    [withdrawn] Elle a été retirée.
    [lapsed] Elle est caduque, sans décision. Elle peut être renvoyée.
   *[other] { $state }
}
request-to-role = Vers le rôle
request-to-grant = Vers l’habilitation
request-history = Ce qui s’est passé
turn = { $kind ->
    [submitted] Envoyée par { $by }
    [blocked] En attente d’une certification
    [in_review] Soumise aux personnes qui décident
    [approve] Approuvée par { $by }
    [reject] Rejetée par { $by }
    [return] Précisions demandées par { $by }
    [approved] Approuvée
    [rejected] Rejetée
    [returned] Renvoyée
    [withdrawn] Retirée
    [lapsed] Caduque, sans décision
    [granted] Habilitation accordée
   *[other] { $kind } { $by }
}
turn-cap = pour { $span } au plus
