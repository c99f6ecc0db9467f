### Cuentas de servicio: quién responde de ellas, qué puede cada una y qué se dice de ellas.

machine-kind = Cuenta de servicio
machine-owner = Propietario
machine-owner-hint = De quién usa el acceso: correo electrónico o nombre. Se detiene cuando lo hacen su certificado, su concesión o su cuenta.
machine-named = { $login } en { $warehouse }
machine-until = Acceso hasta el { $day }
machine-stopped = El propietario no tiene ese acceso ahora: no se emite ningún token
machine-no-access = Sin acceso
machine-used = último token
machine-unused = ningún token todavía
machine-login = Nombre en { $warehouse }
machine-hand-over = Traspasar a
machine-hand-over-do = Traspasar
machine-change = Secretos, propietario, nombres y retirada
machine-ends = Cualquiera de las dos cosas pone fin a los tokens que la cuenta tiene en este momento.
machine-register = Registrar una cuenta de servicio
machine-register-text = Un programa que obtiene tokens para sí mismo, según lo que su propietario puede en ese momento. No hay máquinas anónimas.
machine-name-hint = Lo que hace, por ejemplo «Carga nocturna».
machine-roles-hint = Marque al menos uno: no puede usar nada más.
machines-mine = Cuentas de servicio
machines-mine-text = Programas que usan su acceso. Se detienen con él; antes se le avisa a usted y a su equipo.
machines-theirs = Cuentas de servicio
machines-theirs-text = Programas que usan el acceso de esta persona y se detienen con él
machine-waits = Espera a su propietario
machine-asks = Pide usar su acceso, bajo su responsabilidad. No recibe ningún token antes de que usted acepte.
machine-accept = Aceptar
machine-accept-label = Aceptar { $name }
machine-decline = No aceptar
machine-decline-label = No aceptar { $name }
machine-withdraw = Retirar mi acuerdo
machine-withdraw-label = Retirar mi acuerdo con { $name }
machine-decide = Aceptar o no
notice-client-accepted = Acepta la cuenta de servicio: desde ahora usa su acceso.
notice-client-declined = No acepta la cuenta de servicio: no recibe ningún token, y lo que tenía ha terminado.
notice-client-handed-over = La cuenta está traspasada, y lo que tenía ha terminado.
notice-client-named = El nombre en el almacén está guardado, y lo que la cuenta tenía ha terminado.

notices-service_asks = La cuenta de servicio «{ $name }» va a usar su acceso
notices-service_asks-text = Figura usted como propietario. No recibe ningún token antes de que acepte.
notices-service_ends = La cuenta de servicio «{ $name }» está a punto de perder su acceso a { $role }
notices-service_ends-text = Usa el acceso de { $owner }, que termina el
notices-service_stopped = La cuenta de servicio «{ $name }» ha perdido su acceso a { $role }
notices-service_stopped-text = Usaba el acceso de { $owner }, que terminó el

refusal-client-service = Una cuenta de servicio no puede ser así: { $what ->
    [public] tiene que guardar un secreto
    [ways] obtiene tokens por client_credentials, y por nada para lo que alguien inicie sesión
    [redirects] a ella no se devuelve ningún navegador
    [roles] hay que nombrar los roles que puede usar
    [owner] necesita un propietario
   *[other] algo no encaja
}.
refusal-client-owner-inactive = Una cuenta de servicio pertenece a alguien con una cuenta activa.
refusal-client-changed = La cuenta ha cambiado mientras tanto: mire lo que va a usar ahora, y acéptelo o no.
refusal-client-owned-already = Esta persona ya es propietaria de la cuenta.
refusal-client-no-service = Esta herramienta no es una cuenta de servicio y no tiene propietario.
refusal-client-login = Escriba un nombre de 1 a 200 caracteres en una línea.
refusal-client-login-taken = Alguien tiene ya ese nombre en este almacén: a quien lo usara se le tomaría por esa persona.
refusal-named-like-machine = Una cuenta de servicio se llama también { $login } en el almacén { $warehouse }: un administrador tiene que cambiar el nombre de una de las dos partes.
refusal-oauth-owner-lacks = El propietario de la cuenta de servicio no tiene ese acceso ahora: { $why }.

clients-exchanges = Puede canjear tokens de
clients-exchanges-ask = Herramientas cuyos tokens puede canjear
clients-exchanges-hint = Un client_id por línea, o ninguno: actúa con un token que esa herramienta recibió, para el mismo rol y almacén, y nunca por más tiempo.
refusal-client-exchange = Los tokens no se pueden canjear así: { $what ->
    [public] quien canjea tiene que guardar un secreto
    [none] hay que nombrar las herramientas cuyos tokens puede canjear
    [ways] no se va a registrar para el canje de tokens
    [unknown] una de las herramientas no existe
   *[other] algo no encaja
}.
