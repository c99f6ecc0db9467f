### La frise d’un accès.

timeline-title = Frise
timeline-hint = Ce qui tenait autour de ce moment, et ce qui s’est passé. La hauteur d’une barre le dit aussi : pleine, c’est un arrêt ; étroite, une retenue.
timeline-moment = moment demandé :
timeline-other = Une autre durée :
timeline-days = { $days } jours
timeline-table = La même chose en tableau
timeline-what = Quoi
timeline-state = État
timeline-from = Du
timeline-until = Jusqu’au
timeline-record = Pièce
timeline-open = en cours
timeline-mark = { $n ->
    [one] { $state }, { $at }
   *[other] { $state } × { $n }, à partir du { $at }
}
timeline-mark-judged = { $state }, { $at } (jugement : { $by })
timeline-judged-by = jugement : { $by }
timeline-bar = { $open ->
    [true] { $state }, depuis le { $from }
   *[other] { $state }, { $from } – { $until }
}
timeline-lane-effective = En vigueur
timeline-lane-request = Demandes
timeline-lane-grant = Habilitations
timeline-lane-break-glass = Accès d’urgence
timeline-lane-suspension = Retenue : { $name ->
    [certificate] un certificat
    [review] une revue
    [admin] un admin
   *[other] { $name }
}
timeline-lane-lock = Verrou sur { $name ->
    [person] la personne
    [role] le rôle
    [warehouse] l’entrepôt
   *[other] { $name }
}
timeline-lane-account = Compte
timeline-lane-policy = Règle
timeline-lane-token = Jetons
