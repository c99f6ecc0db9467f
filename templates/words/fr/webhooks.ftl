# Qui reçoit les événements du journal : la page, et pourquoi on est refusé.
nav-webhooks = Webhooks
webhooks-title = Webhooks
webhooks-lede = D’autres services reçoivent les événements du journal à mesure, dans leur ordre et signés. Ce que l’un ne prend pas lui est renvoyé jusqu’à ce qu’il le prenne.
webhooks-schema = Schéma des événements
webhooks-there = Qui reçoit les événements
webhooks-empty = Personne ne reçoit encore d’événements
webhooks-empty-text = Un webhook est appelé à chaque événement : un outil de tickets, une messagerie, un flux de données.
webhooks-state = { $state ->
    [enabled] en cours
    [failing] en échec
    [paused] retenu
    [gone] disparu
    [unnamed] plus nommé
   *[other] { $state }
}
webhooks-kind = { $kind ->
    [webhook] Webhook
    [nats] Flux NATS
    [syslog] Syslog
   *[other] { $kind }
}
webhooks-every-kind = Toutes les sortes d’événements
webhooks-position = Prochaine position { $position }
webhooks-behind = { $n ->
    [one] 1 événement de retard
   *[other] { $n } événements de retard
}
webhooks-level = à jour avec le journal
webhooks-taken = { $n ->
    [one] 1 événement pris
   *[other] { $n } événements pris
}, le dernier { $at }
webhooks-failing = ne prend rien depuis { $at } : { $n ->
    [one] 1 essai a échoué
   *[other] { $n } essais ont échoué
}
webhooks-retry = nouvel essai { $at }
webhooks-settings = Vient des réglages : seul un exploitant le change.
webhooks-unnamed = Les réglages ne le nomment plus : il ne reçoit rien, et peut être supprimé.
webhooks-pause = Retenir
webhooks-resume = Laisser passer
webhooks-replay = Renvoyer à une position
webhooks-replay-hint = Il reçoit les événements à partir de là, aussi ceux qu’il avait. Le journal a { $size } événements.
webhooks-replay-do = Renvoyer
webhooks-secret-new = Nouveau secret
webhooks-secret-new-text = L’ancien signe à côté pendant un jour.
webhooks-remove = Supprimer
webhooks-remove-confirm = Il ne reçoit plus rien.
webhooks-more = Modifier
webhooks-secret = Son secret
webhooks-secret-once = Montré seulement maintenant. Qui l’a peut vérifier que les appels viennent d’ici (Standard Webhooks).
webhooks-make = Créer un webhook
webhooks-name = Nom
webhooks-name-hint = Ce que c’est, pour les gens.
webhooks-url = Adresse
webhooks-url-hint = https, et publique sauf si un exploitant permet son réseau.
webhooks-batch = Événements par appel
webhooks-batch-hint = 1 sauf mention contraire ; 500 au plus.
webhooks-from = À partir de la position
webhooks-from-hint = Sans elle, ce qui vient désormais. 0 est le début du journal.
webhooks-kinds = Certaines sortes d’événements seulement
webhooks-notices = Ce qui est dit aux personnes dans l’application et par courriel passe aussi par ici : un événement de la sorte notice.told par avis, et une passerelle vers une messagerie n’a besoin d’aucune autre.
webhooks-make-do = Créer
notice-webhooks-changed = C’est modifié.
notice-webhooks-removed = Le webhook est supprimé.
refusal-no-such-webhook = Ce webhook n’existe pas.
refusal-webhook-address = Cette adresse ne peut pas être appelée : { $why }.
refusal-no-such-event-kind = Aucune sorte d’événement ne s’appelle { $kind }.
refusal-webhook-batch = Un appel contient de 1 à { $most } événements.
refusal-webhook-position = Le journal a { $size } événements : donnez une position de 0 à { $size }.
