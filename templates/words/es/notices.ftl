### Lo que dicen las páginas de acceso, auditoría y administración tras un formulario.

notice-role-granted = El rol es tuyo. Ya puedes tomar un token.
notice-role-granted-later = El rol es tuyo. Abajo se lee desde cuándo se abre.
notice-request-sent = Tu solicitud la tienen las personas que deciden.
notice-request-lapsed = Este rol ya no está donde estaba: tu solicitud queda sin efecto.
notice-request-blocked = Tu solicitud queda guardada. Sigue sola en cuanto esté la certificación que falta.
notice-request-withdrawn = Tu solicitud está retirada.
notice-request-approved = Aprobada. La concesión está dada.
notice-approval-given = Tu aprobación queda guardada. Tienen que estar de acuerdo también otras personas.
notice-request-waits = Tu aprobación queda guardada. Vuelve a faltar una certificación, así que la solicitud la espera.
notice-request-rejected = Rechazada. Leerá tu comentario.
notice-request-returned = Devuelta con tu pregunta.
notice-grant-revoked = La concesión está revocada. Ya no se emite ningún token con ella.
notice-grant-revoked-all = La concesión está revocada, y también la que iba a seguirla. Ya no se emite ningún token con ellas.
notice-teams-saved = Los equipos están guardados.
notice-capabilities-saved = Lo que puede hacer está guardado.
notice-login-saved = El nombre en el almacén está guardado.
notice-person-disabled = La cuenta está desactivada: sus sesiones y concesiones han terminado.
notice-person-enabled = La cuenta vuelve a estar activa.
notice-their-session-ended = Su sesión está cerrada.
notice-attempt-voided = El intento está anulado. El certificado que se apoyaba en él está revocado.
notice-keys-rotated = Las claves han rotado: la siguiente firma desde ahora.
notice-lock-placed = El bloqueo está puesto. Ya no se abre nada bajo él.
notice-lock-lifted = El bloqueo está levantado.
notice-content-loaded = El contenido está cargado y en vigor.

team-named = el equipo { $team }
any-role = Cualquier rol
any-warehouse = Cualquier almacén
any-team = Cualquier equipo
any-kind = Cualquier tipo
any-outcome = Hecho o denegado
state-not-ended = Todo lo que no ha terminado
state-all = Todo, también lo terminado
outcome-done = Hecho
outcome-refused = Denegado
role-suspended-why = Se apoya en { $names }, que ahora mismo no cuenta. Renuévalo y el acceso vuelve solo.
role-suspended-by = { $cause ->
    [review] Su revisión venció y nadie ha dicho que deba conservarse. Vuelve en cuanto lo confirme el responsable del rol.
   *[admin] Un administrador lo ha suspendido. Vuelve cuando se levante la suspensión.
}
ask-closed-locked = Mientras dure el bloqueo no se puede enviar ninguna solicitud de este rol.
ask-closed-early = Está en vigor. Se puede renovar desde el { $day }.
ask-closed-whom = Pregunta a { $whom }
token-next-renew = Renovar { $name }
token-next-earn = Hacer { $name }
token-next-role = Ver el rol
any-state = Cualquier estado

login-rule = { $from ->
    [local] { $case ->
        [upper] Lo que va antes de la @ del correo, en mayúsculas
        [lower] Lo que va antes de la @ del correo, en minúsculas
       *[keep] Lo que va antes de la @ del correo
    }
   *[email] { $case ->
        [upper] El correo electrónico, en mayúsculas
        [lower] El correo electrónico, en minúsculas
       *[keep] El correo electrónico
    }
}

wrong-email = Escribe la dirección completa, como ana@example.com.
wrong-name = Escribe su nombre, con 100 letras como máximo.
wrong-teams = El nombre de un equipo solo tiene letras, cifras y guiones.
wrong-login = Un nombre en un almacén tiene 200 caracteres como máximo.
wrong-confirm = Marca antes la casilla: es lo que hay que comprobar.
wrong-decision = Elige una de las tres respuestas.
wrong-cap = Elige una de las duraciones de la lista.
wrong-cursor = A esta página se ha llegado por una dirección que no es nuestra. Empieza por la primera.
wrong-kind = Elige uno de los tipos de la lista.
wrong-state = Elige uno de los estados de la lista.
wrong-at = Escribe un día y una hora, como 2027-03-01T09:00.
wrong-as_of = Escribe un día y una hora, como 2027-03-01T09:00.
wrong-from = Escribe un día y una hora, como 2027-03-01T09:00.
wrong-until = Escribe un día y una hora, como 2027-03-01T09:00.
wrong-zone = Ninguna zona horaria se llama así: escribe, por ejemplo, Europe/Paris.

notice-mail-sent = El enlace se ha enviado también por correo.
notice-mail-failed = El enlace no se ha podido enviar por correo: entrégalo en persona. El registro dice por qué.
