### La frase que explica un acceso, y cómo se enumeran las cosas en ella.

list-and = { $rest } y { $last }
list-or = { $rest } o { $last }
explain-yes = { $past ->
    [yes] { $person } podía usar { $role } el { $at }, porque la concesión estaba en vigor, { $certificates }, la cuenta estaba activa y ningún bloqueo lo impedía.
    [ahead] Si nada cambia hasta entonces, { $person } podrá usar { $role } el { $at }, porque la concesión estará en vigor, { $certificates }, la cuenta está activa y ningún bloqueo lo impide.
   *[no] { $person } puede usar { $role } hasta el { $until }, porque la concesión está en vigor, { $certificates }, la cuenta está activa y ningún bloqueo lo impide.
}
explain-certificates = { $past ->
    [yes] { $n ->
        [one] el certificado { $names } estaba vigente
       *[other] los certificados { $names } estaban vigentes
    }
    [ahead] { $n ->
        [one] el certificado { $names } seguirá vigente
       *[other] los certificados { $names } seguirán vigentes
    }
   *[no] { $n ->
        [one] el certificado { $names } está vigente
       *[other] los certificados { $names } están vigentes
    }
}
explain-no = { $past ->
    [yes] { $person } no podía usar { $role } el { $at }, porque { $reasons }.
    [ahead] Si nada cambia hasta entonces, { $person } no podrá usar { $role } el { $at }, porque { $reasons }.
   *[no] { $person } no puede usar { $role } ahora, porque { $reasons }.
}
explain-why-disabled = { $past ->
    [yes] la cuenta estaba desactivada
   *[no] la cuenta está desactivada
}
explain-why-lock = { $past ->
    [yes] { $kind ->
        [person] había un bloqueo sobre la persona ({ $reason })
        [role] había un bloqueo sobre el rol ({ $reason })
       *[warehouse] había un bloqueo sobre el almacén ({ $reason })
    }
   *[no] { $kind ->
        [person] hay un bloqueo sobre la persona ({ $reason })
        [role] hay un bloqueo sobre el rol ({ $reason })
       *[warehouse] hay un bloqueo sobre el almacén ({ $reason })
    }
}
explain-why-suspended = { $cause ->
    [review] nadie había dicho en su revisión, que venció el { $at }, que el acceso debía conservarse
   *[admin] un administrador suspendió la concesión el { $at }
}
explain-why-never = { $past ->
    [yes] no se le había concedido el rol
   *[no] nunca se le ha concedido el rol
}
explain-why-not-begun = la concesión no empieza hasta el { $at }
explain-why-ended = { $past ->
    [ahead] la concesión termina el { $at }
   *[yes] la concesión terminó el { $at } ({ $why })
}
explain-why-lapsed = { $past ->
    [ahead] el certificado { $name } dejará de contar el { $at }
   *[yes] el certificado { $name } dejó de contar el { $at }
}
explain-why-uncertified = no ha obtenido { $names }
