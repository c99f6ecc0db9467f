### Lo que dicen las páginas de quien aprende además de sus plantillas: avisos, notas y campos.

## dicho una vez, tras un formulario
notice-welcome = Te damos la bienvenida. Esta es tu página de inicio.
notice-signed-out = Has salido.
notice-enrolled = Inscripción hecha. Empieza cuando quieras.
notice-module-read = Marcado como leído.
notice-certificate-earned = Era el último paso: el certificado es tuyo.
notice-answers-saved = Todo está guardado.
notice-certificate-revoked = El certificado está revocado. Desde este momento no cuenta para nada.
notice-preferences-saved = Guardado. Las páginas lo siguen desde ahora.
notice-password-changed = Tu contraseña ha cambiado y tus otras sesiones se han cerrado.
notice-session-ended = Esa sesión está cerrada.
notice-sessions-ended = Todas tus otras sesiones están cerradas.

## campos
field-error-email = Escribe la dirección completa, como ana@example.com.
field-error-name = Escribe tu nombre como debe figurar en un certificado.
field-error-zone = Elige una zona de la lista.

## inicio
step-request = Pídelo, con un motivo
note-suspended = Se apoya en «{ $name }», que ahora mismo no cuenta. Renuévalo y el acceso vuelve.
note-scheduled = Empieza el { $at }.
note-returned = Te ha vuelto con una pregunta.
note-blocked = Tu solicitud espera, y sigue sola cuando tengas la certificación.
approver-team = equipo { $team }
approver-rules = las propias reglas

## pruebas e intentos
attempt-not-all = { $n ->
    [one] Una respuesta no se ha guardado como la diste: mira la pregunta { $list }. Todo lo demás está guardado.
   *[other] { $n } respuestas no se han guardado como las diste: mira las preguntas { $list }. Todo lo demás está guardado.
}
note-stale = A las { $at } se guardó una respuesta más nueva desde otra ventana. Ahora está aquí; cámbiala si querías decir la otra.
note-not-a-number = Esto no es un número, así que no se ha guardado. Escríbelo como 12,5.
note-bad-answer = Esto no encaja con la pregunta, así que no se ha guardado.

## certificados
certificate-issuer = La academia de datos, { $host }
why-expired = Se acabó su tiempo.
why-renewed = Un certificado más nuevo ocupa su lugar.
why-superseded = Una versión nueva del curso lo ha sustituido. Cuenta hasta que acabe su periodo de gracia.
why-superseded-over = Una versión nueva del curso lo ha sustituido, y su periodo de gracia ha terminado.
why-revoked = Se retiró.
why-revoked-because = Se retiró: { $reason }

## cuenta
account-lang-browser = El que pida el navegador
device-on = { $browser } en { $system }
device-unknown = Un programa que no dice su nombre

## llamadas en los textos
callout-note = Nota
callout-tip = Consejo
callout-important = Importante
callout-warning = Advertencia
callout-caution = Cuidado
