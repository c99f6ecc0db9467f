### Roles, solicitudes, tokens y decisiones.

access-title = Accesos
access-lede = Todos los roles que puedes solicitar, y cómo estás con cada uno. Una certificación vigente abre la puerta; tu solicitud dice por qué.
access-count-effective = { $n ->
    [one] rol en vigor
   *[other] roles en vigor
}
access-count-requestable = listos para solicitar
access-count-waiting = { $n ->
    [one] solicitud en curso
   *[other] solicitudes en curso
}
access-filter = Filtrar por nombre, datos o equipo
access-roles = { $n ->
    [one] { $n } rol
   *[other] { $n } roles
}
access-none = Ningún rol coincide con estas palabras
access-none-text = Prueba con el nombre de una tabla, un equipo o un almacén.
access-all = Mostrar todos los roles
access-empty = Todavía no hay ningún rol en el catálogo
access-empty-text = Los roles se escriben en access.yaml, junto a los cursos. En cuanto se cargue una versión con roles, aparecerán aquí.

role-title = { $role }
role-status = { $status ->
    [effective] En vigor
    [expiring] Termina pronto
    [scheduled] Empieza pronto
    [requestable] Listo para solicitar
    [missing] Falta una certificación
    [waiting] A la espera de una decisión
    [in_review] A la espera de una decisión
    [blocked] A la espera de una certificación
    [returned] Necesita tu respuesta
    [suspended] Suspendido
    [closed] Fuera de horario
    [locked] Bloqueado
   *[other] { $status }
}
role-until = hasta el { $day }
role-freshness-hint = La antigüedad que pueden tener los datos
role-halted = { $status ->
    [locked] Este acceso está bloqueado
    [closed] Este rol tiene un horario
   *[other] Este acceso está suspendido
}
role-aside = Sobre este rol
role-sensitivity = Sensibilidad
role-warehouse = Almacén
role-owner = Responsable
role-freshness = Frescura
role-freshness-at-most = { $span } de antigüedad como máximo
role-incidents = Incidencias
role-max = Concesión más larga
role-lifetime = Un token sirve durante
role-review = Revisión
role-review-every = cada { $span }
role-data = Qué abre
role-data-n = { $n ->
    [one] { $n } conjunto de datos
   *[other] { $n } conjuntos de datos
}
golden = de referencia
golden-hint = La referencia de la casa para lo que cuenta
sensitivity = { $level ->
    [public] Público
    [internal] Interno
    [confidential] Confidencial
    [personal] Datos personales
   *[other] { $level }
}

needs-title = Qué exige
needs-all-met = Lo tienes todo
needs-not-met = Todavía falta algo
needs-none = No hace falta ninguna certificación.
need-or = o
need-is-met = cumplido
need-is-missing = falta
need-state = { $state ->
    [valid] vigente
    [expiring] termina pronto,
    [expired] caducado
    [revoked] revocado
    [in_progress] empezado
    [missing] todavía no
   *[other] { $state }
}
need-until = { $state ->
    [expired] el { $day }
    [revoked] el { $day }
   *[other] hasta el { $day }
}
need-left = { $modules ->
    [0] { $exams ->
        [one] falta { $exams } examen
       *[other] faltan { $exams } exámenes
    }
    [one] { $exams ->
        [0] falta { $modules } módulo
        [one] faltan { $modules } módulo y { $exams } examen
       *[other] faltan { $modules } módulo y { $exams } exámenes
    }
   *[other] { $exams ->
        [0] faltan { $modules } módulos
        [one] faltan { $modules } módulos y { $exams } examen
       *[other] faltan { $modules } módulos y { $exams } exámenes
    }
}

approval-title = Quién decide
approval-auto = Nadie tiene que hacerlo: con todas las certificaciones en regla, la solicitud se concede en el momento en que la envías.
approval-auto-short = La política decide por sí sola.
approval-lede = { $n ->
    [one] Una cláusula de aprobación; la solicitud caduca si nadie decide:
   *[other] Las { $n } cláusulas tienen que estar de acuerdo:
}
approval-never-self = Nadie decide sobre su propia solicitud, sea quien sea.
clause = { $count ->
    [one] Una persona de { $listed }
   *[other] { $count } de { $listed }
}
clause-given = { $given ->
    [0] { $count ->
        [one] falta por dar
       *[other] faltan { $count } por dar
    }
   *[other] { $given } de { $count } dadas
}

permit-label = Tu concesión
permit-from = Desde
permit-until = Hasta
permit-login = Tu usuario allí
permit-tokens = Tokens hasta ahora
permit-tokens-machines = { $n ->
    [one] uno de ellos de una cuenta de servicio
   *[other] { $n } de ellos de cuentas de servicio
}
permit-last = (el último, { $far })
permit-certified = Un certificado en el que se apoya termina el <strong>{ $day }</strong>: renuévalo antes, o el acceso se detiene ese día.
permit-next = La concesión siguiente está firmada: del { $from } al { $until }.
stamp = { $state ->
    [effective] En vigor
    [expiring] Termina pronto
    [scheduled] Empieza el
    [suspended] Suspendido
    [closed] Fuera de horario
    [locked] Bloqueado
   *[other] { $state }
}
token-get = Obtener un token
token-get-hint = Sirve durante { $span } y se muestra una sola vez.
token-not-now = { $state ->
    [scheduled] Habrá tokens cuando empiece la concesión.
    [suspended] No hay tokens hasta que se renueve la certificación que falta.
    [closed] Ningún token fuera de su horario.
    [locked] No hay tokens mientras dure el bloqueo.
   *[other] Ahora mismo no se puede obtener ningún token.
}

role-request-title = Tu solicitud
role-request-says = { $state ->
    [blocked] Espera la certificación que te falta. En cuanto la obtengas, la solicitud sigue sola.
    [returned] Ha vuelto con una pregunta. Respóndela abajo y envíala otra vez.
    [in_review] La tienen las personas que deciden. Verás aquí su respuesta.
   *[other] Se ha enviado.
}
role-request-see = Ver la solicitud completa
request-since = Enviada
request-lapses = Caduca sin decisión
request-duration = Para
request-starts = Acceso desde
request-reason = Motivo
request-withdraw = Retirar la solicitud
request-withdraw-hint = Puedes volver a pedirlo cuando quieras.

ask-title = { $kind ->
    [renew] Renovarlo
    [again] Responder y enviar otra vez
   *[other] Solicitarlo
}
ask-while-missing = Todavía falta una certificación. Puedes enviar ya la solicitud: espera, y sigue sola cuando la obtengas.
ask-reason = ¿Para qué lo necesitas?
ask-reason-hint = Una o dos frases sencillas. Las lee quien decide, y también quien audita.
ask-duration = ¿Por cuánto tiempo?
ask-duration-hint = { $span } como máximo cada vez. A algo más corto es más fácil decir que sí, y se puede renovar.
ask-send = { $kind ->
    [renew] Pedir la renovación
    [again] Enviar otra vez
   *[other] Enviar la solicitud
}
ask-then-decided = Deciden las personas nombradas abajo.
ask-then-at-once = Se concede en el momento en que la envías.
ask-then-when-met = Se concede en cuanto esté la certificación.

token-title = Un token para { $role }
token-crumb = Token
token-lede = Sirve durante { $span }, hasta el { $at }. Cuando deje de servir, vuelve por otro: no hay que hacer nada más.
token-once = Se muestra solo esta vez
token-copy = Copiar el token
token-itself = El token
token-expires = Sirve hasta el { $at }
token-keep = Trátalo como una contraseña. Guardamos constancia de él, nunca el token mismo.
token-use = Usarlo
token-use-hint = Ponlo primero en HABILIS_TOKEN; ningún archivo tiene que contenerlo.
token-claims = Qué contiene
token-claims-hint = Quien tenga el token puede leerlo
token-claim = Dato
token-value = Valor
token-means = Significado
token-back = Volver a { $role }
claim-means = { $name ->
    [iss] Quién lo emitió
    [aud] El único almacén que lo acepta
    [sub] Tú, por identificador
    [preferred_username] Tu usuario en el almacén
    [email] Tu correo electrónico
    [scope] El único rol que abre
    [scp] Lo mismo, como lista
    [role] El rol, con el nombre que tiene aquí
    [roles] Lo mismo, como lista
    [grant_id] La concesión en la que se apoya
    [certificates] Los certificados que hay detrás
    [client_id] La herramienta que lo pidió
    [jti] Su propio número, también en el registro
    [sid] Tu sesión
    [auth_time] Cuándo entraste
    [iat] Cuándo se hizo
    [nbf] Desde cuándo sirve
    [exp] Cuándo deja de servir
   *[other] { "" }
}
token-refused-title = No hay token para { $role }
token-refused-foot = Denegado el { $at }; el registro tiene la misma línea:

decisions-title = Decisiones
decisions-lede = { $n ->
    [one] Una solicitud te espera. Todo lo necesario para decidirla está en esta página.
   *[other] { $n } solicitudes te esperan, la más antigua primero. Todo lo necesario para decidirlas está en esta página.
}
decisions-lede-none = Aquí llegan las solicitudes de los roles que cuidas.
decisions-empty = Nada te espera
decisions-empty-text = { $n ->
    [0] Cuando figures en la aprobación de un rol, sus solicitudes llegarán aquí.
    [one] Cuando alguien pida este rol, la solicitud estará aquí con todo lo necesario para decidirla.
   *[other] Cuando alguien pida uno de estos roles, la solicitud estará aquí con todo lo necesario para decidirla.
}
decisions-decided = Decididas hace poco
decisions-by = por { $name }
case-label = { $person } pide { $role }
case-no-reason = No se dio ningún motivo; este rol no lo exige.
case-certificates = Otros certificados vigentes
case-approvals = Aprobaciones: { $given } de { $asked }
case-earlier = Concesiones anteriores de este rol
case-earlier-none = Ninguna; esta sería la primera.
case-history = La solicitud completa, con su historia
grant-ended = { $why ->
    [running] todavía en curso
    [expired] llegó a su fin
    [revoked] revocada
    [certificate_lost] caducó un certificado
    [left] la persona se fue
    [superseded] sustituida por la siguiente
    [withdrawn] el rol se retiró del catálogo, o pasó a otro almacén
    [unclaimed] nadie la reclamó a tiempo
    [given_back] devuelta por la persona
    [review_lapsed] no se mantuvo en una revisión
    [unused] sin usar
    [review_removed] retirada en una revisión
   *[other] { $why }
}
decide-comment = Tu comentario
decide-comment-hint = Necesario para rechazar o devolver; queda en el registro.
decide-cap = ¿Menos tiempo del pedido?
decide-cap-hint = Un límite se mantiene, apruebe quien apruebe después.
decide-cap-none = Lo pedido: { $span }
decide-cap-at-most = { $span } como máximo
decide-approve = Aprobar
decide-return = Pedir más datos
decide-reject = Rechazar

request-title = { $person } pide { $role }
request-mine-title = Tu solicitud de { $role }
request-crumb = Solicitud
request-says = { $state ->
    [submitted] Recién enviada.
    [blocked] Espera una certificación y sigue sola.
    [in_review] Espera una decisión.
    [returned] Se devolvió con una pregunta.
    [approved] Se aprobó.
    [rejected] Se rechazó. Siempre se puede hacer otra solicitud con lo que faltaba.
    [withdrawn] Se retiró.
    [lapsed] Caducó sin decisión. Se puede enviar de nuevo.
   *[other] { $state }
}
request-to-role = Al rol
request-to-grant = A la concesión
request-history = Qué ha pasado
turn = { $kind ->
    [submitted] { $by } la envió
    [blocked] A la espera de una certificación
    [in_review] Ante quienes deciden
    [approve] { $by } aprobó
    [reject] { $by } rechazó
    [return] { $by } pidió más datos
    [approved] Aprobada
    [rejected] Rechazada
    [returned] Devuelta
    [withdrawn] Retirada
    [lapsed] Caducó sin decisión
    [granted] Se dio la concesión
   *[other] { $kind } { $by }
}
turn-cap = para { $span } como máximo
