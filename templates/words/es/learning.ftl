### Lo que ve quien aprende: inicio, cursos, pruebas, intentos, resultados.

just = { $text }
period-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
period-months = { $n ->
    [one] { $n } mes
   *[other] { $n } meses
}
period-years = { $n ->
    [one] { $n } año
   *[other] { $n } años
}
minutes = { $n } min
about-time = unos { $span }
until = Hasta
progress = { $done } de { $of } hechos
step-from = desde { $at }
next-chance = Próxima oportunidad
best-mark = mejor nota: { $mark } %
questions = { $n ->
    [one] { $n } pregunta
   *[other] { $n } preguntas
}
question = Pregunta
points = { $n ->
    [one] { $n } punto
   *[other] { $n } puntos
}
points-of = { $points } de { $max }
pass-at = se aprueba con { $mark } %
see-result = Ver el resultado
true = Verdadero
false = Falso
save = Guardar

## inicio
home-title = Inicio
home-hello = Hola, { $name }
home-welcome = Te damos la bienvenida, { $name }
home-lede = Lo que puedes abrir, hasta cuándo, y lo que está a un paso.
home-first-lede = Aquí aprendes cómo funcionan nuestros datos y obtienes el derecho a abrirlos. No se te pide nada que esta página no explique.
home-open-label = Un intento que quedó abierto
home-open-exam = Examen en curso
home-open-practice = Práctica en curso
home-open-answered = { $n } de { $of } preguntas respondidas.
home-open-left = Quedan { $left }.
home-open-resume = Continuar
home-decide = Decidir
home-lapsing = «{ $name }» termina { $far }
home-lapsing-at = Cuenta hasta el
home-lapsed = «{ $name }» ha caducado
home-lapsed-at = Contó hasta el
home-lapsing-roles = { $n ->
    [one] Con él se va tu acceso a
   *[other] Con él se van tus accesos a
}
home-renew = Renovar: { $title }
home-renew-from = Se puede renovar desde el
home-see-certificate = Ver el certificado
home-roles = Roles que puedes tener
home-roles-all = El catálogo completo
home-role-open = Sobre este rol
home-token = Obtener un token
home-away = a { $modules ->
    [0] { "" }
    [one] { $modules } módulo
   *[other] { $modules } módulos
}{ $modules ->
    [0] { "" }
   *[other] { $exams ->
        [0] { "" }
       *[other] { " y " }
    }
}{ $exams ->
    [0] { "" }
    [one] { $exams } examen
   *[other] { $exams } exámenes
} de distancia
home-requestable = Tienes todo lo que pide.
home-waiting = Tu solicitud la tienen las personas que deciden.
home-no-roles = Todavía no hay ningún rol abierto a nadie
home-no-roles-text = En cuanto se conecte un almacén, sus roles aparecerán aquí con lo que pide cada uno.
home-requests = Tus solicitudes
home-request-since = Enviada
home-request-by = decide { $by }
home-request-lapses = caduca
home-courses = Cursos en marcha
home-courses-all = Todos los cursos
home-no-courses = Nada en marcha
home-no-courses-text = Empieza un curso y te esperará aquí, en el punto en que lo dejaste.
home-begin = Un buen lugar para empezar
journey-label = Cómo funciona
journey-1 = Aprende
journey-1-text = Módulos cortos, hechos con nuestras tablas y nuestros errores.
journey-2 = Demuéstralo
journey-2-text = Un examen. Tus respuestas se guardan sobre la marcha.
journey-3 = Certifícate
journey-3-text = Un certificado con fecha que cualquiera puede comprobar.
journey-4 = Abre los datos
journey-4-text = Pide un rol, toma un token, usa tu propia herramienta.

## cursos
courses-title = Cursos
courses-lede = Cada uno dice cuánto dura, qué acredita y qué roles abre.
courses-find = Buscar un curso
courses-none = Ningún curso con estas palabras.
courses-empty = Todavía no hay cursos
courses-empty-text = Los cursos son archivos. En cuanto el equipo de datos cargue alguno, estará aquí.
course-left = { $done } de { $of } hechos · quedan { $left }
course-until = con certificado hasta el { $day }
course-opens = Abre
course-go-on = Seguir
course-begin = Empezar
course-go-on-to = Seguir: { $title }
course-look-at = Empieza con: { $title }
course-enrol = Inscribirme
course-next = A continuación:
course-held = Tienes su certificado hasta el
course-held-expiring = Tu certificado está a punto de caducar:
course-held-superseded = Una versión nueva ha sustituido tu certificado; cuenta hasta el
course-held-expired = Tu certificado ha caducado:
course-held-revoked = Tu certificado se revocó; habría terminado el
course-modules = Módulos
course-exams = Examen
course-about = Sobre este curso
course-read-at = leído el
course-after = después de
course-practice = { $n ->
    [one] Práctica, { $n } pregunta
   *[other] Práctica, { $n } preguntas
}
course-practice-best = Práctica, mejor nota { $mark } %
course-earns = Acredita
valid-for = Cuenta durante
renewal = Renovación
renewal-before = en los últimos { $span }
course-opens-roles = Roles que abre
course-before = Antes de este curso
course-objectives = Después sabrás
course-version = versión { $version }
course-write = Escribir a sus autores
exam-pause = Pausa
exam-go = Ver las reglas y empezar
module-of = Módulo { $n } de { $of }
module-read = Leído
module-untranslated = Este módulo todavía no está traducido; aquí está en inglés.
module-contents = En esta página
module-objectives = Sabrás
module-end = Fin del módulo
module-done-title = Has leído este módulo.
module-mark-title = ¿Has terminado de leer?
module-mark-text = Cuenta para el certificado.
module-mark = Marcar como leído
module-turn = Otros módulos

## antes de una prueba
quiz-practice = Práctica
quiz-exam = Examen
quiz-practice-lede = Tantas veces como quieras, y cada respuesta se explica después. Aquí no se cuenta nada.
quiz-exam-earns = El último paso hacia el certificado «{ $name }».
quiz-exam-lede = Lee las reglas y empieza cuando tengas el tiempo seguido.
quiz-rules = Reglas
rule-questions = { $n ->
    [one] pregunta
   *[other] preguntas
}
rule-pass = para aprobar
rule-time = de principio a fin
rule-no-limit-figure = ∞
rule-no-limit = sin límite de tiempo
rule-left-figure = { $left } de { $max }
rule-attempts = intentos que quedan en { $span }
rule-free = intentos, no se cuentan
quiz-how = Cómo va
how-saved = Cada respuesta se guarda según la das. Cierra el portátil, vuelve en otro y sigue.
how-clock = El reloj corre en el servidor desde que empiezas y no se para cuando te vas. Cuando termina, se entrega lo guardado.
how-minimums = Además del total, estas partes tienen su propio mínimo:
how-pauses = La pausa antes del intento siguiente, de uno a otro:
no-pause = ninguna
how-review-full = Después ves cada pregunta con la respuesta correcta y el porqué.
how-review-score = Después ves tu nota y cómo ha ido cada objetivo; las preguntas siguen cerradas para poder volver a usarlas.
quiz-past = Tus intentos
col-when = Empezado
col-result = Resultado
col-mark = Nota
col-took = Duró
col-open = Abrir
quiz-start-label = Empezar
quiz-open = Todavía abierto
quiz-open-until = Termina
quiz-not-now = Ahora no
do-first = Primero:
quiz-ready = ¿Listo?
quiz-ready-practice = Pruébalo
quiz-ready-text = Tendrás { $span }. Un intento cuenta desde el momento en que empiezas.
quiz-ready-free = Un intento cuenta desde el momento en que empiezas.
quiz-ready-practice-text = Preguntas nuevas cada vez.
quiz-start = Empezar el examen
quiz-start-practice = Empezar a practicar

## un intento
attempt-until = Termina a las
attempt-left = Tiempo restante
attempt-saved-at = guardado
attempt-saving = guardando…
attempt-unsaved = Sin guardar. Intentándolo otra vez…
attempt-refused = Una respuesta no está guardada
attempt-nothing-yet = Las respuestas se guardan según las das
attempt-answered-word = respondidas
attempt-of = { $n ->
    [one] de { $n } pregunta respondida
   *[other] de { $n } preguntas respondidas
}
attempt-navigator = Preguntas
attempt-questions = Preguntas y respuestas
attempt-finish = Terminar…
attempt-save = Guardar esta respuesta
attempt-save-all = Guardar todo
attempt-several = Elige todas las que correspondan.
attempt-flag = Volver a ella
attempt-clear = Quitar la respuesta
attempt-number = Tu número
attempt-short = Tu respuesta
attempt-elsewhere-title = Este intento sigue en otra ventana
attempt-elsewhere-text = Desde allí llegó una respuesta más nueva, así que esta solo muestra. No se ha perdido nada.
attempt-take-over = Seguir aquí
attempt-over-title = Se acabó el tiempo
attempt-over-text = Se ha entregado lo que estaba guardado.
nav-answered = respondida
nav-open = abierta
nav-flagged = para volver a ella
submit-title = Entregar
submit-open-title = { $n ->
    [one] Una pregunta no tiene respuesta todavía
   *[other] { $n } preguntas no tienen respuesta todavía
}
submit-ready-title = Todo está respondido
submit-time = El tiempo termina
submit-unanswered = Sin respuesta
submit-flagged = Para volver a ellas
submit-final = Una vez entregado, no se puede cambiar nada.
submit-practice = Verás cada respuesta con su porqué.
submit-do = Entregar
submit-back = Volver a las preguntas

## después de un intento
result = Resultado
result-title = Resultado: { $quiz }
verdict-passed = Aprobado
verdict-failed = Esta vez no
verdict-pending_review = Lo corrige una persona
verdict-voided = Este intento no cuenta
verdict-practice = { $n } de { $of } puntos
verdict-passed-text = { $mark } %, y se pedía { $pass } %.
verdict-failed-text = Has llegado a { $mark } %; para aprobar hace falta { $pass } % y el mínimo de cada parte de abajo.
verdict-practice-text = La práctica no se cuenta. Mira las respuestas de abajo y vuelve a probar si quieres.
verdict-voided-text = Un administrador lo ha dejado sin efecto.
verdict-pending_review-text = Una persona lee tu respuesta y la corrige. El resultado estará aquí y, si apruebas, tu certificado llega en ese mismo momento.
verdict-nothing = Todavía no hay nota.
verdict-timed-out = Se acabó el tiempo; se ha entregado lo guardado.
mark-of = { $mark } %, con { $pass } % para aprobar
mark-points = { $max ->
    [one] { $points } de { $max } punto
   *[other] { $points } de { $max } puntos
}
earned-text = Tu certificado está listo. Cuenta hasta el
earned-opens = Abre el camino a
result-objectives = Por objetivo
objective-bar = { $title }: { $percent } %
minimum-met = al menos { $minimum } %: alcanzado
minimum-missed = hace falta al menos { $minimum } %
result-next = Qué viene ahora
result-missing = Todavía falta para el certificado:
result-read-again = Conviene releer:
result-again = Volver a probar
result-left = { $n ->
    [0] No quedan intentos en este periodo.
    [one] Queda { $n } intento en este periodo.
   *[other] Quedan { $n } intentos en este periodo.
}
result-request = Mira los roles que se apoyan en él y pide lo que necesites.
result-request-do = Ver los roles
result-course = Volver a «{ $title }»
result-review = Pregunta por pregunta
review-chosen-right = Tu respuesta, correcta
review-chosen-wrong = Tu respuesta
review-missed = Correcta, y no elegida
review-given = Tu respuesta
review-expected = Respuesta correcta

## sellos
stamp-since = desde el { $day }
stamp-until = hasta el { $day }
