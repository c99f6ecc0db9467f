### Personas, almacenes, claves, bloqueos, autoría y la referencia de la API.

filter-go = Aplicar
filter-clear = Quitar los filtros
filter-from = Desde
filter-until = Antes de
filter-person-hint = Correo electrónico o nombre
pager-first = Volver a la primera
word-reason = Motivo
word-role = Rol
word-address = Dirección
word-revoke = Revocar…
word-void = Anular…

people-title = Personas
people-lede = <strong>{ $active }</strong> activas, <strong>{ $invited }</strong> invitadas, <strong>{ $disabled }</strong> desactivadas.
people-invite = Invitar a alguien
people-invite-hint = Recibes un enlace para enviárselo; funciona una vez, durante tres días.
people-invite-send = Crear la invitación
people-search = Nombre o correo electrónico
people-search-hint = Basta con una parte
people-state = Estado
people-name = Nombre
people-email = Correo electrónico
people-office = Oficina
people-teams = Equipos
people-certificates = Certificados
people-grants = Concesiones
people-seen = Última vez
people-never = todavía nunca
people-empty = No coincide nadie
people-empty-text = Prueba con una parte más corta del nombre, o con otro estado.
person-state = { $state ->
    [active] Activa
    [invited] Invitada
    [disabled] Desactivada
   *[other] { $state }
}
person-locked = Bloqueada
capabilities = Qué más puede hacer
capability = { $name ->
    [admin] Administración
    [auditor] Auditoría
    [author] Autoría
   *[other] { $name }
}
capability-means = { $name ->
    [admin] Cambia personas, bloqueos, claves y contenidos.
    [auditor] Lo lee todo, no cambia nada.
    [author] Ve el estado de los cursos y de sus preguntas.
   *[other] { "" }
}
link-title = { $purpose ->
    [provider] { $name } entra con { $provider }
    [invitation] Invitación para { $name }
   *[other] Una contraseña nueva para { $name }
}
link-copy = Copiar el enlace
link-itself = El enlace
link-until = Funciona una vez, hasta el { $at }
link-once = Se muestra solo esta vez. Envíalo por un medio que solo lea esa persona.
link-provider = Sin contraseña y sin nada más que enviar que esta dirección: { $provider } le abre la puerta.

file-title = { $person }
file-nav = En esta ficha
file-profile = Perfil
file-grants = Concesiones
file-requests = Solicitudes
file-certificates = Certificados
file-learning = Cursos
file-attempts = Intentos
file-tokens = Tokens
file-sessions = Sesiones
file-events = Eventos
file-doors = Medidas
file-disabled = Desactivada desde el { $at }
file-locked = Bloqueada por { $by } el { $at }
file-to-lock = Ver el bloqueo
file-since = Con cuenta desde
file-language = Idioma
file-language-browser = el del navegador
file-zone = Zona horaria
file-id = Identificador
file-logins = Nombres en los almacenes
file-login-in = Usuario en { $warehouse }
file-login-by-hand = puesto a mano
file-login-by-rule = por la regla del almacén
file-login-hint = Un nombre vacío vuelve a la regla.
file-logins-none = No hay ningún almacén en el catálogo.
file-no-teams = Todavía no hay ningún equipo.
file-new-team = Otro equipo
file-teams-save = Guardar los equipos
file-capabilities-save = Guardar
file-in-holders = Entre los titulares
file-compare = Comparar con el equipo y ver qué se perdería
file-grants-none = Ninguna concesión, ni ahora ni antes.
file-requests-none = Ninguna solicitud hasta ahora.
file-certificates-none = Ningún certificado hasta ahora.
file-learning-none = Ningún curso empezado.
file-attempts-none = Ningún intento hasta ahora.
file-tokens-none = Nunca se ha emitido un token para esta persona.
file-sessions-none = Nunca ha entrado.
file-events-none = El registro todavía no la nombra.
file-version = versión { $n }
file-course-since = empezado el { $day }
file-course-done = { $done } de { $total } módulos
file-tokens-latest = los últimos { $shown } de { $total }
file-token-at = Emitido
file-token-client = A través de
file-token-until = Sirve hasta
file-token-live = sirve ahora
file-session-at = desde el { $at }
file-session-seen = vista { $far }
file-session-open = Abierta
file-session-end = Cerrar
file-events-all = Todos sus eventos
file-take = Llevarse todo el expediente (JSON)
grant-revoke-do = Revocar la concesión
certificate-revoke-do = Revocar el certificado
attempt-void-do = Anular el intento
attempt-void-hint = Deja de contar; un certificado que se apoye en él se revoca con él.
file-link = { $state ->
    [invited] Otra invitación
   *[other] Una contraseña nueva
}
file-link-text = { $state ->
    [invited] El enlace enviado antes deja de funcionar; este funciona una vez, durante tres días.
   *[other] Crea un enlace de un solo uso con el que elige una contraseña nueva. Sus sesiones se cierran cuando lo usa.
}
file-link-do = Crear el enlace
file-lock = Bloquear
file-lock-text = Detiene todos los accesos al instante y deja lo demás como está. Levantar el bloqueo devuelve lo que había.
file-lock-do = Bloquear a esta persona
file-disable = Desactivar
file-disable-text = Para quien se va: termina para siempre sus sesiones, tokens y concesiones. Los certificados y el registro quedan.
file-disable-do = Desactivar a esta persona
file-enable = Volver a activar
file-enable-text = Podrá entrar de nuevo. Las concesiones terminadas siguen terminadas.
file-enable-do = Activar a esta persona

warehouses-title = Almacenes
warehouses-lede = Los sistemas de datos que confían en nuestros tokens, y lo que hay que decirle una vez a cada uno para que lo haga.
warehouses-issuer = Emisor, byte a byte
warehouses-jwks = Claves públicas
warehouses-audience = Destinatario
warehouses-host = Servidor
warehouses-signing = Firmado con
warehouses-login = Usuarios
warehouses-roles = Roles
warehouses-no-roles = Ninguno todavía
warehouses-holders = { $n ->
    [one] concesión en vigor
   *[other] concesiones en vigor
}
warehouses-tokens = { $n ->
    [one] token en el último día
   *[other] tokens en el último día
}
warehouses-setup = Cómo conectar { $kind }
warehouses-locked = Este almacén está bloqueado: no se emite ningún token para él
warehouses-empty = Todavía no hay ningún almacén
warehouses-empty-text = Los almacenes se escriben en access.yaml, junto a los cursos. En cuanto se cargue una versión con uno, aquí estará cómo conectarlo.

keys-title = Claves
keys-lede = Lo que firma los tokens. Una clave se publica antes de usarse y sigue publicada hasta que desaparece el último token que firmó.
keys-jwks = Claves públicas
keys-used-by = Firma para
keys-unused = Ningún almacén la pide
keys-due = próxima rotación automática el { $day }
key-state = { $state ->
    [next] Siguiente
    [active] Firma
    [retiring] En retirada
    [gone] Retirada
   *[other] { $state }
}
key-means = { $state ->
    [next] Ya publicada, para que todos la conozcan cuando le toque.
    [active] Firma todos los tokens nuevos.
    [retiring] Ya no firma nada; sigue publicada por los tokens vivos.
    [gone] Ya no se publica; su mitad privada está destruida.
   *[other] { "" }
}
key-since = { $state ->
    [next] publicada el { $day }
    [active] firma desde el { $day }
    [retiring] en retirada desde el { $day }
   *[gone] retirada desde el { $day }
}
key-until = hasta el { $at }
key-made = creada el { $day }
keys-rotate = Rotar { $algorithm }
keys-rotate-text = La clave siguiente empieza a firmar, la que firma ahora se retira y se crea otra siguiente. No se rompe nada en los almacenes que leen nuestras claves públicas; los tokens vivos siguen hasta que caducan.
keys-rotate-confirm = Todos los almacenes leen las claves públicas de nuestra dirección; ninguno tiene una copia pegada.
keys-rotate-do = Rotar ahora
keys-empty = Todavía no hay ninguna clave
keys-empty-text = Las claves se crean cuando el servicio arranca por primera vez con un catálogo que tiene un almacén.

locks-title = Bloqueos
locks-lede = La parada de emergencia. Un bloqueo está por encima de todo, al instante; levantarlo devuelve lo que había y no revive nada que haya terminado.
locks-open = En vigor
locks-n = { $n ->
    [one] { $n } bloqueo
   *[other] { $n } bloqueos
}
locks-none = No hay ningún bloqueo
locks-none-text = Cuando algo parezca raro, bloquea primero y mira después: no se pierde nada.
locks-place = Poner un bloqueo
locks-what = ¿Sobre qué?
lock-kind = { $kind ->
    [person] Persona
    [role] Rol
    [warehouse] Almacén
   *[other] { $kind }
}
locks-subject = ¿Cuál?
locks-subject-hint = El correo de una persona, o un rol o almacén por su nombre en las direcciones.
locks-reason-hint = Lo lee quien queda detenido.
locks-place-do = Bloquear ahora
locks-past = Levantados
lock-placed = puesto por { $by }
lock-by = por { $placed }, levantado por { $lifted }
lock-grants = { $n ->
    [0] ninguna concesión afectada
    [one] { $n } concesión detenida
   *[other] { $n } concesiones detenidas
}
lock-lift = Levantar…
lock-lift-do = Levantar el bloqueo
lock-lift-hint = Vuelve a haber tokens al instante, donde todo lo demás siga en pie.

authoring-title = Autoría
authoring-lede = Los cursos tal como se sirven, y lo que dice de ellos el revisor.
authoring-reload = Recargar el contenido
authoring-reload-from = Se lee de { $folder }.
authoring-elsewhere = La versión en vigor se cargó desde { $folder }. Una recarga, o el próximo arranque del servicio, vuelve a poner en vigor lo que hay en { $root }.
authoring-embedded = el ejemplo incorporado
authoring-from-unknown = no consta
authoring-first = se muestran las primeras { $n }
authoring-failed = { $n ->
    [one] La última recarga se rechazó: hay una cosa mal
   *[other] La última recarga se rechazó: hay { $n } cosas mal
}
authoring-failed-text = La intentó { $by } el { $at }. La versión de abajo sigue en vigor hasta que se cargue una entera.
authoring-version = Versión
authoring-in-force = En vigor
authoring-loaded = Cargada
authoring-by = Por
authoring-from = Desde
authoring-hash = Huella de todo el contenido
authoring-counts = { $files } archivos, { $modules } módulos, { $questions } preguntas
authoring-courses = { $n ->
    [one] { $n } curso
   *[other] { $n } cursos
}
authoring-course = Curso
authoring-course-version = Versión
authoring-since = desde el { $day }
authoring-languages = Idiomas
authoring-modules = Módulos
authoring-questions = Preguntas
authoring-holders = Certificados
authoring-lint = Qué cambiaría el revisor
authoring-lint-n = { $n ->
    [one] { $n } advertencia
   *[other] { $n } advertencias
}
authoring-lint-clean = Nada: cada archivo está como debe.

api-title = Referencia de la API
api-lede = Todo lo que puede hacer una página lo puede hacer un programa: JSON sobre HTTP, con la cookie de una sesión o un token Bearer, y denegaciones que dicen qué falta.
api-version = Versión { $version }
api-nav = Grupos de llamadas
api-example-label = Una primera llamada
api-example = curl -s { $base }/api/v1/me -H "Authorization: Bearer $HABILIS_SESSION"
api-parameters = Parámetros
api-request = Cuerpo
api-responses = Respuestas
api-required = obligatorio
api-place = { $place ->
    [path] en la ruta
    [query] en la consulta
    [header] cabecera
   *[other] { $place }
}
