### El laboratorio de SQL: editor, resultados, tropiezos, zona de pruebas.

lab-title = Zona de pruebas: { $dataset }
lab-lede = Ejecuta todo lo que lea. Aquí nada se corrige, se guarda ni se cambia, y nadie más lo ve.
lab-statement = Tu consulta
lab-hint = Una sola consulta que lea: SELECT, WITH o VALUES, en el dialecto de SQLite.
lab-keys = Ctrl + Intro la ejecuta. Tab añade sangría; Esc y después Tab sale del editor.
lab-run = Ejecutar
lab-check = Ejecutar y comparar
lab-running = Ejecutando…
lab-failed = La consulta no se ha podido enviar. Tu texto sigue aquí; vuelve a intentarlo.
lab-open-playground = Abrir la zona de pruebas
lab-playgrounds = Zona de pruebas
lab-result = Resultado
lab-tables = Tablas
lab-rows = { $n ->
    [one] { $n } fila
   *[other] { $n } filas
}
lab-total = { $n ->
    [one] { $n } fila
   *[other] { $n } filas
}
lab-shown = se muestran las { $n } primeras
lab-took = { $ms } ms
lab-key = clave
lab-nullable = puede ser NULL
lab-first-rows = Primeras filas
lab-spot = Línea { $line }, columna { $column }
lab-missing = Faltan, por ejemplo:
lab-surplus = Sobran, por ejemplo:

## tropiezos
lab-trouble-empty = Escribe primero una consulta.
lab-trouble-several = Aquí hay más de una consulta. Ejecútalas de una en una.
lab-trouble-not-a-question = Aquí solo se ejecutan consultas que leen. Empieza con SELECT, WITH o VALUES.
lab-trouble-too-long = Esta consulta es demasiado larga para el laboratorio. Puede tener 10 000 caracteres.
lab-trouble-complex = Esta consulta tiene demasiados niveles, o demasiadas partes. Escríbela en pasos más sencillos.
lab-trouble-denied = { $detail } no está disponible en el laboratorio.
lab-trouble-clock = { $detail } daría algo distinto en cada ejecución. Nada en el laboratorio dice la hora ni saca números al azar: usa las fechas de los datos.
lab-trouble-error = La base de datos dice: { $detail }
lab-trouble-steps = Esta consulta necesita demasiados pasos y se ha detenido. Busca un JOIN sin condición, o una recursión sin final.
lab-trouble-time = Esta consulta ha tardado demasiado y se ha detenido.
lab-trouble-memory = Esta consulta necesita demasiada memoria y se ha detenido.
lab-trouble-value = Un valor o una fila es demasiado largo. Un valor del laboratorio puede tener 8000 caracteres.
lab-trouble-rows = El resultado tiene más de 5000 filas. Acótalo.
lab-trouble-bytes = El resultado es demasiado grande. Pide menos filas o columnas.

## veredictos
lab-verdict-right = Las mismas filas que la solución, con los datos que ves. Al entregar deciden los datos ocultos.
lab-verdict-lacks = Este ejercicio pide una consulta que diga { $phrase }.
lab-verdict-uses = Este ejercicio pide una consulta sin { $phrase }.
lab-verdict-differs = El resultado es distinto del de la solución con los datos que puedes ver.
lab-verdict-differs-hidden = Correcto con los datos que puedes ver, y distinto con datos ocultos: piensa en NULL, en filas repetidas y en lo que nunca llegó a pasar.
lab-verdict-fails = La consulta no se ejecuta.
lab-verdict-fails-hidden = La consulta se ejecuta con los datos que puedes ver, y se detiene con datos ocultos.
lab-differs-width = El resultado tiene { $found ->
    [one] { $found } columna
   *[other] { $found } columnas
}; { $expected ->
    [one] se espera { $expected }
   *[other] se esperan { $expected }
}.
lab-differs-names = Las columnas tienen otros nombres. Faltan: { $missing }. Sobran: { $surplus }.
lab-differs-rows = { $missing ->
    [one] Falta { $missing } fila
   *[other] Faltan { $missing } filas
}, { $surplus ->
    [one] sobra { $surplus }
   *[other] sobran { $surplus }
}.
lab-differs-order = Las filas son correctas, su orden no: mira la fila { $row }.

## denegaciones
refusal-lab-busy = Se están ejecutando muchas consultas. Vuelve a intentarlo dentro de { $seconds } segundos.
refusal-lab-running = Tu última consulta todavía se está ejecutando.
refusal-lab-too-often = Han sido muchas consultas seguidas. Espera un segundo y ejecuta la siguiente.
refusal-no-lab = La pregunta { $no } no es un ejercicio de SQL.
