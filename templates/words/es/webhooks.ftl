# Quién recibe los eventos del registro: la página, y por qué se rechaza.
nav-webhooks = Webhooks
webhooks-title = Webhooks
webhooks-lede = Otros servicios reciben los eventos del registro según llegan, en su orden y firmados. Lo que uno no acepta se le vuelve a enviar hasta que lo acepte.
webhooks-schema = Esquema de los eventos
webhooks-there = Quién recibe eventos
webhooks-empty = Nadie recibe eventos todavía
webhooks-empty-text = A un webhook se le llama con cada evento: un sistema de incidencias, un chat, un flujo de datos.
webhooks-state = { $state ->
    [enabled] fluye
    [failing] falla
    [paused] retenido
    [gone] desaparecido
    [unnamed] ya sin nombrar
   *[other] { $state }
}
webhooks-kind = { $kind ->
    [webhook] Webhook
    [nats] Flujo de NATS
    [syslog] Syslog
   *[other] { $kind }
}
webhooks-every-kind = Todos los tipos de eventos
webhooks-position = Siguiente posición { $position }
webhooks-behind = { $n ->
    [one] 1 evento de retraso
   *[other] { $n } eventos de retraso
}
webhooks-level = al día con el registro
webhooks-taken = { $n ->
    [one] 1 evento aceptado
   *[other] { $n } eventos aceptados
}, el último { $at }
webhooks-failing = no acepta nada desde { $at }: { $n ->
    [one] 1 intento fallido
   *[other] { $n } intentos fallidos
}
webhooks-retry = se reintenta { $at }
webhooks-settings = Viene de la configuración: solo un operador lo cambia.
webhooks-unnamed = La configuración ya no lo nombra: no recibe nada, y se puede eliminar.
webhooks-pause = Retener
webhooks-resume = Dejar fluir
webhooks-replay = Devolver a una posición
webhooks-replay-hint = Recibe los eventos desde ahí, también los que ya tenía. El registro tiene { $size } eventos.
webhooks-replay-do = Devolver
webhooks-secret-new = Secreto nuevo
webhooks-secret-new-text = El anterior firma a su lado durante un día.
webhooks-remove = Eliminar
webhooks-remove-confirm = Ya no recibe nada.
webhooks-more = Cambiar
webhooks-secret = Su secreto
webhooks-secret-once = Se muestra solo ahora. Quien lo tenga puede comprobar que las llamadas vienen de aquí (Standard Webhooks).
webhooks-make = Crear un webhook
webhooks-name = Nombre
webhooks-name-hint = Qué es, para las personas.
webhooks-url = Dirección
webhooks-url-hint = https, y pública salvo que un operador permita su red.
webhooks-batch = Eventos por llamada
webhooks-batch-hint = 1 salvo que se diga otra cosa; 500 como máximo.
webhooks-from = Desde la posición
webhooks-from-hint = Sin ella, lo que llegue desde ahora. 0 es el comienzo del registro.
webhooks-kinds = Solo algunos tipos de eventos
webhooks-notices = Lo que se avisa a las personas en la aplicación y por correo va también por aquí: un evento del tipo notice.told por cada aviso, de modo que un puente a un chat no necesita ningún otro.
webhooks-make-do = Crear
notice-webhooks-changed = Se ha cambiado.
notice-webhooks-removed = El webhook se ha eliminado.
refusal-no-such-webhook = No existe ese webhook.
refusal-webhook-address = No se puede llamar a esta dirección: { $why }.
refusal-no-such-event-kind = Ningún tipo de evento se llama { $kind }.
refusal-webhook-batch = Una llamada contiene de 1 a { $most } eventos.
refusal-webhook-position = El registro tiene { $size } eventos: indique una posición de 0 a { $size }.
