### La phrase qui explique un accès, et la façon d’y énumérer.

list-and = { $rest } et { $last }
list-or = { $rest } ou { $last }
explain-yes = { $past ->
    [yes] { $person } pouvait utiliser { $role } le { $at } : l’habilitation était en vigueur, { $certificates }, le compte était actif et aucun verrou ne s’y opposait.
    [ahead] Si rien ne change d’ici là, { $person } pourra utiliser { $role } le { $at } : l’habilitation sera en vigueur, { $certificates }, le compte est actif et aucun verrou ne s’y oppose.
   *[no] { $person } peut utiliser { $role } jusqu’au { $until } : l’habilitation est en vigueur, { $certificates }, le compte est actif et aucun verrou ne s’y oppose.
}
explain-certificates = { $past ->
    [yes] { $n ->
        [one] le certificat { $names } était valide
       *[other] les certificats { $names } étaient valides
    }
    [ahead] { $n ->
        [one] le certificat { $names } sera encore valide
       *[other] les certificats { $names } seront encore valides
    }
   *[no] { $n ->
        [one] le certificat { $names } est valide
       *[other] les certificats { $names } sont valides
    }
}
explain-no = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : { $reasons }.
    [ahead] Si rien ne change d’ici là, { $person } ne pourra pas utiliser { $role } le { $at } : { $reasons }.
   *[no] { $person } ne peut pas utiliser { $role } en ce moment : { $reasons }.
}
explain-why-disabled = { $past ->
    [yes] le compte était désactivé
   *[no] le compte est désactivé
}
explain-why-lock = { $past ->
    [yes] { $kind ->
        [person] un verrou était posé sur cette personne ({ $reason })
        [role] un verrou était posé sur le rôle ({ $reason })
       *[warehouse] un verrou était posé sur l’entrepôt ({ $reason })
    }
   *[no] { $kind ->
        [person] un verrou est posé sur cette personne ({ $reason })
        [role] un verrou est posé sur le rôle ({ $reason })
       *[warehouse] un verrou est posé sur l’entrepôt ({ $reason })
    }
}
explain-why-suspended = { $cause ->
    [review] personne n’avait dit, lors de sa revue échue le { $at }, qu’il fallait garder l’accès
   *[admin] un administrateur a suspendu l’habilitation le { $at }
}
explain-why-never = { $past ->
    [yes] ce rôle ne lui avait pas été accordé
   *[no] ce rôle ne lui a jamais été accordé
}
explain-why-not-begun = l’habilitation ne commence que le { $at }
explain-why-ended = { $past ->
    [ahead] l’habilitation prend fin le { $at }
   *[yes] l’habilitation a pris fin le { $at } ({ $why })
}
explain-why-lapsed = { $past ->
    [ahead] le certificat { $name } cessera de compter le { $at }
   *[yes] le certificat { $name } ne compte plus depuis le { $at }
}
explain-why-uncertified = { $names } n’a pas été obtenu
