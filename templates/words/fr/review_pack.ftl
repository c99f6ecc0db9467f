### What the evidence of a review says, for whoever has only the file.

pack-title = Preuve d’une revue des accès : { $name }
pack-lede = Qui détenait quel accès au début de la revue, qui en a répondu, ce qui a été dit et ce qu’il en est advenu. Ce fichier se suffit : ni réseau, ni compte, ni programme de notre part.
pack-made = Établi le { $at } par { $issuer }
pack-summary = La revue
pack-id = Numéro
pack-state = État
pack-review-state = { $state ->
    [open] ouverte
    [closed] close : chaque ligne est réglée
   *[cancelled] annulée avant l’échéance
}
pack-roles = Rôles
pack-started = Début
pack-started-by = Par
pack-by-cadence = la règle du rôle (review_every)
pack-due = Échéance
pack-lapses = Fin des accès sans réponse
pack-ended = Fin
pack-outcomes = Ce que les lignes ont donné
pack-outcome = Résultat
pack-lines = Lignes
pack-line-state = { $state ->
    [pending] attend une réponse
    [overdue] en retard : suspendu
    [kept] gardé
    [removed] retiré
    [lapsed] terminé faute de réponse
    [gone] terminé avant toute réponse
   *[cancelled] annulé
}
pack-population = Chaque accès, et la décision
pack-population-hint = Une entrée pour chaque habilitation au moment où la revue a commencé. La liste a été consignée alors, et son empreinte figure au journal.
pack-line = Ligne
pack-grant = Habilitation
pack-reviewer = Sollicité
pack-admins = un administrateur
pack-asked-for = Motif de la demande
pack-decided = Décidé
pack-on-behalf = À la place de
pack-overdue = En retard depuis
pack-handed = Transmis
pack-facts-start = Faits au début
pack-facts-decision = Faits lors de la décision
pack-never = jamais
pack-used = Dernier usage
pack-certificates = Certificats
pack-certified = { $names } : valable jusqu’au { $until }
pack-uncertified = { $names } : non valable
pack-peers = Pairs
pack-peers-share = { $n } personnes sur { $of } des mêmes équipes le détiennent
pack-held = Détenu
pack-held-days = { $n ->
    [one] { $n } jour, depuis le { $since }
   *[other] { $n } jours, depuis le { $since }
}
pack-until = Jusqu’au
pack-effective = En vigueur
pack-yes = oui
pack-no = non
pack-changed = Ce qui a changé depuis le début de la revue
pack-changed-later = Ce qui a changé de { $grant }, venue à sa place
pack-unchanged = Rien.
pack-events = Le journal
pack-events-hint = Chaque ligne du journal sur cette revue, ses lignes et ses habilitations depuis son début, avec sa place au journal. La partie events.jsonl contient chacune telle que le journal la garde, avec les mots à côté, la preuve qu’elle se trouve à cette place, et le point de contrôle de tout le journal, signé par sa clé ; les adresses des machines sont omises.
pack-check = Comment vérifier les lignes du journal
pack-check-with = Avec le programme, sans réseau : enregistrez events.jsonl et lancez la commande ci-dessous. Elle dit que toutes sont au journal, ou nomme la première ligne qui a été changée. Prenez la clé chez qui la garde pour vous, ou à { $issuer }/log/key : sa présence ici ne prouve rien.
pack-check-without = Sans lui : la feuille d’un événement est le SHA-256 d’un octet nul suivi de son champ entry, octet pour octet tel qu’il figure dans la ligne (RFC 6962, section 2.1 ; RFC 9162, section 2.1.1) ; avec les empreintes de proof, selon position (RFC 9162, section 2.1.3.2), elle mène à la racine du point de contrôle, que la clé Ed25519 a signé (c2sp.org/signed-note). Les mots à côté d’un entry sont justes si le SHA-256 de leur sel, d’un saut de ligne et de leur texte est son texts_commitment.
pack-check-parts = manifest.json contient le SHA-256 de chaque partie ; celui de population.jsonl doit aussi être celui de l’événement review.started.
pack-event-seq = Place
pack-event-at = Quand
pack-event-kind = Quoi
pack-event-actor = Qui
pack-event-subject = Sujet
pack-event-id = Numéro
pack-parts = La même chose pour une machine
pack-parts-hint = Chaque partie se trouve dans ce fichier : son nom l’enregistre. Pour en vérifier une, comparez son SHA-256 au tableau (sha256sum sous Linux, shasum -a 256 sur Mac, Get-FileHash sous Windows). L’empreinte de population.jsonl doit aussi être celle de l’événement review.started.
pack-part = Partie
pack-bytes = Octets
