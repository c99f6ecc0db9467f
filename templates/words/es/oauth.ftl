### Las herramientas que toman tokens: acuerdo, rol que falta, cierre de sesión, registro.

consent-title = Conectar { $tool }
consent-ask = ¿Puede { $tool } actuar en su nombre?
consent-data = Lo que abre el rol
consent-until = Usted tiene este rol hasta el { $day }; cada token sirve durante { $span }.
consent-identity = Sabrá quién es usted: su identificador en Habilis.
consent-name = Lee su nombre, su idioma y su zona horaria.
consent-email = Lee su dirección de correo, { $email }.
consent-stays = Sigue conectada en su ausencia, hasta que usted la desconecte o cierre la sesión.
consent-unproven = Funciona en un dispositivo, en { $place }: cualquier programa podría hacerse pasar allí por ella. Siga solo si acaba de iniciarla usted.
consent-yes = Permitir
consent-no = No permitir
consent-then = Después volverá a { $place }.
consent-own = Esta herramienta forma parte de Habilis.
consent-account = Desconecte herramientas en cualquier momento desde su cuenta.
lacking-title = Falta { $role }
lacking-head = Antes necesita { $role }
lacking-kept = { $tool } no recibe nada hasta entonces. Su petición queda guardada: cuando tenga el rol, la página del rol le llevará de vuelta a la herramienta.
lacking-go = Ver cómo conseguirlo
lacking-back = Volver a { $tool } sin él
posting-title = De vuelta a la herramienta
posting-text = Le estamos llevando de vuelta. Si no ocurre nada, pulse el botón.
posting-go = Seguir
leave-title = ¿Cerrar la sesión en Habilis?
leave-tool = { $tool } pide cerrar su sesión. Las herramientas conectadas en esta sesión también se desconectan.
leave-text = Las herramientas conectadas en esta sesión también se desconectan.
leave-stay = Seguir con la sesión
role-tools = { $tool } espera este rol
role-tools-go = Seguir a { $tool }

nav-clients = Herramientas
clients-title = Herramientas
clients-lede = Programas que pueden tomar tokens para las personas: cada una da antes su acuerdo, y cada token se comprueba como si lo hubiera pedido ella misma.
clients-discovery = Documento de descubrimiento
clients-there = Herramientas registradas
clients-kind = { $kind ->
    [public] Pública
   *[confidential] Confidencial
}
clients-kind-which = ¿Qué clase de herramienta es?
clients-kind-confidential = Funciona en un servidor y guarda un secreto.
clients-kind-public = Funciona en los dispositivos o navegadores de las personas y no puede guardar ninguno.
clients-since = desde el { $day }
clients-refreshes = sigue conectada
clients-refreshes-ask = Puede seguir conectada: recibe tokens de renovación.
clients-every-role = Todos los roles que la persona tiene
clients-own = Parte de la casa
clients-change = Secretos y retirada
clients-secret = Secreto
clients-secret-of = El secreto de { $name }
clients-secret-once = Solo se muestra ahora. Habilis no guarda más que su huella.
clients-secret-since = Secreto creado el { $day }
clients-secret-end = Darlo por terminado
clients-secret-end-label = Dar por terminado el secreto creado el { $day }
clients-secret-add = Crear otro secreto
clients-edit = Cambiar
clients-edit-title = Cambiar { $name }
clients-edit-lede = Lo que tiene de un rol o de una herramienta que usted quita termina al momento: conexiones, tokens de renovación y tokens. Con otra dirección de redirección, cada persona debe dar de nuevo su acuerdo.
clients-edit-service-lede = Lo que ya no puede usar termina al momento. Para un rol o una herramienta que añada, su propietario debe dar un nuevo acuerdo; hasta entonces no obtiene ningún token.
clients-these-roles = Estos roles
clients-these-roles-hint = Ninguno marcado: identifica a las personas y no obtiene ningún rol.
notice-client-changed = La herramienta ha cambiado; lo que tenía de los roles y herramientas quitados ha terminado.
notice-client-asks = La cuenta ha cambiado. Va a usar más de lo que aceptó su propietario, y espera su acuerdo.
clients-remove = Retirar la herramienta
clients-remove-confirm = Todo lo que las personas conectaron con ella termina al instante.
clients-register = Registrar una herramienta
clients-name = Nombre
clients-name-hint = Las personas lo leen cuando se les pide su acuerdo.
clients-redirects = Direcciones de vuelta
clients-redirects-hint = Una por línea: https, http en una dirección local (cualquier puerto) o un esquema privado como com.example.tool:/back.
clients-logouts = Direcciones tras cerrar la sesión
clients-logouts-hint = Una por línea, o ninguna.
clients-roles = Roles que puede usar
clients-roles-hint = Ninguno marcado: todos los roles que la persona tiene.
clients-register-do = Registrar
notice-client-registered = La herramienta está registrada.
notice-client-removed = La herramienta se ha retirado, y lo que tenía ha terminado.
notice-client-secret-ended = El secreto ha terminado.
notice-tool-disconnected = La herramienta está desconectada: ya no tiene nada en su nombre.

refusal-no-such-client = No existe esa herramienta.
refusal-oauth-redirect-foreign = La herramienta quiere enviarle a una dirección que nadie registró para ella. Usted se queda aquí; avise a un administrador si confía en la herramienta.
refusal-oauth-request = La petición de la herramienta no es correcta. Detalle, en inglés: «{ $why }».
refusal-oauth-client-unproven = La herramienta no demostró quién es.
refusal-oauth-grant = Lo que presentó la herramienta no sirve para un token. Detalle, en inglés: «{ $why }».
refusal-oauth-client-may-not = La herramienta no puede hacer eso. Detalle, en inglés: «{ $why }».
refusal-oauth-grant-type = La herramienta pidió tokens de una manera que aquí no se conoce.
refusal-oauth-response-type = La herramienta pidió una respuesta que aquí no se conoce.
refusal-oauth-scope = La herramienta pidió un alcance que no es correcto. Detalle, en inglés: «{ $why }».
refusal-oauth-target = La herramienta nombró un recurso que no es correcto. Detalle, en inglés: «{ $why }».
refusal-oauth-login-required = Inicie sesión primero.
refusal-oauth-consent-required = Primero hace falta su acuerdo.
refusal-oauth-denied = Usted no lo permitió.
refusal-oauth-request-object = La herramienta envió su petición en una forma que no se acepta.
refusal-oauth-request-uri = La herramienta envió su petición por referencia, y eso no se acepta.
refusal-oauth-token-dead = Este token de acceso no sirve para esto.
refusal-oauth-token-elsewhere = Este token de acceso es para otra cosa. Detalle, en inglés: «{ $why }».
refusal-client-name = Dé a la herramienta un nombre de 1 a 80 caracteres en una línea: las personas lo leen cuando se les pide su acuerdo.
refusal-client-redirect = No se puede registrar la dirección { $uri }: { $what ->
    [malformed] pasa de 1000 caracteres o contiene algo que no es una dirección
    [wildcard] un comodín nunca se reconoce
    [fragment] no se permite un fragmento
    [user-info] no se permite un nombre ni una contraseña
    [plain-http] http solo vale para una dirección local (127.0.0.1, [::1] o localhost)
    [scheme] un esquema privado es un nombre de dominio invertido, como com.example.tool
    [too-many] una herramienta tiene 20 como máximo
    [none] hace falta al menos una
   *[other] no es correcta
}.
refusal-client-secrets-full = Ya hay dos secretos válidos: dé antes uno por terminado.
refusal-client-without-secrets = Una herramienta pública no puede guardar un secreto, y no tiene ninguno.
refusal-no-such-client-secret = La herramienta no tiene ese secreto.
refusal-client-first-party = Esta herramienta forma parte de la casa y se queda.
