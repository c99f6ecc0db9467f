### Todos los tipos de preguntas: mientras se responden, después, y corregidas por una persona.

nav-partly = en parte
submit-partly-title = { $n ->
    [one] Una pregunta está respondida solo en parte
   *[other] { $n } preguntas están respondidas solo en parte
}
submit-partly = Respondidas en parte
match-choose = Elige…
match-used = ya usado
order-places = Da a cada elemento su lugar, con 1 para el primero.
order-keys = Mueve con los botones, con Alt y una flecha, o arrastrando. El orden cuenta en cuanto mueves un elemento o lo dejas como está.
order-place-of = Lugar de: { $item }
order-up = Subir: { $item }
order-down = Bajar: { $item }
order-moved = { $item }: ahora en el lugar { $place } de { $of }
order-keep = Dejar este orden
order-not-yet = Todavía sin responder
order-kept-said = Este orden es tu respuesta
gap-of = Hueco { $n } de { $of }
sql-statement = Tu consulta
sql-on = Se ejecuta sobre el conjunto de datos { $dataset }.
prose-practice = No se cuenta. Después ves qué contiene una buena respuesta.
prose-exam = Una persona lee esta respuesta y la corrige. No ve tu nombre.
prose-words = Palabras:
note-order = El orden no se ha guardado: da un lugar a cada elemento, y cada lugar una sola vez.
note-gap-not-a-number = Sin guardar: en uno de los huecos va un número. Escríbelo como 12,5.

## al mirar atrás
status-not_counted = No se cuenta
review-part = { $kind ->
    [match] Pareja
    [order] Lugar
    [cloze] Hueco
   *[other] Afirmación
}
review-parts = Pregunta { $n }: parte por parte
review-line = Resultado
review-prose = Tu respuesta
review-rubric = Qué se busca
review-rubric-self = Qué contiene una buena respuesta: compárala con la tuya
review-criterion-points = { $points } de { $max }
review-criterion-weight = { $max ->
    [one] { $max } punto
   *[other] { $max } puntos
}
review-comment = De quien la corrigió
review-model = Una respuesta que serviría
review-solution = Una consulta que lo hace
review-statement = Tu consulta
review-nothing = No se respondió nada.

## corrección
nav-answers = Corrección
nav-to-mark = { $n ->
    [one] { $n } intento espera corrección
   *[other] { $n } intentos esperan corrección
}
answers-title = Respuestas por corregir
answers-lede = Los textos que piden los exámenes, el más antiguo primero. Aquí nadie ve de quién son; tus propias respuestas quedan para otras personas.
answers-n = { $n ->
    [one] Una respuesta
   *[other] { $n } respuestas
}
answers-attempts = { $n ->
    [one] en un intento
   *[other] en { $n } intentos
}
answers-question = Pregunta
answers-exam = Examen
answers-since = Entregada
answers-worth = Vale:
answers-words = { $n ->
    [one] { $n } palabra
   *[other] { $n } palabras
}
answers-open = Leer y corregir
answers-none = No hay nada por corregir
answers-none-text = Aquí aparece una respuesta en cuanto alguien entrega un examen con una pregunta de texto libre.
answer-title = Corregir una respuesta
answer-more = { $n ->
    [0] Es la última.
    [one] Después espera una más.
   *[other] Después esperan { $n } más.
}
answer-asked = La pregunta
answer-given = La respuesta
answer-model = Una respuesta que serviría
answer-rubric = Tu puntuación
answer-rubric-text = Puntos para cada criterio, de 0 a su máximo. Una vez guardada, una nota queda.
answer-points = Puntos
answer-most = de { $max }
answer-comment = Comentario
answer-comment-hint = Para quien la escribió, si la prueba muestra después sus respuestas.
answer-save = Guardar la puntuación
answer-back = Volver a la lista
answer-points-wrong = De 0 a { $max }, por favor.
notice-answer-marked = La puntuación está guardada.

## denegaciones
refusal-nothing-to-mark = La respuesta a la pregunta { $no } no espera corrección: ya está corregida, o no hay ninguna.
refusal-own-answer = Nadie corrige sus propias respuestas.
refusal-bad-mark = Falta una puntuación, o se sale de los límites, en el criterio «{ $criterion }».
refusal-attempt-being-marked = Un intento tuyo de este examen todavía se está corrigiendo. El siguiente puede empezar cuando esté su resultado.
