### What the evidence of a review says, for whoever has only the file.

pack-title = Evidencia de una revisión de accesos: { $name }
pack-lede = Quién tenía qué acceso al comenzar la revisión, quién respondió por cada uno, qué dijo y qué fue de él. Este archivo no necesita nada más: ni red, ni cuenta, ni programa nuestro.
pack-made = Hecho el { $at } por { $issuer }
pack-summary = La revisión
pack-id = Número
pack-state = Estado
pack-review-state = { $state ->
    [open] abierta
    [closed] cerrada: cada línea tiene su final
   *[cancelled] anulada antes del plazo
}
pack-roles = Roles
pack-started = Comienzo
pack-started-by = Por
pack-by-cadence = la regla del propio rol (review_every)
pack-due = Plazo
pack-lapses = Fin de los accesos sin respuesta
pack-ended = Final
pack-outcomes = En qué acabaron las líneas
pack-outcome = Resultado
pack-lines = Líneas
pack-line-state = { $state ->
    [pending] espera respuesta
    [overdue] fuera de plazo: suspendido
    [kept] conservado
    [removed] retirado
    [lapsed] terminado: nadie respondió
    [gone] terminado antes de que nadie respondiera
   *[cancelled] anulado
}
pack-population = Cada acceso y lo que se decidió
pack-population-hint = Una entrada por cada concesión en el momento en que comenzó la revisión. La lista se escribió entonces y su huella está en el registro.
pack-line = Línea
pack-grant = Concesión
pack-reviewer = Consultado
pack-admins = cualquier administrador
pack-asked-for = Motivo de la solicitud
pack-decided = Decidido
pack-on-behalf = En lugar de
pack-overdue = Fuera de plazo desde
pack-handed = Transmitido
pack-facts-start = Datos al comienzo
pack-facts-decision = Datos al decidir
pack-never = nunca
pack-used = Último uso
pack-certificates = Certificados
pack-certified = { $names }: válido hasta { $until }
pack-uncertified = { $names }: no válido
pack-peers = Compañeros
pack-peers-share = { $n } de { $of } personas de los mismos equipos lo tienen
pack-held = Tenido
pack-held-days = { $n ->
    [one] { $n } día, desde { $since }
   *[other] { $n } días, desde { $since }
}
pack-until = Hasta
pack-effective = En vigor
pack-yes = sí
pack-no = no
pack-changed = Qué cambió desde el comienzo de la revisión
pack-unchanged = Nada.
pack-events = El registro
pack-events-hint = Cada línea del registro sobre esta revisión, sus líneas y sus concesiones desde su comienzo, con su lugar en el registro. Quien tenga un punto de control del registro puede hacer probar cada una por este número.
pack-event-seq = Lugar
pack-event-at = Cuándo
pack-event-kind = Qué
pack-event-actor = Quién
pack-event-subject = Sobre
pack-event-id = Número
pack-parts = Lo mismo para una máquina
pack-parts-hint = Cada parte está dentro de este archivo: su nombre la guarda. Para comprobar una, compare su SHA-256 con la tabla (sha256sum en Linux, shasum -a 256 en Mac, Get-FileHash en Windows). La huella de population.jsonl debe ser también la del evento review.started.
pack-part = Parte
pack-bytes = Bytes
