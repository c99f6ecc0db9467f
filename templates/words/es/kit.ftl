### El marco y las piezas.

skip = Ir al contenido
menu = Menú
motto = Sin certificación vigente no hay acceso, y cada acceso se explica por sí mismo.
foot-zone = Horas de { $zone }
demo-label = Demostración
demo-strip = Una demostración: todas las personas y todos los almacenes son inventados.

nav-label = Salas
nav-home = Inicio
nav-courses = Cursos
nav-certificates = Certificados
nav-access = Accesos
nav-decisions = Decisiones
nav-waiting = { $n ->
    [one] { $n } solicitud te espera
   *[other] { $n } solicitudes te esperan
}
nav-oversight = Supervisión
nav-workshop = Taller
nav-people = Personas
nav-holders = Titulares
nav-events = Eventos
nav-warehouses = Almacenes
nav-keys = Claves
nav-locks = Bloqueos
nav-authoring = Autoría
nav-account = Cuenta
nav-sign-in = Entrar
nav-sign-out = Salir

months-short = ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic
date-day = { $day } { $month } { $year }
date-time = { $day }, { $time }
rel-now = ahora
rel-in-minutes = { $n ->
    [one] dentro de { $n } minuto
   *[other] dentro de { $n } minutos
}
rel-ago-minutes = { $n ->
    [one] hace { $n } minuto
   *[other] hace { $n } minutos
}
rel-in-hours = { $n ->
    [one] dentro de { $n } hora
   *[other] dentro de { $n } horas
}
rel-ago-hours = { $n ->
    [one] hace { $n } hora
   *[other] hace { $n } horas
}
rel-in-days = { $n ->
    [one] dentro de { $n } día
   *[other] dentro de { $n } días
}
rel-ago-days = { $n ->
    [one] hace { $n } día
   *[other] hace { $n } días
}
rel-in-months = { $n ->
    [one] dentro de { $n } mes
   *[other] dentro de { $n } meses
}
rel-ago-months = { $n ->
    [one] hace { $n } mes
   *[other] hace { $n } meses
}
rel-in-years = { $n ->
    [one] dentro de { $n } año
   *[other] dentro de { $n } años
}
rel-ago-years = { $n ->
    [one] hace { $n } año
   *[other] hace { $n } años
}
span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
timebar-left = termina { $far }
timebar-over = terminó { $far }

errors-title = { $n ->
    [one] Hay una cosa que repasar
   *[other] Hay { $n } cosas que repasar
}
field-optional = (opcional)
pager-label = Páginas
pager-previous = Anterior
pager-next = Siguiente
pager-of = { $total ->
    [one] { $shown } de { $total } línea
   *[other] { $shown } de { $total } líneas
}
pager-shown = { $shown ->
    [one] { $shown } línea
   *[other] { $shown } líneas
}
crumbs-label = Dónde estás
copy = Copiar
copy-done = Copiado
cancel = Cancelar
back = Volver

status-effective = En vigor
status-active = Activa
status-valid = Vigente
status-passed = Aprobado
status-done = Hecho
status-earned = Obtenido
status-approved = Aprobada
status-met = Cumplido
status-kept = Mantenido
status-verified = Verificado
status-reachable = Accesible
status-right = Correcto
status-expiring = Caduca pronto
status-renewable = Renovar ya
status-superseded = Sustituido
status-suspended = Suspendido
status-retiring = En retirada
status-returned = Devuelta
status-warning = Advertencia
status-partly = Correcto en parte
status-expired = Caducado
status-lapsed = Caducado
status-revoked = Revocado
status-failed = No aprobado
status-rejected = Rechazada
status-refused = Denegado
status-locked = Bloqueado
status-disabled = Desactivada
status-removed = Quitado
status-unreachable = Inaccesible
status-broken = Roto
status-wrong = Incorrecto
status-requestable = Listo para solicitar
status-waiting = En espera
status-in_review = En revisión
status-submitted = Entregado
status-pending_review = En corrección
status-scheduled = Programado
status-in_progress = En curso
status-open = Abierto
status-invited = Invitada
status-next = Siguiente
status-live = Vivo
status-missing = Falta
status-not_started = Sin empezar
status-blocked = En pausa
status-draft = Borrador
status-ended = Terminado
status-closed = Cerrado
status-withdrawn = Retirada
status-cancelled = Cancelada
status-voided = Anulado
status-graded = Corregido
status-minted = Emitido
status-gone = Retirada
status-lifted = Levantado
status-unanswered = Sin responder
status-unknown = Desconocido
