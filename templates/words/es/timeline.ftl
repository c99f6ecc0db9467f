### La línea de tiempo de un acceso.

timeline-title = Línea de tiempo
timeline-hint = Lo que había alrededor de ese momento, y lo que pasó. La altura de una barra también lo dice: llena es un alto, estrecha es una retención.
timeline-moment = momento preguntado:
timeline-other = Otro tramo:
timeline-days = { $days } días
timeline-table = Lo mismo en una tabla
timeline-what = Qué
timeline-state = Estado
timeline-from = Desde
timeline-until = Hasta
timeline-record = Documento
timeline-open = abierto
timeline-mark = { $n ->
    [one] { $state }, { $at }
   *[other] { $state } × { $n }, desde { $at }
}
timeline-mark-judged = { $state }, { $at } (juicio de: { $by })
timeline-judged-by = juicio de: { $by }
timeline-bar = { $open ->
    [true] { $state }, desde { $from }
   *[other] { $state }, { $from } – { $until }
}
timeline-lane-effective = En vigor
timeline-lane-request = Solicitudes
timeline-lane-grant = Concesiones
timeline-lane-break-glass = Acceso de emergencia
timeline-lane-suspension = Retenida: { $name ->
    [certificate] un certificado
    [review] una revisión
    [admin] un admin
   *[other] { $name }
}
timeline-lane-lock = Bloqueo de { $name ->
    [person] la persona
    [role] el rol
    [warehouse] el almacén
   *[other] { $name }
}
timeline-lane-account = Cuenta
timeline-lane-policy = Política
timeline-lane-token = Tokens
