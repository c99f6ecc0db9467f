# Lo que dice el servicio cuando deniega: un mensaje por código, con los datos de la denegación.
refusal-bad-credentials = Este correo y esta contraseña no corresponden a una cuenta activa. Revisa ambos; un administrador puede enviarte otro enlace.
refusal-sign-in-throttled = Demasiadas contraseñas incorrectas. Vuelve a probar después de { $until }.
refusal-sign-in-first = Entra primero.
refusal-capability-missing = Esto es para personas con otra responsabilidad ({ $capability ->
    [admin] administración
    [auditor] auditoría
    [author] autoría
   *[other] { $capability }
}). Un administrador puede decirte quién es.
refusal-link-dead = Este enlace ya se ha usado o ha caducado. Pide otro a un administrador.
refusal-password-too-short = Elige una contraseña de al menos { $least } caracteres. Unas cuantas palabras sin relación van bien.
refusal-password-too-long = Una contraseña tiene { $most } caracteres como máximo.
refusal-password-common = Esta contraseña es fácil de adivinar. Unas cuantas palabras sin relación forman una mejor.
refusal-wrong-password = Tu contraseña actual no es correcta.
refusal-email-taken = { $email } ya tiene una cuenta.
refusal-no-such-person = Aquí no existe esa persona.
refusal-several-people = Varias personas coinciden. Indica la dirección de correo de la que buscas.
refusal-no-such-session = Esa sesión ya está cerrada.
refusal-last-admin = Es la última persona que administra. Da antes ese derecho a otra.
refusal-already-so = Esta persona ya está { $state ->
    [active] activa
    [disabled] desactivada
    [invited] invitada
   *[other] en ese estado
}.
refusal-bad-field = El campo «{ $field }» no es correcto: { $why ->
    [address] no es una dirección de correo
    [name-length] de 1 a 100 caracteres
    [login-length] 200 caracteres como máximo
    [nameless] hace falta un nombre
    [team-name] solo letras, cifras y guiones
    [zone] no existe ese huso horario
   *[other] revísalo, por favor
}.
refusal-forged-form = Este formulario no venía de una página de este servicio, o la página seguía abierta tras entrar de nuevo. Abre otra vez la página y repite.
refusal-set-up-done = Ya existe quien administra en primer lugar. Entra, o pídele una invitación.
refusal-sign-in-crowded = Mucha gente está entrando en este momento. Vuelve a probar dentro de unos segundos.
refusal-no-such-content = No existe { $what ->
    [course] ese curso
    [module] ese módulo
    [quiz] ese cuestionario
    [question] esa pregunta
    [dataset] ese conjunto de datos
   *[other] eso
}: { $id }.
refusal-no-such-attempt = No tienes ningún intento así.
refusal-attempt-limit-reached = Los { $max } intentos de este periodo están usados. El siguiente es posible después de { $next }.
refusal-attempt-cooldown = Descansa y vuelve a leer: el próximo intento es posible después de { $next }.
refusal-exam-passed-already = Has aprobado este examen. Se abre otra vez para renovar después de { $next }.
refusal-exam-passed = Has aprobado este examen. { $waits ->
    [certificate] El certificado espera a que completes el curso.
    [course] Queda terminar el curso.
   *[nothing] No hay nada que renovar.
}
refusal-exam-for-holders = Este examen corto es para personas cuyo certificado de una versión anterior todavía cuenta. Haz el examen completo.
refusal-no-such-notice = No existe ese aviso.
refusal-prerequisite-missing = Antes va otro curso.
refusal-module-missing = Antes va otro módulo de este curso.
refusal-attempt-closed = Este intento está cerrado: { $state ->
    [submitted] se ha entregado
    [expired] se ha acabado el tiempo
    [pending_review] se está corrigiendo
    [graded] está corregido
    [voided] está anulado
   *[other] no admite más respuestas
}. Cuenta lo que se guardó a tiempo.
refusal-answer-stale = En otra ventana se guardó una respuesta más nueva a esta pregunta (revisión { $revision }). Se conserva esa.
refusal-bad-answer = Pregunta { $no }: { $why ->
    [a-number] esto no es un número. Escríbelo como 12,5.
    [too-long] esta respuesta es demasiado larga.
    [true-or-false] esto no es ni verdadero ni falso.
    [all-items-in-order] cada elemento necesita su lugar, y cada lugar se da una sola vez.
   *[other] esta respuesta no encaja con la pregunta.
}
refusal-no-such-question = No hay ninguna pregunta { $no } en este formulario.
refusal-attempt-voided-already = Este intento ya está anulado.
refusal-no-such-certificate = No existe ese certificado.
refusal-certificate-ended-already = Este certificado { $state ->
    [expired] ya ha caducado
    [superseded] ya ha sido sustituido
    [revoked] ya ha sido revocado
   *[other] ya ha terminado
}.
refusal-reason-needed = Di por qué, en una frase: el motivo se guarda con la decisión.
refusal-no-such-role = No existe ese rol: { $id }.
refusal-no-such-warehouse = No existe ese almacén: { $id }.
refusal-no-such-request = No existe esa solicitud.
refusal-no-such-grant = No existe esa concesión.
refusal-no-such-lock = No hay ningún bloqueo así en vigor.
refusal-bad-duration = Este rol se da por { $unit ->
    [minutes] { $most } minutos
    [hours] { $most ->
        [one] una hora
       *[other] { $most } horas
    }
   *[days] { $most ->
        [one] un día
       *[other] { $most } días
    }
} como máximo y por un minuto como mínimo.
refusal-reason-too-long = Un motivo tiene { $most } caracteres como máximo.
refusal-too-many-comments = Aquí ya se ha dicho bastante: una persona comenta una solicitud como máximo { $most } veces, y todas juntas { $in_all } veces.
refusal-request-open-already = Ya has pedido este rol; la solicitud está abierta.
refusal-role-held-already = Tienes este rol hasta el { $until }. Se puede renovar desde el { $from }.
refusal-no-approver = Nadie más que tú podría decidir sobre esta solicitud. Pide a un administrador que nombre a otra persona para este rol.
refusal-locked = Hay un bloqueo de emergencia. No se abre nada hasta que un administrador lo levante.
refusal-own-request = Nadie decide sobre una solicitud propia.
refusal-not-yours-to-decide = Esta solicitud la deciden otras personas.
refusal-decided-already = Ya has decidido sobre esta solicitud, o alguien lo ha hecho en tu lugar.
refusal-request-closed = Esta solicitud { $state ->
    [approved] ya está aprobada
    [rejected] ya se rechazó
    [withdrawn] se retiró
    [lapsed] ha caducado
    [blocked] espera una certificación
    [returned] se devolvió con una pregunta
    [in_review] se está decidiendo
    [submitted] se está tramitando
   *[other] no está abierta para esto
}.
refusal-grant-ended-already = Esta concesión ya ha terminado.
refusal-locked-already = Ya hay un bloqueo sobre esto.
refusal-role-not-held = No tienes este rol.
refusal-certification-missing = Falta o ha caducado una certificación que este rol exige.
refusal-grant-not-yet = Tu concesión empieza el { $from }.
refusal-grant-suspended = { $cause ->
    [review] Este acceso espera su revisión: al vencer el plazo nadie había dicho que debía conservarse. Puede hacerlo el responsable del rol.
   *[admin] Un administrador ha suspendido este acceso.
}
refusal-account-inactive = Tu cuenta no está activa.
refusal-content-has-errors = El contenido tiene { $errors } errores y no se ha tomado; sigue en vigor lo que estaba.
refusal-no-such-key = No existe esa clave.
refusal-key-not-retiring = Esta clave { $state ->
    [next] aún no está en uso
    [active] está en uso
    [gone] ya no existe
   *[other] no está en retirada
}: solo se puede quitar una clave en retirada. Rota primero.
refusal-no-such-page = No existe esa página.
refusal-body-unreadable = Lo que se ha enviado no se puede leer: { $what ->
    [missing] falta el campo «{ $field }».
    [unknown] aquí no hay ningún campo «{ $field }».
    [twice] el campo «{ $field }» está dos veces.
    [takes] el campo «{ $field }» admite { $why }.
    [field] el campo «{ $field }» no es correcto.
    [not-json] envía JSON, con Content-Type: application/json.
    [search] busca como máximo 8 palabras en 200 caracteres como máximo.
   *[form] no tiene la forma que se lee aquí.
}
refusal-body-too-large = Lo que se ha enviado supera los { $most } KB que se aceptan aquí.
refusal-field-not-right = El campo «{ $field }» falta o no es correcto.
refusal-cursor-foreign = Este cursor no lo dio la lista en la que se usa. Empieza por la primera página.
refusal-idempotency-key-reused = Esta Idempotency-Key ya se usó para otra cosa. Usa una nueva.
