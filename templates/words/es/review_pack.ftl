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
pack-changed-later = Qué cambió de { $grant }, que vino en su lugar
pack-unchanged = Nada.
pack-events = El registro
pack-events-hint = Cada línea del registro sobre esta revisión, sus líneas y sus concesiones desde su comienzo, con su lugar en el registro. La parte events.jsonl contiene cada una como el registro la guarda, con las palabras a su lado, la prueba de que está en ese lugar, y el punto de control de todo el registro, firmado por su clave; las direcciones de las máquinas se omiten.
pack-check = Cómo comprobar las líneas del registro
pack-check-with = Con el programa, sin red: guarde events.jsonl y ejecute la orden de abajo. Dice que todas están en el registro, o nombra la primera línea que fue cambiada. Tome la clave de quien la guarda para usted, o de { $issuer }/log/key: que esté aquí no prueba nada.
pack-check-without = Sin él: la hoja de un evento es el SHA-256 de un byte cero seguido de su campo entry, byte por byte como está en la línea (RFC 6962, sección 2.1; RFC 9162, sección 2.1.1); con los resúmenes de proof, según position (RFC 9162, sección 2.1.3.2), lleva a la raíz del punto de control, que la clave Ed25519 ha firmado (c2sp.org/signed-note). Las palabras al lado de un entry son las debidas si el SHA-256 de su sal, un salto de línea y su texto es su texts_commitment.
pack-check-parts = manifest.json contiene el SHA-256 de cada parte; el de population.jsonl debe ser también el del evento review.started.
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
