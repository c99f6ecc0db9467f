### Las preguntas de la auditoría.

nav-reports = Informes
reports-title = Informes
reports-lede = Las preguntas de la auditoría. Cada una se responde a un momento dado, también sobre personas y roles que ya no están.
reports-own-roles = Puedes preguntar por los roles de los que respondes.
reports-noted = Quién lee un informe, y qué preguntó, queda anotado en el registro.
report-page-title = Informe: { $title }
report-number = Pregunta { $n }
report-ask = Responder
report-choose-role = Elige un rol
role-withdrawn = { $name } (retirado)
report-as-of = A { $at }
report-about = Sobre
report-forecast = Este momento está por venir: es lo que habrá si nada cambia hasta entonces.
report-period = De { $from } a { $until }
report-noted = Esta consulta queda anotada en el registro.
report-figure-bad = Esto no debería ser
report-figure-good = Como debe ser
report-nothing = Ninguna línea
report-nothing-text = Nada en los datos responde a esta pregunta en ese momento.
report-command = En la línea de órdenes:
report-cell-none = nada
report-yes = Sí
report-no = No
report-from-hint = Si no lo dices, { $days } días antes del momento preguntado.

refusal-no-such-report = No existe ese informe: { $id }.
refusal-report-needs = Este informe necesita saber: { $parameter ->
    [person] la persona
    [role] el rol
    [at] el momento
   *[other] { $parameter }
}.
refusal-report-takes-not = A este informe no se le puede preguntar por: { $parameter ->
    [person] una persona
    [role] un rol
    [at] un momento; dice lo que hay ahora
    [from] un período
    [until] un período
    [days] un número de días
    [client] una herramienta
    [address] una dirección
    [team] un equipo
    [kind] una clase
   *[other] { $parameter }
}.

report-parameter-person = Persona
report-parameter-role = Rol
report-parameter-at = En el momento
report-parameter-from = Desde
report-parameter-until = Antes de

report-title-holders-now = Titulares ahora
report-question-holders-now = ¿Quién tiene un rol ahora?
report-moment-holders-now = Todo lo que se concedió y no ha terminado. El estado dice por qué un acceso no está en vigor. Para otro momento, usa el informe «Titulares en un momento».
report-title-holders-at = Titulares en un momento
report-question-holders-at = ¿Quién tenía un rol en un momento dado?
report-moment-holders-at = Todo lo que estaba concedido en ese momento y no había terminado, con su estado de entonces. «Hasta» es cuando termina, o cuando terminó después.
report-title-why-held = Por qué se tiene un rol
report-question-why-held = ¿Por qué tiene esta persona este rol: toda la cadena?
report-moment-why-held = Cada paso hasta ese momento: exámenes, certificados, solicitudes, decisiones, la concesión, los bloqueos y cada token.
report-title-approvals = Aprobaciones
report-question-approvals = ¿Quién aprobó, y alguien intervino en su propio caso?
report-moment-approvals = Lo que se decidió en el período, hasta ese momento; y lo que una política concedió sin que nadie decidiera.
report-title-certified-when-used = Certificado al usarlo
report-question-certified-when-used = ¿Estaba certificada esta persona, y en qué versión, cuando se concedió el acceso y cada vez que se usó?
report-moment-certified-when-used = Cada concesión y cada token del período hasta ese momento, con cada parte del requisito que regía para él. Un certificado solo cuenta si ya estaba emitido.

report-column-person = Persona
report-column-role = Rol
report-column-warehouse = Almacén
report-column-starts = Desde
report-column-ends = Hasta
report-column-state = Estado
report-column-effective = En vigor
report-column-grant = Concesión
report-column-request = Solicitud
report-column-when = Cuándo
report-column-step = Paso
report-column-what = Qué
report-column-by = Por
report-column-words = En palabras
report-column-thing = Documento
report-column-decided = Decidido
report-column-decision = Decisión
report-column-decided_by = Decidido por
report-column-approver = Quién decidió
report-column-on_behalf_of = En lugar de
report-column-own_case = Caso propio
report-column-use = Momento
report-column-requirement = Requisito
report-column-certified = Con certificado
report-column-course = Curso
report-column-course_version = Versión
report-column-valid_from = Cuenta desde
report-column-valid_until = Cuenta hasta
report-column-certificate = Certificado

report-word-step-attempt = Examen
report-word-step-certificate = Certificado
report-word-step-request = Solicitud
report-word-step-decision = Decisión
report-word-step-grant = Concesión
report-word-step-held = Retención
report-word-step-lock = Bloqueo
report-word-step-account = Cuenta
report-word-step-token = Token
report-word-by-person = Una persona
report-word-by-policy = La política sola
report-word-use-given = Acceso concedido
report-word-use-began = Acceso iniciado
report-word-use-token = Token emitido

report-figure-effective = En vigor en ese momento
report-figure-decisions = Decisiones
report-figure-own_cases = Decisiones en el caso propio
report-figure-grants = Concesiones dadas
report-figure-tokens = Tokens
report-figure-uncertified = Sin certificado

report-days-hint = Si no lo dices, { $days } días.
report-parameter-days = Días sin uso
report-parameter-client = Herramienta (client_id o nombre)
report-parameter-address = Dirección

report-title-without-certificate = Concesiones sin certificado
report-question-without-certificate = ¿Quién tiene una concesión sin un certificado válido? Ninguna puede estar en vigor.
report-moment-without-certificate = Cada concesión que corría en ese momento, frente a los certificados que contaban entonces. Se lista cada una a la que le falta alguno, y si abría algo.
report-title-durations = Cuánto se tarda
report-question-durations = ¿Cuánto se tarda de la solicitud al acceso, y del vencimiento a quedarse sin acceso?
report-moment-durations = Cada caso del período hasta ese momento. Habilis dice que no desde el mismo instante del vencimiento; el tiempo indicado llega hasta el fin del último token emitido antes, para un almacén que nunca pregunta aquí. El acceso empieza cuando se concede, o en su inicio si es posterior; una renovación sin interrupción no es una espera y no figura.
report-title-unused = Sin uso
report-question-unused = ¿Qué concesiones no se usaron durante tantos días?
report-moment-unused = Cada concesión que corría en ese momento y ya había empezado, con el último token emitido por ella.
report-title-tokens = Tokens emitidos
report-question-tokens = ¿Qué tokens se emitieron, por persona, rol, herramienta y dirección?
report-moment-tokens = Cada token del período hasta ese momento, contado por quién lo recibió, para qué, con qué herramienta y desde dónde.
report-title-leaver = Una baja
report-question-leaver = Esta persona se fue: ¿ha desaparecido todo, y cuándo?
report-moment-leaver = La cuenta, y todo lo que había cuando se cerró: si había desaparecido en ese momento. De quien no se ha ido, todo lo que había. De lo que sigue ahí se dice cuándo termina por sí solo, si se sabe.

report-column-missing = Le falta
report-column-lost = Falta desde
report-column-case = Caso
report-column-began = De
report-column-done = A
report-column-took_seconds = Duración
report-column-last_used = Último uso
report-column-unused_days = Días sin uso
report-column-tool = Herramienta
report-column-client = client_id
report-column-address = Dirección
report-column-tokens = Tokens
report-column-first = Primero
report-column-last = Último
report-column-kind = Clase
report-column-since = Desde
report-column-is_gone = Desaparecido
report-column-gone = Desapareció
report-column-after_seconds = Tras la baja
report-column-gone_by = Termina a más tardar

report-word-case-request = De la solicitud al acceso
report-word-case-certificate = Del fin de un certificado al fin del acceso
report-word-case-grant = Del fin de una concesión al fin del acceso
report-word-left-account = Cuenta
report-word-left-session = Sesión
report-word-left-grant = Concesión
report-word-left-request = Solicitud
report-word-left-token = Token
report-word-left-tool = Herramienta conectada
report-word-left-link = Enlace de un solo uso
report-word-left-service = Cuenta de servicio
report-word-left-identity = Inicio de sesión en otro sitio
report-word-left-credential = Credencial que creó
report-word-left-webhook = Secreto de webhook que creó

report-figure-without_certificate = Concesiones sin certificado
report-figure-without_and_effective = De ellas en vigor
report-figure-access_cases = Solicitudes que llevaron a un acceso
report-figure-access_median = Hasta el acceso: la mitad en menos de
report-figure-access_p90 = Hasta el acceso: nueve de cada diez en menos de
report-figure-lapse_cases = Vencimientos
report-figure-lapse_median = Hasta quedarse sin acceso: la mitad en menos de
report-figure-lapse_p90 = Hasta quedarse sin acceso: nueve de cada diez en menos de
report-figure-unused = Concesiones sin uso
report-figure-never_used = De ellas nunca usadas
report-figure-use_unknown = Uso que ya no se conoce
report-figure-people = Personas
report-figure-tools = Herramientas
report-figure-addresses = Direcciones
report-figure-left = Cerrada desde
report-figure-not_shut_out = No estaba cerrada en ese momento
report-figure-all_gone = Todo desaparecido
report-figure-still_there = Todavía está
report-figure-gone_by = Todo había desaparecido
report-figure-will_be_gone_by = Todo termina a más tardar

report-title-policy-then = Política en un momento
report-question-policy-then = ¿Qué política se aplicaba entonces a un rol, y qué cambió desde entonces?
report-moment-policy-then = La política en vigor en ese momento, y cada una desde entonces hasta ahora, con lo que cambió. Que el rol se retiró del catálogo se cuenta también como un cambio.
report-column-applied = Aplicada
report-column-until = Hasta
report-column-changed = Cambió
report-column-approval = Aprobación
report-column-max_seconds = Como máximo
report-column-token_seconds = Un token
report-column-grace_seconds = Gracia
report-column-policy = Política
report-word-applied-then = Entonces
report-word-applied-since = Después
report-word-policy-requires = el requisito
report-word-policy-approval = la aprobación
report-word-policy-max_duration = cuánto dura el acceso
report-word-policy-token_lifetime = cuánto dura un token
report-word-policy-reason = si hace falta un motivo
report-word-policy-grace_after_lapse = la gracia tras un vencimiento
report-word-policy-undecided_for = cuánto espera una solicitud
report-word-policy-withdrawn = retirado del catálogo
report-word-policy-returned = de vuelta en el catálogo
report-figure-changes = Cambios desde entonces
report-figure-withdrawn = Retirado del catálogo

report-title-reviews = Revisiones
report-question-reviews = ¿Se hicieron las revisiones a tiempo, y qué se retiró?
report-moment-reviews = Cada línea de las revisiones que empezaron en el período, con su respuesta en ese momento. Lo que nadie había respondido al vencer no estaba a tiempo.
report-column-title = Revisión
report-column-answer = Respuesta
report-column-on_time = A tiempo
report-column-due = Vence
report-column-answered = Respondido
report-column-answered_by = Respondido por
report-column-review = Documento
report-figure-review_lines = Líneas
report-figure-answered_in_time = Respondidas a tiempo
report-figure-late = Con retraso
report-figure-removed = Retiradas
report-figure-lapsed = Terminadas sin respuesta
report-word-state-pending = Abierta
report-word-state-delegated = Pasada a otra persona
report-word-state-cancelled = Cancelada

report-title-log-integrity = ¿Está íntegro el registro?
report-question-log-integrity = ¿Está este registro completo y sin alterar?
report-moment-log-integrity = El árbol tal como se firmó por última vez en ese momento, los eventos del período byte a byte (los últimos 10 000), y lo que dio el último recorrido de todo el registro: cada día empieza uno. La casa se comprueba aquí a sí misma; un tercero comprueba una exportación con «habilis audit verify».
report-column-check = Comprobación
report-column-sound = Íntegro
report-column-looked_at = Examinados
report-column-wrong = Mal
report-column-found = Primero hallado
report-word-check-waiting = Cada evento tiene su posición a tiempo
report-word-check-listed = Cada evento está en el registro, o espera su posición
report-word-check-guarded = La base se niega a cambiar o borrar eventos
report-word-check-outside = De ningún lugar externo se dice que tenga más de lo que hay
report-word-check-keys = Cada clave del registro está nombrada por un evento que está en él
report-word-check-signature = El punto de control está firmado, y habla de este árbol
report-word-check-positions = Ninguna posición está vacía
report-word-check-events = Cada evento es lo que era, byte a byte
report-word-check-beside = Direcciones y palabras son las comprometidas, o se fueron con un borrado
report-word-check-whole = El último recorrido de todo el registro no halló nada distinto de lo firmado
report-figure-log_sound = Completo y sin alterar
report-figure-log_events = Eventos del registro firmado
report-figure-log_signed = Última firma
report-figure-log_unproved = Palabras que nada demuestra: un borrado les quitó nombres, o son anteriores al registro
report-figure-log_out_of_time = Eventos fechados más de cinco minutos antes que otro que los precede
report-figure-log_first_out_of_time = El primero de ellos, por su posición
report-figure-nothing_signed_yet = Aún no había nada firmado en ese momento
report-word-by-emergency = Nadie: una emergencia
report-word-state-emergency = Tomado en una emergencia
report-word-policy-hours = cuándo puede usarse el acceso
report-word-policy-claim_by = el plazo para tomar un acceso aprobado
