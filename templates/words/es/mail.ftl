### Lo que se envía por correo: enlaces y avisos.

mail-reset-subject = Habilis: elegir una contraseña nueva
mail-reset-text =
    Hola, { $name }:

    este enlace permite elegir una contraseña nueva:

    { $url }

    Funciona una sola vez, hasta el { $until }, y cierra tus otras sesiones.

    ¿No lo esperabas? Avisa a quien administra Habilis.
mail-invitation-subject = Habilis: tu invitación
mail-invitation-text =
    Hola, { $name }:

    tienes una cuenta en Habilis. Elige una contraseña y entra:

    { $url }

    El enlace funciona una sola vez, hasta el { $until }.
mail-invitation_provider-subject = Habilis: tienes una cuenta
mail-invitation_provider-text =
    Hola, { $name }:

    tienes una cuenta en Habilis. Aquí no necesitas contraseña: entra con { $provider }.

    { $url }

    Guarda la dirección; sirve siempre que la necesites.
mail-certificate_lapses-subject = Habilis: tu certificado está a punto de caducar
mail-certificate_lapses-text =
    Hola, { $name }:

    tu certificado «{ $title }» cuenta hasta el { $until }. Los accesos que dependen de él terminan con él. Para renovarlo sin perder un día:

    { $place }
mail-certificate_superseded-subject = Habilis: una versión nueva sustituye tu certificado
mail-certificate_superseded-text =
    Hola, { $name }:

    el curso ha cambiado: tu certificado «{ $title }» todavía cuenta hasta el { $until }. Qué ha cambiado y cómo renovarlo:

    { $place }
mail-certificate_taken_back-subject = Habilis: se ha retirado tu certificado
mail-certificate_taken_back-text =
    Hola, { $name }:

    un examen se ha corregido de nuevo y ya no está aprobado: tu certificado «{ $title }» no cuenta desde el { $until }, ni los accesos que dependen de él. Cómo obtenerlo otra vez:

    { $place }
mail-mark_corrected-passed-subject = Habilis: al final has aprobado tu examen
mail-mark_corrected-passed-text =
    Hola, { $name }:

    una pregunta de «{ $title }» se ha corregido de nuevo, y ahora apruebas el examen. Qué ha cambiado y por qué:

    { $place }
mail-mark_corrected-failed-subject = Habilis: tu examen ya no está aprobado
mail-mark_corrected-failed-text =
    Hola, { $name }:

    una pregunta de «{ $title }» se ha corregido de nuevo, y ya no apruebas el examen. Qué ha cambiado y por qué:

    { $place }
mail-service_asks-subject = Habilis: una cuenta de servicio va a usar tu acceso
mail-service_asks-text =
    Hola, { $name }:

    un administrador te ha nombrado propietario de la cuenta de servicio «{ $title }»: va a recibir tokens según tu acceso. No recibe ninguno antes de que aceptes, lo que solo tú puedes hacer, y retirar en cualquier momento:

    { $place }
mail-service_ends-subject = Habilis: una cuenta de servicio está a punto de perder su acceso
mail-service_ends-text =
    Hola, { $name }:

    la cuenta de servicio «{ $title }» usa el acceso de { $owner } a { $role }, que termina el { $until }. Desde entonces no recibe ningún token. Para que siga, { $owner } renueva lo que termina, o un administrador traspasa la cuenta:

    { $place }
mail-service_stopped-subject = Habilis: una cuenta de servicio ha perdido su acceso
mail-service_stopped-text =
    Hola, { $name }:

    la cuenta de servicio «{ $title }» usaba el acceso de { $owner } a { $role }, que terminó el { $until }. Ya no recibe ningún token. Lo que lleva a ese acceso:

    { $place }
mail-delegation_begins-subject = Habilis: decides en lugar de otra persona
mail-delegation_begins-text =
    Hola, { $name }:

    { $title } está fuera y te ha nombrado para decidir en su lugar, hasta el { $until }. Las solicitudes y revisiones que esperan a { $title } te llegan a ti; lo que trata de su propio acceso, no. Cualquiera de las dos partes puede terminarlo en cualquier momento:

    { $place }
mail-review_asks-subject = Habilis: se esperan tus respuestas
mail-review_asks-text =
    Hola, { $name }:

    «{ $title }» te pregunta si todavía hacen falta accesos{ $instead ->
        [yes] , en lugar de { $owner }
       *[no] { "" }
    }. Lo que no tenga respuesta el { $until } se suspende:

    { $place }
mail-review_due-subject = Habilis: el plazo de una revisión está cerca
mail-review_due-text =
    Hola, { $name }:

    «{ $title }» todavía espera respuestas tuyas{ $instead ->
        [yes] , en lugar de { $owner }
       *[no] { "" }
    }. Lo que no tenga respuesta el { $until } se suspende:

    { $place }
mail-review_overdue-subject = Habilis: una revisión está fuera de plazo
mail-review_overdue-text =
    Hola, { $name }:

    «{ $title }» vencía el { $until } y hay accesos de los que respondes{ $instead ->
        [yes] { " " }en lugar de { $owner }
       *[no] { "" }
    } suspendidos. Consérvalos y vuelven a funcionar al instante:

    { $place }
mail-access_unreviewed-subject = Habilis: tu acceso está suspendido
mail-access_unreviewed-text =
    Hola, { $name }:

    venció la revisión de tu acceso «{ $title }» y nadie dijo que deba conservarse. Habla con el responsable del rol; si no, termina el { $until }:

    { $place }
mail-access_removed-subject = Habilis: tu acceso ha terminado
mail-access_removed-text =
    Hola, { $name }:

    una revisión retiró tu acceso «{ $title }» el { $until }. Si todavía lo necesitas, vuelve a pedirlo:

    { $place }
mail-access_lapsed-subject = Habilis: tu acceso ha terminado sin revisar
mail-access_lapsed-text =
    Hola, { $name }:

    nadie respondió a la revisión de tu acceso «{ $title }» y terminó el { $until }. Si todavía lo necesitas, vuelve a pedirlo:

    { $place }
mail-access_unused-subject = Habilis: un acceso que no usas está por terminar
mail-access_unused-text =
    Hola, { $name }:

    tu acceso «{ $title }» lleva mucho sin usarse. Termina el { $until }, salvo que lo uses antes:

    { $place }
mail-access_ended_unused-subject = Habilis: un acceso que no usabas ha terminado
mail-access_ended_unused-text =
    Hola, { $name }:

    tu acceso «{ $title }» no se usaba y terminó el { $until }. Si al final lo necesitas, vuelve a pedirlo:

    { $place }
mail-emergency_taken-subject = Habilis: alguien tomó un rol sin aprobación
mail-emergency_taken-text =
    Hola, { $name }:

    { $owner } tomó «{ $title }» de emergencia, sin aprobación. Termina a las { $until }. Otra persona debe juzgar después si estaba justificado:

    { $place }
mail-emergency_overdue-subject = Habilis: nadie ha juzgado un rol tomado sin aprobación
mail-emergency_overdue-text =
    Hola, { $name }:

    { $owner } tomó «{ $title }» de emergencia, sin aprobación. Otra persona debía juzgarlo antes del { $until }, y nadie lo ha hecho:

    { $place }
mail-request_waits-subject = Habilis: una solicitud espera tu decisión
mail-request_waits-text =
    Hola, { $name }:

    { $owner } pide el rol «{ $title }». La solicitud espera tu decisión y caduca el { $until }:

    { $place }
mail-request_lapses-subject = Habilis: una solicitud está a punto de caducar
mail-request_lapses-text =
    Hola, { $name }:

    la solicitud de { $owner } para el rol «{ $title }» caduca el { $until } si no pasa nada:

    { $place }
mail-request_approved-subject = Habilis: tu solicitud está aprobada
mail-request_approved-text =
    Hola, { $name }:

    tu solicitud del rol «{ $title }» fue aprobada el { $until }:

    { $place }
mail-request_rejected-subject = Habilis: tu solicitud está rechazada
mail-request_rejected-text =
    Hola, { $name }:

    tu solicitud del rol «{ $title }» fue rechazada el { $until }. Lo que se dijo de ella se lee con ella:

    { $place }
mail-request_returned-subject = Habilis: una pregunta sobre tu solicitud
mail-request_returned-text =
    Hola, { $name }:

    tu solicitud del rol «{ $title }» te fue devuelta el { $until } con una pregunta. Respóndela y vuelve a pedirlo, o la solicitud caducará:

    { $place }
mail-request_lapsed-subject = Habilis: tu solicitud ha caducado
mail-request_lapsed-text =
    Hola, { $name }:

    tu solicitud del rol «{ $title }» caducó el { $until }. Si todavía necesitas el rol, vuelve a pedirlo:

    { $place }
mail-request_commented-subject = Habilis: un comentario sobre una solicitud
mail-request_commented-text =
    Hola, { $name }:

    alguien dijo algo sobre la solicitud de { $owner } para el rol «{ $title }», el { $until }:

    { $place }
mail-access_ends-subject = Habilis: tu acceso termina pronto
mail-access_ends-text =
    Hola, { $name }:

    tu acceso «{ $title }» termina el { $until }. Ya puedes volver a pedirlo, sin interrupción:

    { $place }
mail-access_held-subject = Habilis: tu acceso no funciona por ahora
mail-access_held-text =
    Hola, { $name }:

    tu acceso «{ $title }» está suspendido desde el { $until }. La página del rol dice por qué, y qué lo restablece:

    { $place }
mail-access_ended-subject = Habilis: tu acceso ha terminado antes de tiempo
mail-access_ended-text =
    Hola, { $name }:

    tu acceso «{ $title }» terminó el { $until }. La página del rol dice por qué. Si todavía lo necesitas, vuelve a pedirlo:

    { $place }
mail-access_withdrawn-subject = Habilis: tu acceso ha terminado con su rol
mail-access_withdrawn-text =
    Hola, { $name }:

    tu acceso «{ $title }» terminó el { $until }: su rol salió del catálogo, o pasó a otro almacén. Lo que se puede pedir está aquí:

    { $place }
