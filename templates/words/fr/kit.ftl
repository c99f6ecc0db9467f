### Le cadre et les éléments communs.

skip = Aller au contenu
menu = Menu
motto = Sans certification valide, pas d’accès ; et chaque accès s’explique.
foot-zone = Heures : { $zone }
demo-label = Démonstration
demo-strip = Démonstration : toutes les personnes et tous les entrepôts sont fictifs.

nav-label = Rubriques
nav-home = Accueil
nav-courses = Cours
nav-certificates = Certificats
nav-access = Accès
nav-decisions = Décisions
nav-waiting = { $n ->
    [one] { $n } demande vous attend
   *[other] { $n } demandes vous attendent
}
nav-oversight = Supervision
nav-workshop = Atelier
nav-people = Personnes
nav-holders = Titulaires
nav-events = Journal
nav-warehouses = Entrepôts
nav-keys = Clés
nav-locks = Verrous
nav-authoring = Rédaction
nav-account = Compte
nav-sign-in = Se connecter
nav-sign-out = Se déconnecter

months-short = janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.
date-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
date-time = { $day } à { $time }
rel-now = maintenant
rel-in-minutes = { $n ->
    [one] dans { $n } minute
   *[other] dans { $n } minutes
}
rel-ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
rel-in-hours = { $n ->
    [one] dans { $n } heure
   *[other] dans { $n } heures
}
rel-ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
rel-in-days = { $n ->
    [one] dans { $n } jour
   *[other] dans { $n } jours
}
rel-ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}
rel-in-months = dans { $n } mois
rel-ago-months = il y a { $n } mois
rel-in-years = { $n ->
    [one] dans { $n } an
   *[other] dans { $n } ans
}
rel-ago-years = { $n ->
    [one] il y a { $n } an
   *[other] il y a { $n } ans
}
span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
timebar-left = prend fin { $far }
timebar-over = a pris fin { $far }

errors-title = { $n ->
    [one] Un point est à revoir
   *[other] { $n } points sont à revoir
}
field-optional = (facultatif)
pager-label = Pages
pager-previous = Précédent
pager-next = Suivant
pager-of = { $total ->
    [one] { $shown } ligne sur { $total }
   *[other] { $shown } lignes sur { $total }
}
pager-shown = { $shown ->
    [one] { $shown } ligne
   *[other] { $shown } lignes
}
crumbs-label = Vous êtes ici
copy = Copier
copy-done = Copié
cancel = Annuler
back = Retour

status-effective = En vigueur
status-active = Active
status-valid = Valide
status-passed = Réussi
status-done = Terminé
status-earned = Obtenue
status-approved = Approuvée
status-met = Remplie
status-kept = Maintenue
status-verified = Vérifié
status-reachable = Joignable
status-right = Juste
status-expiring = Expire bientôt
status-renewable = À renouveler
status-superseded = Remplacé
status-suspended = Suspendue
status-retiring = En retrait
status-returned = À compléter
status-warning = Attention
status-partly = En partie juste
status-expired = Expiré
status-lapsed = Caduque
status-revoked = Révoqué
status-failed = Non réussi
status-rejected = Rejetée
status-refused = Refusé
status-locked = Verrouillé
status-disabled = Désactivé
status-removed = Retirée
status-unreachable = Injoignable
status-broken = En panne
status-wrong = Faux
status-requestable = À demander
status-waiting = En attente
status-in_review = À l’examen
status-submitted = Envoyée
status-pending_review = En correction
status-scheduled = Planifiée
status-in_progress = En cours
status-open = Ouvert
status-invited = Invitation envoyée
status-next = Suivante
status-live = Actif
status-missing = Manquant
status-not_started = Pas commencé
status-blocked = Bloquée
status-draft = Brouillon
status-ended = Terminée
status-closed = Clos
status-withdrawn = Retirée
status-cancelled = Annulée
status-voided = Annulé
status-graded = Noté
status-minted = Délivré
status-gone = Supprimée
status-lifted = Levé
status-unanswered = Sans réponse
status-unknown = Inconnu
