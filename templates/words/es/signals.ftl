# Quienes reciben las señales: sus páginas, y por qué se les rechaza.
nav-signals = Señales
signals-title = Señales
signals-lede = Los almacenes y las herramientas suscritas saben en segundos que una sesión o un acceso terminó (OpenID Shared Signals).
signals-configuration = Documento de configuración
signals-there = Suscriptores
signals-empty = Nadie escucha todavía
signals-empty-text = Cree un suscriptor abajo y dele su credencial y la dirección del documento de configuración.
signals-state = { $state ->
    [enabled] Escucha
    [failing] No toma nada
    [paused] En pausa
    [disabled] Desactivado
   *[none] Aún no suscrito
}
signals-waiting = { $n ->
    [one] { $n } evento espera
   *[other] { $n } eventos esperan
}
signals-waiting-none = Nada espera
signals-how = Cómo funciona
signals-how-text = Un suscriptor se suscribe solo: lee el documento de configuración y crea su flujo con su credencial.
signals-how-push = Envío: los eventos van a su dirección (https, alcanzable desde aquí) y se repiten hasta que los haya tomado.
signals-how-poll = Recogida: viene a buscar los eventos aquí y los confirma. No necesita dirección propia.
signals-how-kept = Lo que nadie toma se guarda siete días. Después el flujo se desactiva, y lo que esperaba se pierde.
signals-events = Lo que se le dice
signals-event-session = session-revoked: una sesión terminó, una herramienta fue desconectada o todo lo de una persona se detuvo.
signals-event-roles = token-claims-change: qué roles puede usar ahora una persona.
signals-event-account = account-disabled, account-enabled, account-purged: una cuenta fue cerrada, abierta de nuevo o borrada.
signals-make = Crear un suscriptor
signals-name = Suscriptor
signals-name-hint = Qué es, por ejemplo Lake.
signals-audience = Audiencia
signals-audience-hint = Para quién son sus tokens (aud): una dirección o un nombre que es solo suyo.
signals-warehouse = Almacén
signals-warehouse-hint = Con uno, solo sabe de los roles y las herramientas de ese almacén.
signals-every-warehouse = Todos los almacenes
signals-make-do = Crear
signals-receiver-title = { $name }: señales
signals-token = Credencial
signals-token-of = La credencial de { $name }
signals-token-once = Solo se muestra ahora. Habilis guarda únicamente su huella.
signals-stream = Suscripción
signals-since = Creado el
signals-method = Entrega
signals-method-is = { $method ->
    [push] Los eventos se le envían
   *[poll] Viene a buscar los eventos
}
signals-gets = Recibe
signals-gets-none = Ninguno de los eventos que hay
signals-reason = Por qué no fluye
signals-stopped = La administración lo ha detenido. El suscriptor no puede reanudarlo.
signals-last = Última entrega
signals-taken = { $n ->
    [one] { $n } evento tomado
   *[other] { $n } eventos tomados
}
signals-taken-none = Aún no ha tomado nada
signals-backlog = En espera
signals-oldest = el más antiguo { $at }
signals-error = Último error
signals-failing = falla desde el { $at }
signals-retry = próximo intento el { $at }
signals-no-stream = El suscriptor aún no se ha suscrito. Dele su credencial y la dirección del documento de configuración:
signals-verify = Enviar una verificación
signals-pause = Pausar
signals-resume = Reanudar
signals-refused = Rechazados
signals-refused-text = Lo que el suscriptor dijo que nunca tomará. No se le envía otra vez.
signals-credentials = Credenciales
signals-credentials-none = Ninguna credencial vale: el suscriptor no puede suscribirse ni recoger.
signals-credential-since = creada el { $day }
signals-credential-used = último uso { $at }
signals-credential-unused = nunca usada
signals-credential-end-open = Terminar la credencial del { $day }
signals-credential-end-confirm = Desde este momento se rechaza al suscriptor que la presente.
signals-credential-end = Terminarla
signals-credential-add = Nueva credencial
signals-credentials-full = Dos credenciales valen: una en uso, otra para cambiar. Termine una para crear otra.
signals-remove-head = Quitar este suscriptor
signals-remove-confirm = Sus credenciales terminan, lo que le espera se pierde, y no se le dice nada más.
signals-remove = Quitar
notice-signals-removed = El suscriptor fue quitado.
notice-signals-verification = La verificación está en camino.
notice-signals-status = El flujo fue cambiado, y se avisa al suscriptor.
notice-signals-credential-ended = La credencial ha terminado.
refusal-ssf-request = La petición del suscriptor no es correcta: { $why }.
refusal-no-such-stream = No existe ese flujo.
refusal-ssf-stream-there = Este suscriptor ya tiene un flujo: uno basta.
refusal-ssf-stopped = La administración ha detenido este flujo: solo ella lo reanuda.
refusal-ssf-too-soon = Se pidió una verificación hace menos de { $seconds } segundos.
refusal-no-such-receiver = No existe ese suscriptor.
refusal-receiver-audience = Una audiencia es una dirección o un nombre de 1 a 200 caracteres visibles, sin espacios.
refusal-receiver-audience-taken = Otro suscriptor ya tiene esta audiencia.
refusal-receiver-full = Ya valen dos credenciales de este suscriptor: termine una primero.
refusal-no-such-receiver-credential = No existe esa credencial del suscriptor.
refusal-receiver-without-stream = El suscriptor aún no se ha suscrito.
