### Titulares, pruebas y el registro.

events-title = Eventos
events-lede = Todo lo que ha pasado, línea a línea. Solo se añaden líneas; abre una para ver todo lo que se guardó.
events-empty = Ninguna línea cumple estos filtros
events-empty-text = Amplía las fechas, o quita un filtro.
event-kind = Tipo
event-person = Persona
event-outcome = Resultado
event-number = Línea
event-subject = Sobre
actor = { $kind ->
    [person] { $name }
    [system] Habilis
    [operator] El operador { $name }
    [directory] El directorio de la empresa
    [receiver] Un suscriptor de señales
    [service] La cuenta de servicio { $name }
   *[anonymous] Alguien sin sesión
}
event-sentence = { $kind ->
    [person_invited] <b>{ $actor }</b> invitó a <b>{ $person }</b>
    [person_activated] <b>{ $person }</b> entró por primera vez
    [person_changed] <b>{ $actor }</b> cambió el perfil de <b>{ $person }</b>
    [person_disabled] <b>{ $actor }</b> desactivó a <b>{ $person }</b>
    [person_enabled] <b>{ $actor }</b> volvió a activar a <b>{ $person }</b>
    [password_changed] <b>{ $person }</b> eligió una contraseña nueva
    [link_made] <b>{ $actor }</b> creó un enlace de un solo uso para <b>{ $person }</b>
    [session_started] <b>{ $actor }</b> entró
    [session_signed_out] <b>{ $actor }</b> salió
    [session_ended] <b>{ $actor }</b> cerró una sesión de <b>{ $person }</b>
    [content_loaded] <b>{ $actor }</b> cargó una versión de los cursos
    [content_refused] Se rechazó una versión de los cursos que cargó <b>{ $actor }</b>
    [course_enrolled] <b>{ $person }</b> empezó un curso
    [module_completed] <b>{ $person }</b> terminó un módulo
    [attempt_started] <b>{ $person }</b> empezó un intento
    [attempt_answer_saved] <b>{ $person }</b> guardó una respuesta
    [attempt_submitted] <b>{ $person }</b> entregó un intento
    [attempt_expired] Se acabó el tiempo de un intento de <b>{ $person }</b>
    [attempt_graded] Se corrigió un intento de <b>{ $person }</b>
    [attempt_in_review] Un intento de <b>{ $person }</b> pasó a que lo corrija una persona
    [attempt_answer_marked] <b>{ $actor }</b> corrigió una respuesta de un intento de <b>{ $person }</b>
    [attempt_regraded] Se rectificó la nota de un intento de <b>{ $person }</b>
    [regrade_applied] <b>{ $actor }</b> rectificó las notas de una pregunta
    [attempt_extended] <b>{ $actor }</b> dio más tiempo a un intento abierto de <b>{ $person }</b>
    [accommodation_granted] <b>{ $actor }</b> concedió una adaptación a <b>{ $person }</b>
    [accommodation_ended] <b>{ $actor }</b> terminó una adaptación de <b>{ $person }</b>
    [course_assigned] <b>{ $actor }</b> asignó un curso a un equipo
    [assignment_ended] <b>{ $actor }</b> terminó una asignación de un equipo
    [directory_credential_made] <b>{ $actor }</b> creó una credencial para el directorio
    [directory_credential_ended] <b>{ $actor }</b> puso fin a una credencial del directorio
    [signal_receiver_made] <b>{ $actor }</b> creó un suscriptor de señales
    [signal_receiver_removed] <b>{ $actor }</b> quitó un suscriptor de señales
    [signal_credential_made] <b>{ $actor }</b> creó una credencial para un suscriptor de señales
    [signal_credential_ended] <b>{ $actor }</b> puso fin a una credencial de un suscriptor de señales
    [signal_stream_changed] <b>{ $actor }</b> cambió un flujo de señales
    [log_key_made] Se creó la clave que firma el registro
    [webhook_made] <b>{ $actor }</b> creó un webhook
    [webhook_changed] <b>{ $actor }</b> cambió un webhook
    [webhook_secret_made] <b>{ $actor }</b> creó un secreto nuevo para un webhook
    [webhook_removed] <b>{ $actor }</b> eliminó un webhook
    [notice_told] Se envió un aviso a <b>{ $person }</b>
    [person_provisioned] <b>{ $actor }</b> incorporó a <b>{ $person }</b>
    [person_released] <b>{ $actor }</b> dejó de conocer a <b>{ $person }</b>
    [team_renamed] <b>{ $actor }</b> cambió el nombre de un equipo
    [team_released] <b>{ $actor }</b> dejó de conocer un equipo
    [team_made] <b>{ $actor }</b> creó un equipo
    [team_leads_changed] <b>{ $actor }</b> cambió quién dirige un equipo: <b>{ $person }</b>
    [person_erased] <b>{ $actor }</b> borró a una persona, ahora <b>{ $person }</b>
    [attempt_voided] <b>{ $actor }</b> anuló un intento de <b>{ $person }</b>
    [certificate_issued] <b>{ $person }</b> obtuvo un certificado
    [certificate_expired] Caducó un certificado de <b>{ $person }</b>
    [certificate_superseded] Un certificado más nuevo de <b>{ $person }</b> ocupó el lugar de otro anterior
    [certificate_revoked] <b>{ $actor }</b> revocó un certificado de <b>{ $person }</b>
    [certificate_reminded] Se avisó a <b>{ $person }</b> antes de que caduque un certificado
    [request_submitted] <b>{ $person }</b> pidió <code>{ $role }</code>
    [request_blocked] La solicitud de <b>{ $person }</b> de <code>{ $role }</code> espera una certificación
    [request_in_review] La solicitud de <b>{ $person }</b> de <code>{ $role }</code> pasó a quienes deciden
    [request_decided] <b>{ $actor }</b> decidió sobre la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [request_approved] Se aprobó la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [request_rejected] Se rechazó la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [request_returned] Se devolvió con una pregunta la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [request_commented] <b>{ $actor }</b> comentó la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [request_withdrawn] <b>{ $person }</b> retiró la solicitud de <code>{ $role }</code>
    [request_lapsed] Caducó sin decisión la solicitud de <b>{ $person }</b> de <code>{ $role }</code>
    [grant_given] Se concedió <code>{ $role }</code> a <b>{ $person }</b>
    [grant_claimed] <b>{ $person }</b> reclamó la concesión de <code>{ $role }</code>
    [grant_activated] Empezó la concesión de <code>{ $role }</code> a <b>{ $person }</b>
    [grant_suspended] Se suspendió la concesión de <code>{ $role }</code> a <b>{ $person }</b>
    [grant_resumed] Volvió a estar en vigor la concesión de <code>{ $role }</code> a <b>{ $person }</b>
    [grant_suspension_lifted] <b>{ $actor }</b> levantó una suspensión de la concesión de <code>{ $role }</code> a <b>{ $person }</b>
    [grant_unused_warned] Se avisó a <b>{ $person }</b> de que <code>{ $role }</code> termina porque no se usa
    [grant_ended] Terminó la concesión de <code>{ $role }</code> a <b>{ $person }</b>
    [review_started] <b>{ $actor }</b> comenzó una revisión
    [review_reminded] Se recordó una revisión a quienes deben responder
    [review_closed] Se cerró una revisión: cada línea tiene su final
    [review_cancelled] <b>{ $actor }</b> anuló una revisión
    [review_line_answered] <b>{ $actor }</b> respondió a la revisión de <code>{ $role }</code> de <b>{ $person }</b>
    [review_line_delegated] <b>{ $actor }</b> pasó a otra persona la revisión de <code>{ $role }</code> de <b>{ $person }</b>
    [review_line_overdue] La revisión de <code>{ $role }</code> de <b>{ $person }</b> está fuera de plazo
    [review_line_lapsed] Nadie respondió a la revisión de <code>{ $role }</code> de <b>{ $person }</b>
    [review_line_gone] <code>{ $role }</code> de <b>{ $person }</b> terminó antes de la respuesta a su revisión
    [review_line_cancelled] La revisión de <code>{ $role }</code> de <b>{ $person }</b> se anuló
    [lock_placed] <b>{ $actor }</b> puso un bloqueo sobre <b>{ $person }</b> <code>{ $role }</code>
    [lock_lifted] <b>{ $actor }</b> levantó el bloqueo sobre <b>{ $person }</b> <code>{ $role }</code>
    [delegation_made] <b>{ $actor }</b> hizo que otra persona decida en lugar de <b>{ $person }</b>
    [delegation_begun] Otra persona empezó a decidir en lugar de <b>{ $person }</b>
    [delegation_ended] Terminó una delegación de <b>{ $person }</b>
    [emergency_taken] <b>{ $person }</b> tomó <code>{ $role }</code> de emergencia
    [emergency_reviewed] <b>{ $actor }</b> juzgó el acceso de emergencia de <b>{ $person }</b> a <code>{ $role }</code>
    [token_minted] <b>{ $person }</b> tomó un token para <code>{ $role }</code>
    [client_registered] <b>{ $actor }</b> registró una herramienta
    [client_changed] <b>{ $actor }</b> modificó una herramienta
    [client_removed] <b>{ $actor }</b> retiró una herramienta
    [client_secret_made] <b>{ $actor }</b> creó un secreto para una herramienta
    [client_secret_ended] <b>{ $actor }</b> dio por terminado un secreto de una herramienta
    [client_owner_changed] <b>{ $actor }</b> traspasó una cuenta de servicio (<b>{ $person }</b>)
    [client_named] <b>{ $actor }</b> nombró una cuenta de servicio de <b>{ $person }</b> en un almacén
    [client_accepted] <b>{ $actor }</b> aceptó una cuenta de servicio que usa su acceso
    [client_declined] <b>{ $actor }</b> no aceptó una cuenta de servicio, o retiró su acuerdo
    [client_access_ending] El acceso de <b>{ $person }</b> a <code>{ $role }</code>, que usa una cuenta de servicio, está a punto de terminar
    [client_access_ended] Una cuenta de servicio de <b>{ $person }</b> perdió su acceso a <code>{ $role }</code>
    [token_minted_service] Una cuenta de servicio de <b>{ $person }</b> tomó un token para <code>{ $role }</code>
    [token_minted_exchange] Otra herramienta canjeó un token de <b>{ $person }</b> para <code>{ $role }</code>
    [tool_connected] <b>{ $person }</b> entró en una herramienta <code>{ $role }</code>
    [tool_ended] Lo que una herramienta tenía para <b>{ $person }</b> terminó
    [token_revoked] Se devolvió un token de <b>{ $person }</b>
    [identity_linked] <b>{ $person }</b> quedó vinculado con un proveedor de identidad
    [identity_unlinked] <b>{ $actor }</b> desvinculó a <b>{ $person }</b> de un proveedor de identidad
    [key_made] <b>{ $actor }</b> creó una clave
    [key_activated] <b>{ $actor }</b> puso en uso una clave
    [key_retiring] <b>{ $actor }</b> empezó a retirar una clave
    [key_gone] <b>{ $actor }</b> quitó una clave
    [secret_key_renewed] <b>{ $actor }</b> puso una nueva clave secreta delante de la antigua
    [secret_key_resealed] <b>{ $actor }</b> volvió a sellar lo que una clave secreta anterior había sellado
    [secret_key_old_dropped] <b>{ $actor }</b> retiró las claves secretas antiguas
    [records_exported] <b>{ $actor }</b> exportó datos
    [audit_read] <b>{ $actor }</b> consultó la auditoría
    [refused] Se denegó <code>{ $role }</code> a <b>{ $actor }</b>
   *[other] <b>{ $actor }</b> { $kind } { $person } <code>{ $role }</code>
}
quoted = «{ $text }»

holders-title = Titulares
holders-lede = Quién tiene qué acceso, ahora o en cualquier momento del pasado. Cada línea se abre y muestra sus pruebas.
holders-explain = Preguntar por una persona
holders-filter-person = Persona
holders-filter-warehouse = Almacén
holders-filter-team = Equipo
holders-filter-state = Estado
holders-as-of = A fecha de
holders-past = Estás mirando el pasado
holders-past-text = Las líneas dicen quién tenía qué el <strong>{ $at }</strong>, tal como estaban entonces los datos.
holders-ahead = Estás mirando hacia adelante
holders-ahead-text = Si nada cambia hasta entonces, las líneas dicen quién tendrá qué el <strong>{ $at }</strong>: lo que se conceda, termine, bloquee o revoque entretanto aún no se sabe.
holders-note-forecast = Ese momento está por venir: las líneas dicen lo que habrá si nada cambia hasta entonces.
holders-note-team-today = El equipo se toma tal como está hoy: quién formaba parte de él en ese momento no queda registrado.
holders-now = Volver a ahora
holders-person = Persona
holders-role = Rol
holders-span = Desde – hasta
holders-state = En ese momento
holders-via = Porque
holders-effective = En vigor
holders-not = { $why ->
    [certificate] Falta un certificado
    [review] Revisión vencida
    [admin] Suspendido por un administrador
    [locked] Bloqueado
    [closed] Fuera de su horario
    [disabled] Persona desactivada
    [suspended] Suspendido
    [ended] Terminado
    [scheduled] Sin empezar
   *[other] Sin vigor
}
holders-via-policy = concedido por la política
holders-used = Último uso
used-never = nunca usado
used-last = usado { $far }
holders-via-decision = aprobado por { $names }
holders-request = solicitud
holders-open = pruebas
holders-none = Nadie
holders-none-text = Nadie tenía ese acceso en ese momento. Quita un filtro para ver más.
holders-none-ever = Nadie tiene todavía ningún acceso
holders-none-ever-text = En cuanto alguien obtenga una certificación y se le conceda un rol, la línea estará aquí.

proof-title = { $person } y { $role }
proof-eyebrow = Pruebas
proof-yes = Sí
proof-no = No
proof-at = { $past ->
    [yes] el { $at }
    [ahead] el { $at }, si nada cambia hasta entonces
   *[no] ahora, { $at }
}
proof-until = hasta el { $day }
proof-conditions = Qué tiene que cumplirse
proof-conditions-hint = Todo, en el mismo momento
proof-condition = Condición
proof-held = ¿Se cumplía?
proof-when = Cuándo
proof-record = Dato
proof-kind = { $kind ->
    [grant] Una concesión en vigor
    [certification] Un certificado vigente: { $name }
    [suspension] { $name ->
        [review] Su revisión hecha a tiempo
       *[admin] Sin suspensión de un administrador
    }
    [person] La persona está activa
    [hours] Dentro de su horario
    [lock] Ningún bloqueo sobre la persona, el rol o el almacén
   *[other] { $kind } { $name }
}
proof-since = desde el { $from }
proof-chain = Cómo una cosa llevó a la siguiente
proof-chain-hint = Del primer examen al último token
proof-step = { $kind ->
    [attempt] { $tone ->
        [bad] No aprobó { $name }
       *[other] Aprobó { $name }
    }
    [certificate] Certificado: { $name }
    [request] { $by } pidió { $name }
    [blocked] La solicitud esperó { $name }
    [decision] { $tone ->
        [bad] { $by } la rechazó
        [warn] { $by } pidió más datos
       *[other] { $by } la aprobó
    }
    [policy] La política lo concedió sin decisión
    [grant] Se concedió { $name }
    [suspended] Se suspendió la concesión
    [resumed] La concesión volvió a estar en vigor
    [lock] { $by } bloqueó { $name }
    [lifted] { $by } levantó el bloqueo sobre { $name }
    [ended] Terminó la concesión
    [disabled] { $by } desactivó la cuenta
    [tokens] Tokens emitidos con ella: { $name } (el último, abajo)
   *[other] { $kind } { $name }
}
proof-held-back = { $cause ->
    [review] Nadie había dicho, al vencer su revisión, que el acceso debía conservarse
   *[certificate] Un certificado del que depende ya no contaba
}
proof-step-until = hasta el { $day }
proof-json = Lo mismo en JSON
proof-revoke = Revocar esta concesión
proof-revoke-text = Termina al instante y para siempre, igual que la renovación que iba a seguirla; otra necesita otra solicitud. La persona y el registro saben por qué.
explain-title = ¿Por qué puede alguien, o por qué no?
explain-lede = Una persona, un rol, un momento: la respuesta en una frase, con todo aquello en lo que se apoya.
explain-person = Persona
explain-role = Rol
explain-choose = Elige un rol
explain-at = Cuándo
explain-at-hint = Vacío significa ahora
explain-ask = Preguntar
explain-empty = Haz una pregunta
explain-empty-text = La respuesta se lee de los mismos datos que abren y cierran la puerta.
