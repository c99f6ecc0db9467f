### Estadísticas de las preguntas, y rectificación de notas.

refusal-regrade-nothing-holds = Ningún examen corregido contiene la pregunta { $question } en esa versión.
refusal-regrade-same-version = La versión en vigor es la que figuraba en estos formularios: todavía no hay otra clave de corrección. Corrígela primero en el banco y carga el contenido, o elige otro tratamiento.
refusal-regrade-question-gone = Esta pregunta ya no está en el contenido, así que no hay clave nueva. Déjala aparte, o da sus puntos a todo el mundo.
refusal-regrade-type-changed = La pregunta era del tipo { $from } y ahora es del tipo { $to }: las respuestas a una no dicen nada a la otra. Déjala aparte, o da sus puntos a todo el mundo.
refusal-regrade-needs-judge = Ninguna clave corrige una pregunta de este tipo. Déjala aparte, o da sus puntos a todo el mundo.
refusal-regrade-changed = Algo ha cambiado desde la vista previa. Mírala otra vez, y aplica lo que veas entonces.
refusal-regrade-changes-nothing = Esto no cambiaría ninguna nota.

stat-title = Estadísticas de { $course }
stat-question-title = Estadísticas de { $question }
stat-heading = Qué dicen las respuestas
stat-lede = El primer intento de cada persona en cada examen. Con menos de { $least } no se muestra nada: diría más del azar que de una pregunta.
stat-see = Estadísticas
stat-preview = Vista previa
stat-percent = { $n } %
stat-interval = de { $low } a { $high }
stat-point = { $id }: facilidad { $facility }, discriminación { $discrimination }
stat-exams = Exámenes
stat-exam = Examen
stat-people = Personas
stat-attempts = { $n ->
    [one] { $n } intento en total
   *[other] { $n } intentos en total
}
stat-mean = Nota media
stat-passed = Aprobado a la primera
stat-alpha = Alfa
stat-error = Error típico
stat-alpha-whole = formulario completo: { $items } preguntas, { $people } personas
stat-alpha-part = { $items } preguntas que tuvieron las { $people } personas
stat-alpha-none = muy pocas personas tuvieron las mismas preguntas
stat-plot = Fáciles y difíciles, finas y romas
stat-plot-text = A la derecha, lo que sabe casi todo el mundo; arriba, lo que distingue a quienes saben más de quienes saben menos. Por debajo de la línea, algo va mal.
stat-plot-label = Preguntas según su facilidad y su discriminación; la tabla de abajo dice lo mismo
stat-facility = Facilidad
stat-discrimination = Discriminación
stat-efficiency = Eficiencia, %
stat-time = Tiempo
stat-fine = nada llama la atención
stat-notice = conviene mirarla
stat-serious = probablemente está mal
stat-questions = Preguntas
stat-question = Pregunta
stat-answers = Primeros intentos
stat-exposure = { $n ->
    [one] mostrada { $n } vez
   *[other] mostrada { $n } veces
}
stat-flagged = { $n } de { $of } tienen una señal
stat-sort = Ordenar por
stat-sort-flag = Con señales, primero
stat-sort-file = Como en los archivos
stat-sort-facility = Las más difíciles, primero
stat-sort-discrimination = Las más romas, primero
stat-too-few = Todavía hay muy pocas respuestas
stat-few = { $n } primeros intentos hasta ahora; a partir de { $least }, las cifras estarán aquí.
stat-empty = Todavía no pregunta nada ningún examen
stat-empty-text = En cuanto un curso tenga un examen, sus preguntas estarán aquí.
stat-how = Cómo se hacen estas cifras
stat-how-text = <p><strong>Facilidad</strong>: la parte media de los puntos, con el intervalo de Wilson al 95 % donde una respuesta es correcta o incorrecta, y si no, por la aproximación normal. <strong>Discriminación</strong>: la correlación de Pearson con la parte de los puntos de todo lo demás del formulario, con el intervalo de Fisher al 95 %. <strong>Eficiencia</strong>: esa covarianza, en tanto por ciento de la mayor que permiten estas notas. <strong>Alfa</strong> y <strong>error típico</strong>, solo donde { $least } personas o más respondieron a las mismas preguntas. <strong>Tiempo</strong>: la mediana entre un primer guardado y el siguiente; la gente va y viene, así que tómalo como un indicio. Las notas son las de la clave del formulario: las rectificaciones no las tocan. Un aviso dice «probablemente está mal» solo donde el intervalo excluye el azar; para un distractor y la clave, según la prueba de Meng, Rosenthal y Rubin (1992).</p>
stat-flag-negative-discrimination = Discriminación negativa
stat-flag-negative-discrimination-text = A quienes les va bien en lo demás, aquí les va peor ({ $value }). Revisa la clave.
stat-flag-negative-discrimination-maybe-text = Quienes aciertan lo demás fallan aquí ({ $value }), pero por ahora puede ser azar: el intervalo pasa del cero.
stat-flag-distractor-beats-key = Un distractor gana a la clave
stat-flag-distractor-beats-key-text = Quienes más saben eligen «{ $option }» ({ $value }) en lugar de lo que cuenta como correcto ({ $key }). Revisa la clave y la redacción.
stat-flag-distractor-beats-key-maybe-text = Quienes más saben eligen «{ $option }» ({ $value }) en lugar de lo que cuenta como correcto ({ $key }), pero por ahora la diferencia puede ser azar.
stat-flag-too-easy = Demasiado fácil
stat-flag-too-easy-text = Se consigue un { $value } de los puntos: no distingue a nadie.
stat-flag-too-hard = Demasiado difícil
stat-flag-too-hard-text = Solo se consigue un { $value } de los puntos.
stat-flag-distractor-never-chosen = Un distractor que nadie elige
stat-flag-distractor-never-chosen-text = Nadie ha elegido nunca «{ $option }». Hazlo más tentador, o quítalo.
stat-version = Versión
stat-in-force = En vigor
stat-older = Anterior
stat-met = del { $first } al { $last }
stat-options = Qué hacen las opciones
stat-option = Opción
stat-chosen = Elegida
stat-pull = Biserial puntual
stat-key = Clave
stat-distractor = Distractor
stat-row = Fila
stat-trace = De quienes menos saben a quienes más
stat-trace-label = Facilidad por quintas partes de las personas, primero las que menos saben; la tabla de abajo dice lo mismo
stat-weak = quinta parte más baja
stat-strong = la más alta
stat-fifth = Quinta parte
stat-as-table = En una tabla
stat-gone = Esta pregunta ya no está en el contenido.
stat-regrade = Rectificar notas…
stat-corrected-marks = Notas rectificadas
stat-corrected-passed = aprobado: { $n }
stat-by-new-key = respuestas anteriores, clave nueva
stat-by-new-key-text = Lo que se respondió antes de la rectificación, calificado con la clave en vigor: si la clave nueva es buena, el aviso desaparece y la discriminación es positiva. El resto de cada examen vale lo que se dio al principio.
stat-corrected = { $n ->
    [one] Las notas de esta pregunta se rectificaron una vez.
   *[other] Las notas de esta pregunta se rectificaron { $n } veces.
}
stat-corrected-see = Ver cuándo y por qué

regrade = Rectificar notas
regrade-title = Rectificar las notas de { $question }
regrade-heading = Rectificar las notas
regrade-lede = Los intentos conservan su formulario y su primera nota. Una rectificación queda al lado, con su motivo, para todas las personas a las que afecta.
regrade-how = Qué pasa con la pregunta
regrade-new_key = Usar la clave nueva
regrade-new_key-text = Cada respuesta se corrige con la versión en vigor. Una opción que ya no está cuenta como no elegida.
regrade-full_marks = Todos los puntos para todo el mundo
regrade-full_marks-text = Nadie pierde con ello.
regrade-set_aside = Dejar aparte la pregunta
regrade-set_aside-text = Sale del total, para bien o para mal.
regrade-from = Versión de los formularios
regrade-from-hint = La que estaba mal
regrade-version = { $hash } · { $n ->
    [one] { $n } intento
   *[other] { $n } intentos
}, el último el { $day }
regrade-take-back = Retirar certificados
regrade-take-back-text = Sin esto, quien obtuvo un certificado de buena fe lo conserva hasta que caduque.
regrade-look = Mostrar qué cambiaría
regrade-preview = Qué cambiaría
regrade-preview-text = Todavía no se ha cambiado nada.
regrade-changed = notas cambian, en { $n } intentos de { $people } personas
regrade-now-passed = intentos que ahora aprueban
regrade-now-failed = intentos que ahora no aprueban
regrade-marks = Notas
regrade-marks-text = { $higher } suben, { $lower } bajan
regrade-rekeyed = Correcto e incorrecto, al revés
regrade-added = Opciones nuevas
regrade-added-text = nadie podía elegirlas
regrade-removed = Opciones que ya no están
regrade-removed-text = cuentan como no elegidas
regrade-open = Todavía sin corregir
regrade-open-text = { $n ->
    [one] { $n } intento, que se rectifica en cuanto esté corregido
   *[other] { $n } intentos, que se rectifican en cuanto estén corregidos
}
regrade-issued = Certificados que se emiten
regrade-woken = Accesos que se abren
regrade-woken-text = Siguen { $wakes } solicitudes ({ $granted } concedidas al instante) y vuelven { $resumes } concesiones
regrade-resting = Certificados que se apoyan en un intento que ahora no aprueba
regrade-resting-none = Ninguno
regrade-revoked = { $n } revocados
regrade-kept = { $n } mantenidos
regrade-if-taken = Retirarlos suspende { $suspends } concesiones y termina { $ends }.
regrade-tokens = Bajo ellas hay { $n } tokens vivos, el último hasta el { $until }.
regrade-names = Intento por intento
regrade-person = Persona
regrade-old = Antes
regrade-new = Después
regrade-turns = Resultado
regrade-stays-passed = sigue aprobado
regrade-stays-failed = sigue sin aprobar
regrade-passes = ahora aprueba
regrade-fails = ahora no aprueba
regrade-more = Aquí no figuran { $n } más; la API los da todos.
regrade-apply = Aplicar
regrade-apply-text = { $n ->
    [one] Se rectifica { $n } nota en un solo paso, con su evento. Se puede volver a rectificar, nunca deshacer en silencio.
   *[other] Se rectifican { $n } notas en un solo paso, cada una con su evento. Se pueden volver a rectificar, nunca deshacer en silencio.
}
regrade-apply-do = { $n ->
    [one] Rectificar { $n } nota
   *[other] Rectificar { $n } notas
}
regrade-reason = Por qué
regrade-reason-hint = Lo lee todo aquel cuya nota cambia.
regrade-admins = La aplica un administrador. Envíale la dirección de esta página.
regrade-past = Rectificaciones hasta ahora
regrade-past-none = Ninguna.
regrade-past-text = { $changed } notas cambiadas; por ello { $passed } aprueban y { $failed } dejan de aprobar; { $issued } certificados emitidos, { $revoked } revocados.
notice-regrade-applied = Las notas están rectificadas.

corrected-on = Rectificada el { $at }, de { $old } a { $new }
corrected-passed = Rectificada el { $at }, de { $old } a { $new }: ahora aprueba
corrected-failed = Rectificada el { $at }, de { $old } a { $new }: ya no aprueba
corrected-because = Motivo: { $reason }
