### El mapa de titulares y el calendario de vencimientos.

map-title = Mapa de titulares
map-lede = Quién tiene qué, visto de lejos: equipos o personas por almacenes o roles. Un nombre o una casilla lleva más cerca.
map-list = Como lista
map-rows = Filas
map-by-any = Lo que mejor encaje
map-by-teams = Equipos
map-by-people = Personas
map-order = Orden
map-order-name = Por nombre
map-order-likeness = Quien tiene lo mismo, junto
map-no-team = Sin equipo
map-corner = { $rows ->
    [people] Persona
   *[teams] Equipo
}
map-effective = En vigor
map-held-back = Retenido
map-legend-share = personas para quienes está en vigor; cuanto más oscuro, mayor parte de la fila
map-legend-held = retenido para todas
map-legend-more = otras personas para quienes está retenido
map-span = { $rows ->
    [people] Personas { $first } a { $last } de { $of }
   *[teams] Equipos { $first } a { $last } de { $of }
}
map-across = columnas { $first } a { $last } de { $of }
map-up = Filas de arriba
map-down = Filas de abajo
map-left = Columnas anteriores
map-right = Más columnas
map-none = Aquí nadie tiene nada
map-none-text = Quita un filtro, o pregunta por otro momento.
map-cut = Hay más concesiones de las que muestra un mapa, y aquí faltan algunas. Elige un almacén, un rol o un equipo.
map-whole = Los archivos contienen todas las filas y todas las columnas, no solo las que se muestran aquí.

nav-lapses = Vencimientos
lapses-title = Calendario de vencimientos
lapses-lede = Qué certificados y concesiones van a terminar, y si algo continúa desde ahí.
lapses-months = Meses
lapses-count = { $certificates ->
    [one] un certificado
   *[other] { $certificates } certificados
}, { $grants ->
    [one] una concesión
   *[other] { $grants } concesiones
}
lapses-both = Ambas cosas
lapses-certificates = Certificados
lapses-grants = Concesiones
lapses-month = Lo que termina: { $month }
lapses-zone = Los días son los de la zona horaria { $zone }.
lapses-whole-month = El mes entero
lapses-more = Todos
lapses-none = Aquí no termina nada
lapses-none-text = Elige otro día o mes, o quita un filtro.
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom
month-of = { $month } de { $year }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

report-parameter-team = Equipo
report-parameter-kind = Clase
report-kind-any = Ambas cosas
report-title-lapses = Vencimientos por venir
report-question-lapses = ¿Qué certificados y concesiones van a terminar, y continúa algo desde ahí?
report-moment-lapses = Lo que iba a terminar en el período, tal como se sabía en ese momento; un equipo se toma como es hoy. Si no lo dices, los 90 días después de ese momento. Un acceso cuyos certificados terminan antes acaba antes de su propio fin, pasado su plazo de gracia, salvo que se obtenga algo nuevo.
report-column-certification = Certificación
report-column-carried = Continúa
report-column-sooner = Fin antes
report-word-lapse-certificate = Certificado
report-word-lapse-grant = Concesión
report-figure-certificates = Certificados
report-figure-grants_ending = Concesiones
report-figure-not_carried = Sin nada que continúe
