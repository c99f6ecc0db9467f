### Least privilege: what is not used, what peers hold, and what would be lost.

peers-title = Junto al equipo
peers-hint = Lo que los demás de los mismos equipos tienen en efecto
peers-team = { $team }: { $n ->
    [one] { $n } persona más
   *[other] { $n } personas más
}
peers-none = En ningún equipo: no hay con quién comparar.
peers-role = Rol
peers-share = Otros que lo tienen
peers-share-n = { $n } de { $of }
peers-held = Tenido
peers-yes = sí
peers-no = no
peers-unusual = raro en el equipo
peers-lacking = habitual en el equipo
losses-crumb = Qué se perdería
losses-title = Qué perdería { $person }
losses-lede = Marca roles que quitar o elige un equipo que dejar. Preguntar no cambia nada.
losses-roles = Roles que quitar
losses-holds-nothing = No tiene ningún rol en vigor.
losses-team = Equipo que dejar
losses-no-team = Ningún equipo
losses-team-hint = Se lleva los roles que tiene al menos la mitad de los demás del equipo, y no tantos en sus otros equipos.
losses-ask = ¿Qué se perdería?
losses-dropped = Estos roles se irían
losses-dropped-none = Ninguno de sus roles se iría.
losses-warehouse = Nada abriría ya { $warehouse }.
losses-lost = Ya no se podría leer
losses-lost-none = Todo se podría seguir leyendo.
losses-kept = Lo que quedaría
losses-now = Lo que puede leer ahora
losses-kept-none = Nada.
losses-data = Datos
losses-by = Lo abre
losses-through = A través de
holders-unused = Sin usar desde hace (días)
role-unused = { $n ->
    [one] { $n } acceso lleva { $days } días sin usarse
   *[other] { $n } accesos llevan { $days } días sin usarse
}
role-unused-see = Verlos
role-all-used = Todos los accesos se usaron en los últimos { $days } días.
role-use-title = Uso
role-use-held = { $n ->
    [one] { $n } persona lo tiene en vigor
   *[other] { $n } personas lo tienen en vigor
}
role-use-last = último uso { $far }
role-end-unused = Termina si no se usa
role-end-unused-after = tras { $span } sin uso
notices-access_unused = Tu acceso { $name } terminará porque no se usa
notices-access_unused-text = Lleva mucho sin usarse: termina el { $at }, salvo que lo uses antes.
notices-access_ended_unused = Tu acceso { $name } ha terminado: no se usaba
notices-access_ended_unused-text = Terminó el { $at }. Si al final lo necesitas, vuelve a pedirlo.
