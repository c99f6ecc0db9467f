### Least privilege: what is not used, what peers hold, and what would be lost.

peers-title = À côté de l’équipe
peers-hint = Ce que les autres des mêmes équipes détiennent effectivement
peers-team = { $team } : { $n ->
    [one] { $n } autre personne
   *[other] { $n } autres personnes
}
peers-none = Dans aucune équipe : personne à qui comparer.
peers-role = Rôle
peers-share = Autres qui le détiennent
peers-share-n = { $n } sur { $of }
peers-held = Détenu
peers-yes = oui
peers-no = non
peers-unusual = rare dans l’équipe
peers-lacking = courant dans l’équipe
losses-crumb = Ce qui serait perdu
losses-title = Ce que { $person } perdrait
losses-lede = Cochez des rôles à retirer, ou choisissez une équipe à quitter. Demander ne change rien.
losses-roles = Rôles à retirer
losses-holds-nothing = Aucun rôle en vigueur.
losses-team = Équipe à quitter
losses-no-team = Aucune équipe
losses-team-hint = Emporte les rôles qu’au moins la moitié des autres de l’équipe détiennent, et moins dans ses autres équipes.
losses-ask = Que perdrait-on ?
losses-dropped = Ces rôles partiraient
losses-dropped-none = Aucun de ses rôles ne partirait.
losses-warehouse = Plus rien n’ouvrirait { $warehouse }.
losses-lost = Ce qui ne serait plus lisible
losses-lost-none = Tout resterait lisible.
losses-kept = Ce qui resterait
losses-now = Ce qui est lisible aujourd’hui
losses-kept-none = Rien.
losses-data = Données
losses-by = Ouvert par
losses-through = Par
holders-unused = Inutilisé depuis (jours)
role-unused = { $n ->
    [one] { $n } accès n’a pas servi depuis { $days } jours
   *[other] { $n } accès n’ont pas servi depuis { $days } jours
}
role-unused-see = Les voir
role-all-used = Chaque accès a servi au cours des { $days } derniers jours.
role-use-title = Usage
role-use-held = { $n ->
    [one] { $n } personne le détient en vigueur
   *[other] { $n } personnes le détiennent en vigueur
}
role-use-last = dernier usage { $far }
role-end-unused = Prend fin sans usage
role-end-unused-after = après { $span } sans usage
notices-access_unused = Votre accès { $name } prendra fin faute d’usage
notices-access_unused-text = Il n’a pas servi depuis longtemps : il prend fin le { $at }, sauf si vous l’utilisez d’ici là.
notices-access_ended_unused = Votre accès { $name } a pris fin : il ne servait pas
notices-access_ended_unused-text = Il a pris fin le { $at }. S’il vous est utile malgré tout, redemandez-le.
