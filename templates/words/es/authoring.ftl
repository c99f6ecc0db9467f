### La búsqueda, y cómo ven los autores lo que escriben antes que los demás.

search-title = Buscar
search-title-for = «{ $query }» · Buscar
search-lede = Cursos, módulos, certificaciones y roles, esté donde esté la palabra.
search-label = Buscar cursos, módulos y roles
search-here = Buscar otra vez
search-hint = Basta con el principio de las palabras; las mayúsculas y los acentos no importan.
search-go = Buscar
search-much = Es demasiado largo: { $chars } caracteres y { $words } palabras como máximo.
search-n = { $n ->
    [one] { $n } resultado
   *[other] { $n } resultados
}
search-kind = { $kind ->
    [course] Curso
    [module] Módulo
    [certification] Certificación
   *[role] Rol
}
search-none = «{ $query }» no está en ninguna parte
search-none-text = Todas las palabras tienen que estar en el mismo curso, módulo o rol. Prueba con menos palabras, o solo con su principio.

preview-title = { $title } · Vista previa
preview-course = Vista previa de un curso
preview-version = versión { $n }
preview-as-learners = Como lo ve quien aprende
preview-findings = Observaciones
preview-n = { $n ->
    [one] { $n } observación
   *[other] { $n } observaciones
}
preview-none = ninguna
preview-clean = Nada: todo está como debe.
preview-errors = La última recarga se rechazó por esto; lo que ves aquí es la versión anterior.
preview-hash = Huella
preview-file = Archivo
preview-quizzes = Pruebas
preview-practice = Práctica
preview-exam = Examen
preview-quiz = { $n ->
    [one] { $n } pregunta
   *[other] { $n } preguntas
}, { $pass } % para aprobar
preview-draw = toma { $n } de { $of } de { $bank }
preview-banks = Bancos
preview-questions = { $n ->
    [one] { $n } pregunta
   *[other] { $n } preguntas
}
preview-find = Buscar una pregunta
preview-find-none = Ninguna pregunta tiene todas estas palabras.
preview-no-modules = Todavía no hay ningún módulo.
preview-languages = Idiomas
preview-lang-en = Inglés
preview-lang-fr = Francés
preview-lang-es = Español
preview-missing = incompleto
preview-untranslated = Todavía no está traducido del todo: lo que falta se muestra en inglés, como lo ve quien aprende.
preview-points = { $n ->
    [one] { $n } punto
   *[other] { $n } puntos
}
preview-turn = Preguntas anterior y siguiente
preview-right = Correcto:
preview-wrong = No es correcto:
preview-why = Por qué
preview-model = Una buena respuesta
preview-objective = Objetivo
preview-uses = La muestran
preview-unused = Ninguna prueba muestra esta pregunta.
preview-weight = peso { $n }
preview-true = Verdadero
preview-false = Falso
preview-kind-single = una opción
preview-kind-multi = varias opciones
preview-kind-true_false = verdadero o falso
preview-kind-true_false_grid = afirmaciones
preview-kind-numeric = número
preview-kind-short = texto breve
preview-kind-match = parejas
preview-kind-order = orden
preview-kind-cloze = huecos
preview-kind-sql = SQL
preview-kind-free_text = redacción
preview-fact-answer = Respuesta
preview-fact-accept = Se aceptan
preview-fact-credit = Puntuación
preview-fact-dataset = Conjunto de datos
preview-fact-require = Debe tener
preview-fact-forbid = No debe tener
preview-fact-starter = Punto de partida
preview-fact-solution = Solución
preview-fact-must-fail = No debe aprobar
preview-credit-net = marcas correctas menos incorrectas
preview-credit-all = todo o nada
preview-credit-each = cada opción cuenta por igual
preview-credit-fractions = según la fracción de cada opción
preview-credit-pairs = según las parejas en el orden correcto
authoring-did-you-mean = ¿Querías decir «{ $name }»?
