# Adaptaciones, equipos, expedientes, lo que se guarda sobre una persona, y cómo se borra.
rule-granted = tu tiempo: { $span } × { $factor }
rule-extra-attempts = { $n ->
    [one] con uno más concedido a ti
   *[other] con { $n } más concedidos a ti
}
grant-title = Adaptaciones
grant-private = El motivo es solo para quienes administran y para la persona; el registro nunca lo contiene.
grant-none = No se ha concedido nada más allá de las reglas.
grant-everything = Todos los cursos y exámenes
grant-new = Conceder más tiempo o más intentos
grant-what = Para
grant-factor = Tiempo
grant-factor-hint = 150 % convierte 30 minutos en 45. De 100 a 400.
grant-extra = Intentos de más
grant-from = Desde
grant-from-hint = Desde ahora, si está vacío.
grant-until = Hasta
grant-reason-hint = Qué se ha acordado, y con quién. No hace falta ningún detalle médico.
grant-do = Conceder
grant-end = Terminar
grant-end-do = Terminar ya
grant-end-hint = Los intentos empezados conservan su tiempo.
granted-mine = Lo que se te ha concedido
granted-mine-text = Más tiempo o más intentos de los que dan las reglas. Solo tú y quienes administran veis el motivo.
granted-time = Tiempo × { $factor }
granted-extra = { $n ->
    [one] un intento más
   *[other] { $n } intentos más
}
granted-from = desde el
granted-until = hasta el
granted-ended = terminó el
teams-title = Equipos
teams-lede = Qué tiene que aprender cada equipo y para cuándo, y por dónde va su gente.
teams-lede-own = Qué tienen que aprender tus equipos y para cuándo, y por dónde vas.
teams-overdue = { $n ->
    [one] Una asignación de una persona está fuera de plazo.
   *[other] { $n } asignaciones están fuera de plazo.
}
teams-overdue-csv = Fuera de plazo, en CSV
teams-none = No estás en ningún equipo
teams-none-text = Los equipos los forma un administrador. Lo que se asigne a un equipo tuyo estará aquí y en tu página de inicio.
team-size = { $n ->
    [one] una persona
   *[other] { $n } personas
}
team-led-by = lo dirige
team-none-assigned = No hay nada asignado
team-none-assigned-text = Los cursos que este equipo tiene que haber hecho para un día estarán aquí, con el progreso de cada persona.
team-new = Un equipo nuevo
team-new-text = Los equipos también deciden sobre solicitudes, allí donde los nombra el catálogo de accesos.
team-name = Nombre
team-make = Crear el equipo
team-eyebrow = Equipo
team-sum = En total
team-own-only = Ves tus propias líneas. Quien dirige el equipo ve las de todos.
team-late = Fuera de plazo
team-late-since = vencía el
team-progress = { $name }: { $n } %
team-assigned = Asignados
team-members = Personas
team-nobody = Todavía no hay nadie en este equipo.
team-since = desde el
team-remove = Quitar
team-remove-label = Quitar a { $name } del equipo
team-add = Añadir a alguien
team-add-hint = Su correo electrónico.
team-add-do = Añadir
team-lead-add = Dar la dirección a alguien
team-lead-hint = Su correo electrónico. Quien dirige ve el progreso de todos y asigna cursos.
team-lead-do = Dar la dirección
team-unlead = Ya no dirige
team-unlead-label = { $name } ya no dirige el equipo
tally-done = hechos
tally-going = en curso
tally-waiting = sin empezar
tally-overdue = fuera de plazo
tally-percent = { $n } % hechos
tally-says = { $done } hechos, { $going } en curso, { $waiting } sin empezar, { $overdue } fuera de plazo
status-overdue = Fuera de plazo
board-due = para el
board-was-due = era para el
board-by = asignado por { $by }
board-state = Estado
board-progress = Progreso
board-later = más tarde, por haber llegado después
board-lost = válido hasta el
board-table = El progreso de cada persona en { $course }
board-end = Terminar esta asignación
board-end-do = Terminarla
curve-says = { $done } de { $total } hechos; los pasos están en la tabla de abajo
curve-caption = hechos a lo largo del tiempo; con línea discontinua, el día para el que es
curve-table = Lo mismo, en una tabla
assign-title = Asignar un curso
assign-text = Quien llegue al equipo más tarde tiene al menos 30 días.
assign-course = Curso
assign-due = Para el
assign-due-hint = Hasta el final de ese día.
assign-note = Nota
assign-do = Asignar
assigned-title = Asignado a ti
assigned-progress = { $course }: { $n } %
transcript-title = Expediente
transcript-mine = Mi expediente
transcript-at = A fecha de
transcript-done = { $n ->
    [one] curso hecho
   *[other] cursos hechos
}
transcript-passed = { $n ->
    [one] examen aprobado
   *[other] exámenes aprobados
}
transcript-valid = { $n ->
    [one] certificado vigente
   *[other] certificados vigentes
}
transcript-begun = Empezado
transcript-finished = Hecho
transcript-modules = Módulos
transcript-read = { $n } de { $of } leídos
transcript-exam = Examen
transcript-exams-of = Exámenes de { $course }
transcript-none = Todavía no hay nada empezado
transcript-none-text = Aquí estarán los cursos con sus fechas, exámenes y certificados.
own-records = Lo que se guarda sobre ti
own-records-text = Un archivo con todo lo que Habilis conserva sobre ti: tu cuenta, lo que has aprendido y respondido, certificados, solicitudes y decisiones, accesos y tokens, y las líneas del registro que te afectan. Puedes dárselo a otros o llevártelo a otra parte.
own-records-do = Descargarlo todo (JSON)
erase-title = Borrar a esta persona
erase-text = Para siempre: desaparecen el nombre, la dirección, los motivos, los comentarios y lo que escribió, y un seudónimo ocupa su lugar. Las notas, las decisiones, los accesos y el registro quedan como están.
erase-confirm = Para confirmar, escribe { $email }
erase-do = Borrar para siempre
erased-title = Borrada el { $at }
erased-text = Solo queda un seudónimo. Lo que se decidió y se registró sigue igual.
notice-accommodated = Concedido. Un intento que estaba abierto ya tiene su tiempo nuevo.
notice-accommodation-ended = Terminado. Los intentos empezados conservan su tiempo.
notice-assigned = Asignado. Todas las personas del equipo lo ven en su página de inicio.
notice-assignment-ended = La asignación ha terminado.
notice-team-made = El equipo está creado. Añade ahora a alguien.
notice-team-joined = Añadido al equipo.
notice-team-left = Quitado del equipo.
notice-team-lead = Ahora dirige el equipo.
notice-team-unlead = Ya no dirige el equipo.
notice-person-erased = Borrada. Solo queda un seudónimo.
refusal-accommodation-factor = El tiempo va del 100 al 400 por ciento del límite.
refusal-accommodation-extra = Se pueden conceder hasta 10 intentos más.
refusal-accommodation-nothing = Concede más tiempo, más intentos, o ambas cosas.
refusal-accommodation-period = El final tiene que ser posterior al principio, y estar por llegar.
refusal-no-such-accommodation = No existe esa adaptación.
refusal-no-such-section = No hay ninguna sección { $name }; hay { $known }.
refusal-accommodation-ended = Esta adaptación ya ha terminado.
refusal-no-such-team = No existe el equipo { $id }, o no estás en él.
refusal-assignment-due-past = Elige un día que esté por llegar.
refusal-assigned-already = Este curso ya está asignado a este equipo. Termina esa asignación antes de poner otro día.
refusal-no-such-assignment = No existe esa asignación.
refusal-assignment-ended = Esta asignación ya ha terminado.
refusal-not-a-lead = Esto es para quienes administran y para quien dirige el equipo.
refusal-not-a-member = Esta persona no está en este equipo.
refusal-team-taken = Ya hay un equipo con este nombre.
refusal-assignment-note = Una nota tiene 500 caracteres como máximo.
refusal-erasure-not-shut-out = Desactiva antes a esta persona: solo se borra a quien ya no puede hacer nada.
refusal-erasure-not-confirmed = Esa no es la dirección de esta persona. No se ha borrado nada.
refusal-person-erased = Esta persona está borrada; nada la trae de vuelta.
wrong-course = Elige un curso.
wrong-due = Elige un día.
wrong-what = Elige un curso o un examen de la lista.
wrong-factor = Un número entero de 100 a 400.
wrong-extra = Un número entero de 0 a 10.
wrong-team = Un nombre con letras, cifras y guiones.
board-person = Persona
board-col-due = Para el
board-col-done = Hecho el
