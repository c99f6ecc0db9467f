### Les phrases propres à l’API.
verdict-yes = { $past ->
    [yes] { $person } pouvait utiliser { $role } le { $at } : une habilitation était en vigueur, et chaque certification requise comptait.
   *[no] { $person } peut utiliser { $role } jusqu’au { $until } : une habilitation est en vigueur, et chaque certification requise compte.
}
verdict-disabled = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : le compte était désactivé.
   *[no] { $person } ne peut pas utiliser { $role } : le compte est désactivé.
}
verdict-locked = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : un verrou d’urgence était posé.
   *[no] { $person } ne peut pas utiliser { $role } : un verrou d’urgence est posé.
}
verdict-no-grant = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : il n’y avait pas d’habilitation.
   *[no] { $person } ne peut pas utiliser { $role } : il n’y a pas d’habilitation.
}
verdict-not-yet = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : l’habilitation commençait le { $from }.
   *[no] { $person } ne peut pas encore utiliser { $role } : l’habilitation commence le { $from }.
}
verdict-ended = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : l’habilitation avait pris fin le { $until }.
   *[no] { $person } ne peut pas utiliser { $role } : l’habilitation a pris fin le { $until }.
}
verdict-no-certificate = { $past ->
    [yes] { $person } ne pouvait pas utiliser { $role } le { $at } : l’habilitation était suspendue, car aucun certificat « { $certification } » ne comptait.
   *[no] { $person } ne peut pas utiliser { $role } : l’habilitation est suspendue, car aucun certificat « { $certification } » ne compte.
}
refusal-no-such-method = Cette adresse n’accepte pas la méthode { $method }.
