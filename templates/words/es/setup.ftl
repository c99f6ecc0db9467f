### Conectar un almacén y comprobar un token con él.

warehouse-title = { $name }
warehouse-typ = Cabecera typ
warehouse-user = Campo que nombra al usuario
warehouse-steps = Qué hay que configurar
warehouse-steps-text = En este orden, en el otro lado. Todos los valores están puestos; lo que va entre corchetes angulares lo dices tú.
warehouse-know = Qué conviene saber de su verificador
warehouse-page = Lo que dice { $kind }
warehouse-check = Comprobar un token
caveat-concern = { $concern ->
    [version] Versión
    [unchecked] No se mira
    [session] Sesiones
   *[care] Atención
}

setup-snowflake = Como ACCOUNTADMIN, en una hoja de trabajo
setup-snowflake-note = Lee las claves públicas de nuestra dirección.
setup-snowflake-roles = Los roles y las personas
setup-snowflake-roles-note = Cada persona necesita un usuario de Snowflake cuyo LOGIN_NAME sea su usuario aquí, con cada rol concedido: un token abre solo lo que Snowflake también ha concedido.
setup-snowflake-secondary = Para que una sesión tenga solo el rol del token
setup-snowflake-try = Para probarlo con un token tuyo
setup-trino = En etc/config.properties del coordinador
setup-trino-note = Reinicia después el coordinador. Lee las claves públicas de nuestra dirección y sigue solo las rotaciones.
setup-trino-roles = Los roles, en su catálogo
setup-postgrest = En postgrest.conf
setup-postgrest-note = Sin jwt-aud, PostgREST acepta tokens hechos para otro almacén: ponlo.
setup-postgrest-keys = Cada hora, para que siga nuestras claves
setup-postgrest-keys-note = PostgREST lee las claves de sus ajustes o de un archivo, no de una dirección. La clave siguiente se publica mucho antes de firmar.
setup-postgrest-roles = Los roles de la base de datos a los que cambian los tokens
setup-postgrest-roles-note = authenticator representa el rol con el que entra PostgREST.
setup-postgres-hba = En pg_hba.conf, una línea por rol
setup-postgres-hba-note = PostgreSQL 18 y posteriores. Quien se conecta da el rol como usuario; su línea pide el scope de ese rol.
setup-postgres-ident = En pg_ident.conf
setup-postgres-ident-note = Quien el validador deja pasar con el scope de un rol puede ser ese rol. Solo con un validador que compruebe el scope.
setup-postgres-conf = En postgresql.conf
setup-postgres-conf-note = PostgreSQL no trae validador: pon aquí el nombre de la biblioteca que hayas instalado.
setup-postgres-validator = Lo que tiene que comprobar el validador
setup-postgres-validator-note = La firma con nuestras claves públicas, y después emisor, audiencia, validez y scope; el campo del usuario es el nombre que comunica.
setup-postgres-roles = Los roles de la base de datos
setup-databricks = Una política de federación de la cuenta
setup-databricks-note = Como administrador de la cuenta, con la línea de órdenes de Databricks.
setup-databricks-try = Para cambiar un token tuyo por uno de Databricks
setup-bigquery = Un proveedor en el grupo de identidades de personal
setup-bigquery-session = Tokens de Google tan cortos como se pueda
setup-bigquery-roles = Los roles como grupos
setup-bigquery-roles-note = Cada rol nuestro llega como un grupo: dale roles de IAM en los proyectos donde lee.
setup-clickhouse = ClickHouse Cloud: Settings, Security, JWKS providers
setup-clickhouse-roles = Los roles, con SQL
setup-clickhouse-roles-note = El límite de permisos del proveedor acota lo que dan estos roles.
setup-clickhouse-antalya = O Altinity Antalya: en config.xml
setup-clickhouse-antalya-note = Con una versión 26.1 o posterior. Nombra también el procesador en user_directories.
setup-starrocks = Una integración de seguridad
setup-starrocks-chain = Y se le pregunta
setup-starrocks-chain-note = Añade lo que ya haya en authentication_chain.
setup-starrocks-user = O, sin Apache Ranger, persona por persona
setup-generic = Lo que necesita saber cualquier verificador de JSON Web Tokens
setup-generic-note = Comprueba la firma, iss, aud y exp, y sigue las claves públicas: cambian con cada rotación.

caveat-offline = Comprueba los tokens con nuestras claves públicas y no nos pregunta. Cuando acaba una concesión, un certificado o una persona, los tokens vivos siguen hasta que caducan: { $minutes ->
    [one] 1 minuto como mucho
   *[other] { $minutes } minutos como mucho
}.
caveat-plain-http = Nuestra dirección empieza por http. Los almacenes leen ahí las claves: salvo en una prueba, tiene que ser https y estar a su alcance.
caveat-snowflake-network = Desde enero de 2026, una integración External OAuth admite una NETWORK_POLICY propia; sin ella vale la de la cuenta.
caveat-snowflake-session = Una sesión abierta es de Snowflake: una política de sesión dice cuánto puede estar inactiva (SESSION_IDLE_TIMEOUT_MINS).
caveat-snowflake-any-role = EXTERNAL_OAUTH_ANY_ROLE_MODE se queda en DISABLE: una sesión tiene el rol de su token y ningún otro. ENABLE la deja cambiar a cualquier rol del usuario, ENABLE_FOR_PRIVILEGE solo donde se haya concedido USE_ANY_ROLE.
caveat-snowflake-blocked = Los roles que mandan en la cuenta están bloqueados en la integración, y ningún rol de aquí puede llamarse igual.
caveat-snowflake-secondary = Los roles secundarios añaden a una sesión los demás roles del usuario. Una política de sesión que no permita ninguno deja un token en el único rol que nombra.
caveat-trino-unchecked = typ e iat no se miran; un token sin exp no acabaría nunca (los nuestros siempre lo llevan).
caveat-trino-roles = El rol del token no se lee: se puede tomar cualquier rol concedido al usuario en el catálogo, fuera cual fuera el del token.
caveat-trino-typ = Este es el tipo de autenticación JWT. El tipo OAUTH2 es otro verificador, que rechaza at+jwt salvo que lo diga http-server.authentication.oauth2.jwt-type: escribe typ: JWT para él.
caveat-trino-tls = JWT necesita TLS en el coordinador y un secreto compartido para la comunicación interna. La dirección de nuestras claves tiene que ser https, salvo en una prueba.
caveat-postgrest-unchecked = iss y typ no se miran. Un token sin aud o sin exp pasa; los nuestros llevan ambos.
caveat-postgrest-session = Cada petición se comprueba de nuevo, con 30 segundos de margen; no hay sesión que terminar.
caveat-postgrest-anon = Un token sin rol actúa como db-anon-role donde esté puesto: no le des nada a ese rol.
caveat-postgrest-keys = Una clave que se retira sigue siendo válida hasta que se vuelve a leer su archivo.
caveat-postgres-version = OAuth está en PostgreSQL 18 y posteriores, para clientes con una libpq 18 compilada con él.
caveat-postgres-unchecked = El servidor no mira nada del token: decide el validador, y uno que deje pasar de más abre la base de datos.
caveat-postgres-session = Un token se mira al abrir una conexión. Una abierta sigue tras el fin del token; pg_terminate_backend la termina.
caveat-postgres-scope = No pongas delegate_ident_mapping: entonces el validador decidiría solo quién puede ser qué rol.
caveat-databricks-roles = El rol del token no se lee: lo que puede hacer una persona viene de sus grupos en Databricks.
caveat-databricks-session = Nuestro token se cambia por uno de Databricks, cuyo fin es cosa suya: no sigue al nuestro.
caveat-databricks-users = El campo email tiene que ser el nombre de un usuario que ya exista; SCIM los crea.
caveat-bigquery-session = Nuestro token se cambia por uno de Google, que dura lo que diga la duración de sesión del grupo: una hora si no se dice, 15 minutos como mínimo.
caveat-bigquery-keys = Google encuentra nuestras claves por /.well-known/openid-configuration bajo nuestra dirección, que tiene que ser https y pública.
caveat-bigquery-sub = Un token tiene que durar menos de 48 horas. Hacen falta kid, sub, iat y exp; los nuestros los llevan.
caveat-clickhouse-version = ClickHouse Cloud desde 26.4, RS256; ES256 desde 26.8. El servidor libre no tiene autenticación JWT; las versiones Antalya de Altinity la tienen desde 26.1.
caveat-clickhouse-session = Su usuario se crea a partir del token y se quita cuando el token acaba.
caveat-clickhouse-user = En el Cloud, el nombre del usuario sale de sub, nuestro identificador de la persona; Antalya toma preferred_username.
caveat-clickhouse-cache = Antalya guarda un token comprobado durante token_cache_lifetime segundos, una hora si no se dice: que sea corto.
caveat-starrocks-version = StarRocks 3.5 y posteriores; desde un cliente MySQL, su versión 9.2 o posterior.
caveat-starrocks-unchecked = nbf, iat y typ no se miran, y exp solo si está (los nuestros siempre lo llevan). Los nombres se comparan sin distinguir mayúsculas.
caveat-starrocks-roles = El rol del token no se lee.
caveat-starrocks-rsa = Su página habla de ECDSA, su código solo verifica claves RSA: sus tokens se firman con RS256.
caveat-starrocks-ranger = Una integración de seguridad requiere Apache Ranger para los derechos; los usuarios creados uno a uno toman roles del propio StarRocks.
caveat-generic-keys = Vuelve a leer las claves cuando un token nombre una que no conozcas, y al menos cada hora.

check-title = Comprobar un token para { $name }
check-lede = Lo que { $kind } diría de cada parte de un token, una vez configurado como dice nuestra página, y lo que dice Habilis ahora. El token ni se guarda ni se registra.
check-token = Token
check-token-hint = Tal como lo muestra una herramienta; puede llevar delante «Bearer».
check-do = Comprobarlo
check-result = Lo que diría { $kind }
check-result-accepted = { $kind } aceptaría este token
check-result-refused = { $kind } rechazaría este token
check-verdict = { $verdict ->
    [accepted] Aceptado
    [refused] Rechazado
   *[unchecked] No se mira
}
check-part = { $part ->
    [structure] Estructura
    [signature] Firma
    [role] Rol
    [others] Otros campos
   *[claim] { $part }
}
check-head-part = Parte
check-head-verdict = Veredicto
check-head-why = Por qué, y qué hacer
check-house = Lo que dice Habilis ahora
check-house-foreign = Ninguna clave nuestra de tokens lo ha hecho. No se sabe nada de él, y lo que dice puede ser falso.
check-house-no-record = Nuestra clave lo ha firmado y no hay constancia de él. Los tokens se anotan antes de firmarse: averigua por qué.
check-house-another = Se hizo para otra persona. Lo que Habilis sabe de él es para ella y para los auditores.
check-house-over = Su tiempo ha pasado.
check-house-live = El acceso para el que se hizo está en vigor en este momento.
check-house-stopped = El acceso para el que se hizo ya no está en vigor. El almacén lo sabrá cuando caduque el token.
check-house-ended = Terminó antes de tiempo: se retiró, o terminó su sesión, su herramienta, el acuerdo de su propietario o su clave. El acceso para el que se hizo está en vigor. El almacén lo sabrá cuando caduque el token.
check-house-role = Rol
check-house-grant = Concesión
check-house-minted = Emitido
check-house-until = Caduca

check-structure-ok = Tres partes en base64url, dos de ellas objetos JSON.
check-empty = Aquí no hay nada. Pega el token entero.
check-large = Tiene más de { $most } bytes; ningún servidor admite una cabecera de ese tamaño. ¿Es un token?
check-encrypted = Tiene cinco partes: un token cifrado (JWE). Los nuestros van firmados y sin cifrar; pega un token de acceso.
check-parts = Un token firmado tiene tres partes separadas por puntos, este tiene { $n }. ¿Se ha cortado?
check-base64 = { $part ->
    [header] La primera parte
   *[claims] La segunda parte
} no es base64url sin relleno. ¿Se ha copiado entera?
check-json = { $part ->
    [header] La primera parte
   *[claims] La segunda parte
} no es un objeto JSON, o está anidada demasiado hondo. No es un token nuestro.
check-alg-ok = Con { $alg } se firman los tokens de este almacén.
check-alg-other = { $alg } también se verifica aquí, aunque sus tokens se firman ahora con { $signing }.
check-alg-not-taken = Este tipo de almacén no verifica { $alg }. Pide un token para este almacén: se firman con { $signing }.
check-alg-missing = La cabecera no dice cómo se firmó.
check-alg-none = «none» significa: sin firmar. Quien envía un token así intenta entrar sin clave.
check-alg-secret = { $alg } se hace con un secreto compartido, y no hay ninguno: así se podría engañar a un verificador que tomara nuestra clave pública por secreto. Se rechaza.
check-alg-foreign = { $alg } no es un algoritmo nuestro.
check-typ-ok = Es { $typ }, como los tokens de este almacén.
check-typ-wrong = Debería ser { $typ }.
check-crit = Pide una extensión que hay que entender, y ningún verificador de aquí entiende ninguna. Los nuestros nunca llevan crit.
check-own-key = { $part } nombra una clave propia del token. Solo cuentan nuestras claves publicadas; no se sigue.
check-kid-ok = { $state ->
    [active] Esta clave firma ahora.
    [next] Esta clave está publicada y aún no firma: un token nuestro no la llevaría.
   *[retiring] Esta clave ya no firma y todavía verifica.
}
check-kid-missing = El almacén necesita kid para encontrar la clave. Nuestros tokens siempre lo llevan.
check-kid-none = No hay kid: se prueba cada clave publicada.
check-kid-unknown = No tenemos esa clave. ¿Hizo el token otro servicio, u otra instalación de Habilis?
check-kid-badge = Esta clave firma insignias. Las insignias no abren ningún almacén.
check-kid-gone = Esta clave está fuera de uso y ya no se publica. Pide un token nuevo.
check-kid-other-alg = Esta clave nuestra firma con otro algoritmo que el de la cabecera.
check-signature-ok = La hizo nuestra clave, y nada ha cambiado desde entonces.
check-signature-wrong = La firma no encaja: algo ha cambiado, o la hizo otra clave. Pide un token nuevo.
check-signature-unknown = No tenemos clave con la que comprobarla.
check-unread = Este tipo de almacén no mira { $part }.
check-untold = Su fabricante no dice si se mira { $part }.
check-iss-ok = Es nuestra dirección, byte por byte.
check-iss-wrong = Debería ser { $wanted }, byte por byte. Compara HABILIS_PUBLIC_URL, hasta la barra final.
check-aud-ok = Está hecho para este almacén.
check-aud-among = Este almacén está entre sus audiencias. Los nuestros llevan una sola.
check-aud-none = No hay, y este almacén lo toma por todas. Los nuestros siempre llevan una.
check-aud-wrong = Debería ser { $wanted }: este token es para otro sitio. Pide uno para un rol de este almacén.
check-claim-missing = El almacén necesita { $claim }, y no está.
check-claim-none = No hay { $claim }, y el almacén no lo necesita.
check-no-instant = { $claim } no es un número de segundos desde 1970.
check-exp-none = No hay exp, y este almacén aceptaría el token para siempre. Los nuestros siempre lo llevan.
check-exp-long = Dura { $hours } horas o más desde iat; este almacén admite menos.
check-exp-ok = Dura hasta: { $at }.
check-exp-leeway = Acabó: { $at }; este almacén aún lo admite { $leeway } segundos.
check-exp-over = Acabó: { $at }. Pide uno nuevo.
check-begun = { $at } no está en el futuro.
check-not-begun = { $at } está en el futuro: compara los relojes.
check-named = { $claim } está.
check-user-missing = El almacén toma el usuario de { $claim }, y no está.
check-role-unread = El rol del token no se lee aquí: el almacén tiene roles propios para las personas.
check-role-ok = { $role } es un rol de este almacén. El almacén también tiene que haberlo concedido, donde concede roles.
check-role-unknown = { $role } no es un rol de este almacén en el catálogo. Si el almacén lo conoce, desde aquí no se sabe.
check-role-reserved = { $role } manda en el almacén, o es suyo: se rechaza, y ningún token nuestro lo lleva.
check-role-missing = El almacén necesita un rol en { $claim }, y no hay. Pide un token para un rol de este almacén.
check-role-anonymous = No hay rol: una petición así actúa como el rol anónimo, o se rechaza donde no lo haya.
check-role-no-group = No hay rol: la persona no estaría en ningún grupo.
check-others = { $names }: aquí nadie los lee, a menos que hayas configurado más de lo que dice nuestra página.
