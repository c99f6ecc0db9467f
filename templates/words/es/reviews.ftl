### Reviews: who confirms which access, what is told of it, and why it is refused.

nav-reviews = Revisiones
nav-to-review = { $n ->
    [one] { $n } acceso por revisar
   *[other] { $n } accesos por revisar
}
reviews-title = Revisiones
reviews-lede = Quienes responden de un rol dicen de cada acceso si todavía hace falta. Lo que nadie responde a tiempo se suspende y termina.
reviews-mine = Esperan tu respuesta
reviews-mine-none = Nada te espera
reviews-mine-none-text = Cuando una revisión te pregunte por accesos, aparecerá aquí.
reviews-all = Todas las revisiones
reviews-none = Todavía no ha comenzado ninguna revisión
reviews-none-text = La comienza un administrador, o la regla de un rol (review_every).
review-of = Revisión de { $roles }
review-many = { $n } roles
review-waiting = { $n ->
    [one] { $n } acceso espera tu respuesta
   *[other] { $n } accesos esperan tu respuesta
}
review-due = Plazo
review-due-on = plazo { $day }
review-lapses = Fin de los accesos sin respuesta
review-started = Comienzo
review-by = Por
review-cadence = la regla del rol
review-roles = Roles
review-ended = Final
review-progress = Progreso
review-figures = { $done } de { $total } hechos, { $pending } pendientes, { $overdue } fuera de plazo
review-by-reviewer = Por persona consultada
review-by-role = Por rol
review-who = Persona consultada
review-done = Hechos
review-pending = Pendientes
review-overdue = Fuera de plazo
review-total = En total
review-bar = Parte
review-admins = cualquier administrador
review-lines = Accesos
review-lines-none = Ninguna línea coincide
review-pick = Elegir { $person }, { $role }
review-used = Último uso
review-certificates = Certificados
review-certified = { $names } hasta { $day }
review-uncertified = { $names }: no válido
review-held = Tenido
review-held-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
review-peers = Compañeros
review-peers-share = { $n } de { $of } de los mismos equipos lo tienen
review-peers-none = nadie comparte equipo
review-reason = Motivo de la solicitud
review-no-reason = no se dio motivo
review-reviewer = Consultado
review-decided = { $by }, el { $at }
review-own = Trata de tu propio acceso, o del de alguien en cuyo lugar decides: responde otra persona.
review-handed = { $by } lo pasó a { $to } el { $at }
review-said = Comentario
review-comment-hint = Necesario para retirar. Lo lee el auditor.
review-keep = Conservar
review-remove = Retirar
review-keep-one = Conservar: { $person }, { $role }
review-remove-one = Retirar: { $person }, { $role }
review-delegate = Preguntar a otra persona
review-delegate-to = Correo electrónico
review-delegate-do = Transmitir
review-bulk = Responder a los elegidos
review-bulk-go = Responder
review-page-title = { $name }
used-until = hasta { $day }
review-bulk-hint = Marca accesos arriba. Todos reciben la misma respuesta, o ninguno.
review-overdue-title = Fuera de plazo: estos accesos están suspendidos
review-overdue-text = Conserva uno y vuelve a funcionar al instante. Lo que siga sin respuesta el { $at } termina.
review-pack = Evidencia
review-cancel = Anular
review-cancel-do = Anular la revisión
review-cancel-hint = Lo respondido queda respondido; lo demás ni se conserva ni se retira.
review-filter-state = Estado
review-filter-any = Todos
review-filter-open = Esperan respuesta
review-start = Comenzar una revisión
review-start-do = Comenzar
review-start-title = Título
review-start-title-hint = Por ejemplo «Datos personales, primavera». Puede quedar vacío.
review-start-owner = Responde
review-start-owner-any = Cualquiera
review-start-sensitivity = Sensibilidad
review-start-sensitivity-any = Cualquiera
review-start-role = Rol
review-start-due = Días para responder
review-start-grace = Días de suspensión antes del final
review-start-grace-hint = Lo que no tenga respuesta al vencer el plazo se suspende ese tiempo y luego termina.
notice-review-started = La revisión ha comenzado y se ha avisado a quienes deben responder.
notice-review-answered = Respondido.
notice-review-delegated = Transmitido.
notice-review-cancelled = La revisión queda anulada.
notices-review_asks = { $name } espera tus respuestas
notices-review_due = { $name }: el plazo está cerca
notices-review_overdue = { $name } está fuera de plazo: hay accesos suspendidos
notices-review-text = { $n ->
    [one] { $n } acceso espera tu respuesta. Plazo: { $at }.
   *[other] { $n } accesos esperan tu respuesta. Plazo: { $at }.
}
notices-review-text-for = { $n ->
    [one] { $n } acceso espera tu respuesta en lugar de { $owner }. Plazo: { $at }.
   *[other] { $n } accesos esperan tu respuesta en lugar de { $owner }. Plazo: { $at }.
}
notices-access_unreviewed = Tu acceso { $name } está suspendido
notices-access_unreviewed-text = Venció su revisión y nadie dijo que deba conservarse. Habla con el responsable del rol; si no, termina el { $at }.
notices-access_removed = Tu acceso { $name } ha terminado
notices-access_removed-text = Una revisión lo retiró el { $at }. Si todavía lo necesitas, vuelve a pedirlo.
notices-access_lapsed = Tu acceso { $name } ha terminado sin revisar
notices-access_lapsed-text = Nadie respondió a su revisión y terminó el { $at }. Si todavía lo necesitas, vuelve a pedirlo.
refusal-no-such-review = No existe esa revisión.
refusal-no-such-review-line = No existe esa línea en esta revisión.
refusal-review-empty = Nadie tiene nada de lo que trataría esta revisión, o todo se está revisando ya.
refusal-review-too-large = Una revisión tiene como mucho { $most } concesiones. Comienza varias, por rol o por responsable.
refusal-review-bad-due = Una revisión vence en 1 a 366 días, y lo no respondido termina como mucho 366 días después.
refusal-review-title-too-long = Un título tiene como mucho { $most } caracteres.
refusal-review-own-grant = Nadie revisa su propio acceso.
refusal-review-delegators-own = Decides en lugar de la persona que tiene este acceso: lo revisan otras.
refusal-review-not-yours = Este acceso lo revisa otra persona.
refusal-review-line-answered = Esta línea { $state ->
    [kept] ya se conservó
    [removed] ya se retiró
    [lapsed] terminó sin respuesta
    [gone] terminó antes de que nadie respondiera
   *[cancelled] ya no está abierta
}.
refusal-review-not-open = Esta revisión { $state ->
    [closed] está cerrada
   *[cancelled] se anuló
}.
refusal-review-due = El plazo ha vencido: lo que está fuera de plazo está suspendido y espera respuesta.
refusal-review-unfit-delegate = Esta persona no puede responder: es su propio acceso o el de alguien en cuyo lugar decide, ya se le ha preguntado o su cuenta no está activa.
