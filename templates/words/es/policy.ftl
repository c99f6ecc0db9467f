### Políticas, delegación, y ciclos de vida de las solicitudes y las concesiones.

notices-delegation_begins = Decides en lugar de { $owner }
notices-delegation_begins-text = { $owner } está fuera: las solicitudes y revisiones que esperan su decisión te llegan a ti, hasta el
refusal-no-such-delegation = No existe esa delegación.
refusal-delegate-oneself = Nombra a otra persona: nadie decide en su propio lugar.
refusal-delegate-inactive = Esa persona no puede actuar ahora, así que tampoco decidir por nadie.
refusal-bad-period = Una delegación termina después de empezar, en el tiempo por venir, y dura { $most } días como mucho.
refusal-delegation-overlaps = Alguien decide ya en ese lugar, del { $from } al { $until }. Termina antes esa delegación o elige otro momento.
refusal-delegation-ended-already = Esta delegación ya terminó.
refusal-manager-loop = Esta persona ya responde ante la otra, así que no puede ser su responsable.
refusal-delegators-own-request = Decides en lugar de la persona de quien se trata: esto lo deciden otras.
approver-owners = las personas propietarias del rol
approver-manager = quien es responsable de la persona
turn-for = en lugar de { $name }
decide-place = Decides
decide-place-own = en tu propio lugar
decide-place-of = en lugar de { $name }
decide-in-place-of = Decides en lugar de { $name }, que está fuera.

delegations-title = Delegaciones
delegations-lede = Mientras alguien está fuera, otra persona decide en su lugar sobre las solicitudes que le esperan y responde a las revisiones. Nunca sobre una solicitud o un acceso suyo, y nadie decide dos veces.
delegations-link = ¿Estarás fuera? Deja que alguien decida en tu lugar
delegations-given = Quién decide por mí
delegations-given-none = Nadie. Decides tú.
delegations-had = Por quién decido
delegations-had-none = Por nadie más.
delegations-all = Todas
delegations-all-none = Nadie ha delegado nada todavía.
delegations-new = Nombrar a alguien
delegations-who = Quién decide en tu lugar
delegations-who-hint = Su dirección de correo.
delegations-from = Desde
delegations-from-hint = Vacío: ahora mismo.
delegations-until = Hasta
delegations-note = Unas palabras para esa persona
delegations-do = Delegar
delegations-end = Terminarla
delegations-end-label = Terminar la delegación de { $from } a { $to }
delegation-of = { $to } por { $from }
notice-delegated = Anotado. Desde entonces decide en tu lugar, y se le avisa.
notice-delegation-ended = La delegación ha terminado.

person-manager = Responsable
person-manager-none = Nadie
person-manager-hint = Decide cuando un rol pide la aprobación de la persona responsable. Vacío: nadie.
person-manager-save = Guardar responsable
notice-manager-saved = La persona responsable está guardada.

refusal-bad-start = El acceso empieza en el tiempo por venir, dentro de { $days } días.
refusal-outside-hours = Este rol solo se usa en su horario, que empieza a las { $from }.
refusal-grant-suspended-already = Esta concesión ya está suspendida.
refusal-grant-not-suspended = Nadie ha suspendido esta concesión.
refusal-own-grant = Nadie reactiva una concesión propia: lo hace otra persona que pueda suspenderla.
weekdays-short = lun|mar|mié|jue|vie|sáb|dom
role-hours = Horario
role-claim = Por reclamar
role-claim-within = en { $span }, con un token
role-by-rule = { $level ->
    [public] por la regla de los datos públicos
    [internal] por la regla de los datos internos
    [confidential] por la regla de los datos confidenciales
   *[personal] por la regla de los datos personales
}
role-closed-why = Solo se usa en su horario, que empieza { $at }.
note-closed = Solo se usa en su horario, que empieza { $at }.
permit-claim = Toma tu primer token antes de { $at }, o di que lo necesitas: lo que nadie reclama termina.
permit-claim-do = Lo necesito
notice-grant-claimed = Es tuya hasta su fin.
give-back = Devolver la concesión…
give-back-text = Ya no abre nada, y sus tokens tampoco. Si la necesitas otra vez, vuelve a solicitarla.
give-back-do = Devolverla
notice-grant-given-back = La has devuelto. Ya no abre nada.
ask-starts = ¿Desde cuándo?
ask-starts-hint = Vacío: en cuanto se conceda. El tiempo cuenta desde ahí.
explain-why-hours = solo se usa en su horario, que empieza { $at }
explain-why-unclaimed = nadie la reclamó antes de { $at }
proof-suspend = Suspender esta concesión
proof-suspend-text = No abre nada desde ahora, y su renovación tampoco, ni lo que se pida cuando acabe su tiempo, hasta que alguien la deje seguir. Su fin no cambia. La persona y el registro conocen el motivo.
grant-suspend-do = Suspenderla
proof-reactivate = Dejar seguir esta concesión
proof-reactivate-text = Vuelve a estar en vigor si todo lo demás se cumple. Lo que terminó entretanto sigue terminado.
grant-reactivate-do = Dejarla seguir
notice-grant-suspended = La concesión está suspendida. Ya no se emite ningún token con ella.
notice-grant-reactivated = La concesión sigue, si todo lo demás se cumple.

refusal-too-many-at-once = Elige entre una y { $most } solicitudes a la vez.
policies-title = Vista previa de políticas
policies-nav = Políticas
policies-lede = Qué cambiaría si se cargara este catálogo: rol por rol, para quién, y qué queda igual. Aquí no cambia nada.
policies-would = Si se cargara este archivo
policies-wrong = Este archivo no se aceptaría
policies-same = No cambiaría nada: ningún rol, ninguna solicitud, ninguna concesión.
policies-fate = { $fate ->
    [added] nuevo
    [gone] sale del catálogo
    [moved] pasa a otro almacén
   *[other] cambia
}
policies-beside = Solo difiere lo que rodea su política: no toca ninguna solicitud ni concesión.
policies-unused = Las concesiones que nadie usa terminan por esta regla, también las que ya existen.
policies-catalogue = Aparte de los roles
policies-blocked = { $n ->
    [one] A una persona le faltaría algo que hoy no le falta.
   *[other] A { $n } personas les faltaría algo que hoy no les falta.
}
policies-requests = { $n ->
    [one] Una solicitud abierta
   *[other] { $n } solicitudes abiertas
}
policies-grants = { $n ->
    [one] Una concesión
   *[other] { $n } concesiones
}
policies-effect = { $effect ->
    [lapses] caduca
    [ends] termina
    [blocked] conserva su política; en la próxima solicitud falta una certificación
   *[keeps] conserva su política; la nueva vale en la próxima solicitud
}
policies-text = El archivo
policies-field = access.yaml
policies-field-hint = Aquí está lo que está en vigor. Cámbialo o pega otro.
policies-do = Ver el efecto
policy-nothing = nada
role-policies = La política con el tiempo
role-policies-text = Qué valía cuándo, y qué cambió cada versión
role-policy-since = En vigor desde { $at }
bulk-tick = Decidir junto con otras
bulk-title = Decidir varias a la vez
bulk-text = Las marcadas arriba se deciden cada una por sí misma, una tras otra, con las mismas palabras.
waiting-title = Quién espera a quién
waiting-text = Solicitudes abiertas de otras personas, la próxima en caducar primero
waiting-who = Solicitud
waiting-whom = Espera
waiting-on = { $on ->
    [certification] una certificación: { $whom }
    [answer] una respuesta de { $whom }
   *[other] una palabra de { $whom }
}
comments-title = Comentarios
comments-new = Decir algo
comments-hint = No decide nada. Lo lee quien puede leer la solicitud.
comments-do = Comentar
comments-erased = Borrado.
notice-commented = Tu comentario queda guardado.
policy-field = { $field ->
    [requires] Certificaciones
    [approval] Aprobación
    [max_duration] Concesión más larga
    [token_lifetime] Un token
    [reason] Motivo
    [grace_after_lapse] Gracia tras el vencimiento
    [undecided_for] Una solicitud espera
    [hours] Horario
    [claim_by] Por reclamar en
    [warehouse] Almacén
    [name] Nombre allí
    [sensitivity] Sensibilidad
    [owner] Propietario
    [data] Datos
    [review_every] Revisión cada
    [end_unused_after] Termina sin uso tras
    [end_unused_notice] Se avisa antes
    [break_glass] Acceso de emergencia
    [kind] Tipo de almacén
    [audience] Audiencia de los tokens
    [signing] Firma de los tokens
    [typ] Tipo de los tokens
    [login] Nombre de las personas en el almacén
    [host] Servidor
    [account] Cuenta
    [database] Base de datos
    [schema] Esquema
    [compute] Lo que ejecuta las consultas
   *[other] { $field }
}

notices-request_waits = { $owner } pide { $name }
notices-request_waits-text = La solicitud espera tu decisión y caduca el { $at }.
notices-request_lapses = La solicitud de { $owner } para { $name } está a punto de caducar
notices-request_lapses-text = Si no pasa nada, caduca el { $at }.
notices-request_approved = Aprobado: { $name }
notices-request_approved-text = Tu solicitud fue aprobada el { $at }.
notices-request_rejected = Rechazado: { $name }
notices-request_rejected-text = Tu solicitud fue rechazada el { $at }. Lo que se dijo de ella se lee con ella.
notices-request_returned = Una pregunta sobre tu solicitud de { $name }
notices-request_returned-text = Te fue devuelta el { $at }. Responde a la pregunta y vuelve a pedirlo, o caducará.
notices-request_lapsed = Caducada: { $name }
notices-request_lapsed-text = Tu solicitud caducó el { $at }. Si todavía necesitas el rol, vuelve a pedirlo.
notices-request_commented = Un comentario sobre la solicitud de { $owner } para { $name }
notices-request_commented-text = Alguien dijo algo el { $at }.
notices-access_ends = Tu acceso { $name } termina pronto
notices-access_ends-text = Termina el { $at }. Ya puedes volver a pedirlo, sin interrupción.
notices-access_held = Tu acceso { $name } está suspendido
notices-access_held-text = Está retenido desde el { $at }, y mientras tanto no funciona. La página del rol dice por qué, y qué lo restablece.
notices-access_ended = Tu acceso { $name } ha terminado antes de tiempo
notices-access_ended-text = Terminó el { $at }. La página del rol dice por qué. Si todavía lo necesitas, vuelve a pedirlo.
notices-access_withdrawn = Tu acceso { $name } ha terminado: su rol se retiró
notices-access_withdrawn-text = Terminó el { $at }: el rol salió del catálogo, o pasó a otro almacén. Lo que se puede pedir está en el catálogo.
notices-emergency_taken = Acceso de emergencia de { $owner }: { $name }
notices-emergency_taken-text = { $owner } tomó este rol sin aprobación. Termina a las
notices-emergency_overdue = Nadie ha juzgado el acceso de emergencia de { $owner }: { $name }
notices-emergency_overdue-text = { $owner } tomó este rol sin aprobación. Otra persona debía juzgarlo antes del
refusal-no-such-emergency = No existe ese acceso de emergencia.
refusal-not-on-call = Solo admins y personas de guardia toman un acceso de emergencia. Solicita el rol.
refusal-access-in-effect = Ya tienes este rol en vigor, hasta { $until }.
refusal-own-emergency = Otra persona juzga lo que tomaste tú.
refusal-emergency-reviewed-already = Esto ya se juzgó.
glass-title = Acceso de emergencia
glass-lede = Un rol ahora mismo, por unas horas, sin aprobación: para emergencias. Sus certificaciones siguen siendo necesarias, se enteran todas las personas que supervisan, y otra lo juzga después.
glass-overdue = { $n ->
    [one] Un acceso ya debía estar juzgado.
   *[other] { $n } accesos ya debían estar juzgados.
}
glass-take = Tomar un rol ahora
glass-take-text = Entra en vigor enseguida, por { $span }. Se avisa a las personas propietarias del rol, a admins y a auditoría, con tu motivo.
glass-role = Rol
glass-reason-hint = Qué ha pasado, y para qué necesitas el rol.
glass-take-do = Tomar acceso de emergencia
glass-uses = Lo que se tomó
glass-open = { $n ->
    [one] { $n } por juzgar
   *[other] { $n } por juzgar
}
glass-running = aún en vigor
glass-tokens = { $n ->
    [one] { $n } token
   *[other] { $n } tokens
}
glass-review-by = por juzgar antes de { $at }
glass-review = Juzgarlo
glass-review-hint = Necesario; se guarda para siempre. Lo que no se justifica termina enseguida.
glass-justified = Justificado
glass-unjustified = No justificado
glass-state = { $state ->
    [overdue] Atrasado
    [approved] Justificado
    [rejected] No justificado
   *[other] Por juzgar
}
status-taken = Tomado
status-justified = Justificado
status-unjustified = No justificado
glass-none = Nadie ha tomado un acceso de emergencia
glass-none-text = Los roles tomados de emergencia están aquí, con lo que otra persona dice de ello.
notice-glass-broken = El rol está en vigor. Se ha avisado a quienes supervisan.
notice-glass-reviewed = Tu juicio queda guardado.
