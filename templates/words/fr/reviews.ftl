### Reviews: who confirms which access, what is told of it, and why it is refused.

nav-reviews = Revues
nav-to-review = { $n ->
    [one] { $n } accès à revoir
   *[other] { $n } accès à revoir
}
reviews-title = Revues des accès
reviews-lede = Les responsables d’un rôle disent de chaque accès s’il est encore nécessaire. Ce qui reste sans réponse à l’échéance est suspendu, puis prend fin.
reviews-mine = En attente de votre réponse
reviews-mine-none = Rien ne vous attend
reviews-mine-none-text = Quand une revue vous interrogera sur des accès, elle figurera ici.
reviews-all = Toutes les revues
reviews-none = Aucune revue n’a encore commencé
reviews-none-text = Un administrateur en lance une, ou la règle d’un rôle (review_every).
review-of = Revue de { $roles }
review-many = { $n } rôles
review-waiting = { $n ->
    [one] { $n } accès attend votre réponse
   *[other] { $n } accès attendent votre réponse
}
review-due = Échéance
review-due-on = échéance { $day }
review-lapses = Fin des accès sans réponse
review-started = Début
review-by = Par
review-cadence = la règle du rôle
review-roles = Rôles
review-ended = Fin
review-progress = Avancement
review-figures = { $done } sur { $total } réglés, { $pending } en attente, { $overdue } en retard
review-by-reviewer = Par personne sollicitée
review-by-role = Par rôle
review-who = Personne sollicitée
review-done = Réglés
review-pending = En attente
review-overdue = En retard
review-total = En tout
review-bar = Part
review-admins = un administrateur
review-lines = Accès
review-lines-none = Aucune ligne ne correspond
review-pick = Choisir { $person }, { $role }
review-used = Dernier usage
review-certificates = Certificats
review-certified = { $names } jusqu’au { $day }
review-uncertified = { $names } : non valable
review-held = Détenu
review-held-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
review-peers = Pairs
review-peers-share = { $n } sur { $of } des mêmes équipes le détiennent
review-peers-none = personne dans une même équipe
review-reason = Motif de la demande
review-no-reason = aucun motif donné
review-reviewer = Sollicité
review-decided = { $by }, le { $at }
review-own = Il s’agit de votre propre accès, ou de celui d’une personne à la place de qui vous décidez : quelqu’un d’autre répond.
review-handed = { $by } l’a transmis à { $to } le { $at }
review-said = Commentaire
review-comment-hint = Nécessaire pour retirer. L’auditeur le lit.
review-keep = Garder
review-remove = Retirer
review-keep-one = Garder : { $person }, { $role }
review-remove-one = Retirer : { $person }, { $role }
review-delegate = Demander à quelqu’un d’autre
review-delegate-to = Adresse électronique
review-delegate-do = Transmettre
review-bulk = Répondre aux accès choisis
review-bulk-go = Répondre
review-page-title = { $name }
used-until = jusqu’au { $day }
review-bulk-hint = Cochez des accès ci-dessus. Tous reçoivent la même réponse, ou aucun.
review-overdue-title = En retard : ces accès sont suspendus
review-overdue-text = Gardez-en un, et il fonctionne de nouveau aussitôt. Ce qui reste sans réponse le { $at } prend fin.
review-pack = Preuve
review-cancel = Annuler
review-cancel-do = Annuler la revue
review-cancel-hint = Ce qui a reçu une réponse reste acquis ; le reste n’est ni gardé ni retiré.
review-filter-state = État
review-filter-any = Tous
review-filter-open = En attente d’une réponse
review-start = Lancer une revue
review-start-do = Lancer
review-start-title = Titre
review-start-title-hint = Par exemple « Données personnelles, printemps ». Peut rester vide.
review-start-owner = Responsable
review-start-owner-any = N’importe qui
review-start-sensitivity = Sensibilité
review-start-sensitivity-any = Toutes
review-start-role = Rôle
review-start-due = Jours pour répondre
review-start-grace = Jours de suspension avant la fin
review-start-grace-hint = Ce qui est sans réponse à l’échéance reste suspendu pendant ce temps, puis prend fin.
notice-review-started = La revue a commencé, et les personnes sollicitées sont prévenues.
notice-review-answered = Réponse enregistrée.
notice-review-delegated = Transmis.
notice-review-cancelled = La revue est annulée.
notices-review_asks = { $name } attend vos réponses
notices-review_due = { $name } : l’échéance approche
notices-review_overdue = { $name } est en retard : des accès sont suspendus
notices-review-text = { $n ->
    [one] { $n } accès attend votre réponse. Échéance : { $at }.
   *[other] { $n } accès attendent votre réponse. Échéance : { $at }.
}
notices-review-text-for = { $n ->
    [one] { $n } accès attend votre réponse à la place de { $owner }. Échéance : { $at }.
   *[other] { $n } accès attendent votre réponse à la place de { $owner }. Échéance : { $at }.
}
notices-access_unreviewed = Votre accès { $name } est suspendu
notices-access_unreviewed-text = Sa revue est échue sans que personne ait dit de le garder. Adressez-vous au responsable du rôle ; sinon il prend fin le { $at }.
notices-access_removed = Votre accès { $name } a pris fin
notices-access_removed-text = Une revue l’a retiré le { $at }. S’il vous est encore utile, redemandez-le.
notices-access_lapsed = Votre accès { $name } a pris fin sans revue
notices-access_lapsed-text = Personne n’a répondu à sa revue, et il a pris fin le { $at }. S’il vous est encore utile, redemandez-le.
refusal-no-such-review = Il n’y a pas de telle revue.
refusal-no-such-review-line = Il n’y a pas de telle ligne dans cette revue.
refusal-review-empty = Personne ne détient rien de ce que cette revue concernerait, ou tout est déjà en cours de revue.
refusal-review-too-large = Une revue compte au plus { $most } habilitations. Lancez-en plusieurs, par rôle ou par responsable.
refusal-review-bad-due = Une revue échoit dans 1 à 366 jours, et ce qui est sans réponse prend fin au plus 366 jours après.
refusal-review-title-too-long = Un titre compte au plus { $most } caractères.
refusal-review-own-grant = Personne ne revoit son propre accès.
refusal-review-delegators-own = Vous décidez à la place de la personne qui détient cet accès : c’est à d’autres de le revoir.
refusal-review-not-yours = Cet accès est à revoir par quelqu’un d’autre.
refusal-review-line-answered = Cette ligne { $state ->
    [kept] a déjà été gardée
    [removed] a déjà été retirée
    [lapsed] a pris fin sans réponse
    [gone] a pris fin avant toute réponse
   *[cancelled] n’est plus ouverte
}.
refusal-review-not-open = Cette revue { $state ->
    [closed] est close
   *[cancelled] a été annulée
}.
refusal-review-due = L’échéance est passée : ce qui est en retard est suspendu et attend une réponse.
refusal-review-unfit-delegate = Cette personne ne peut pas y répondre : c’est son propre accès ou celui d’une personne à la place de qui elle décide, elle est déjà sollicitée, ou son compte n’est pas actif.
