### Renovar: avisos antes de que caduque un certificado, y qué ha cambiado desde que se obtuvo.

notices-title = Avisos
notices-lede = Lo que conviene saber a tiempo. Aparta un aviso cuando lo hayas resuelto.
notices-certificate_lapses = «{ $name }» caduca pronto
notices-certificate_superseded = Una versión nueva sustituye «{ $name }»
notices-certificate_taken_back = Se ha retirado «{ $name }»: un examen del que depende ya no está aprobado
notices-mark_passed = «{ $name }» se ha corregido de nuevo: ahora lo apruebas
notices-mark_failed = «{ $name }» se ha corregido de nuevo: ya no lo apruebas
notices-see-result = Ver el resultado y el porqué
notices-over = «{ $name }» ya no cuenta
notices-seen = Apartar
notices-empty = Nada que contar
notices-empty-text = Aquí se avisa antes de que caduque un certificado, cuando un curso cambia tanto que el tuyo deja de contar, cuando una corrección cambia el resultado de un examen tuyo, y antes de que una cuenta de servicio pierda su acceso.
notices-waiting = { $n ->
    [one] { $n } aviso
   *[other] { $n } avisos
}
course-changed = Qué ha cambiado desde tu certificación
course-delta = Tienes una versión anterior: este examen corto basta para renovar.
