### Raccorder un entrepôt, et y contrôler un jeton.

warehouse-title = { $name }
warehouse-typ = En-tête typ
warehouse-user = Champ qui nomme l’utilisateur
warehouse-steps = Ce qu’il faut régler
warehouse-steps-text = Dans cet ordre, de l’autre côté. Toutes les valeurs sont remplies ; ce qui est entre chevrons, c’est à vous de le dire.
warehouse-know = Ce qu’il faut savoir de son vérificateur
warehouse-page = Ce que dit { $kind }
warehouse-check = Contrôler un jeton
caveat-concern = { $concern ->
    [version] Version
    [unchecked] Non regardé
    [session] Sessions
   *[care] À surveiller
}

setup-snowflake = En tant que ACCOUNTADMIN, dans une feuille de calcul
setup-snowflake-note = Snowflake lit les clés publiques à notre adresse.
setup-snowflake-roles = Les rôles et les personnes
setup-snowflake-roles-note = Chaque personne a besoin d’un utilisateur Snowflake dont LOGIN_NAME est son identifiant ici, et des rôles accordés à cet utilisateur : un jeton n’ouvre que ce que Snowflake a aussi accordé.
setup-snowflake-secondary = Pour qu’une session n’ait que le rôle du jeton
setup-snowflake-try = Pour l’essayer avec un jeton à vous
setup-trino = Dans etc/config.properties du coordinateur
setup-trino-note = Redémarrez ensuite le coordinateur. Il lit les clés publiques à notre adresse et suit les rotations de lui-même.
setup-trino-roles = Les rôles, dans son catalogue
setup-postgrest = Dans postgrest.conf
setup-postgrest-note = Sans jwt-aud, PostgREST accepte des jetons faits pour un autre entrepôt : réglez-le.
setup-postgrest-keys = Toutes les heures, pour suivre nos clés
setup-postgrest-keys-note = PostgREST lit les clés dans ses réglages ou dans un fichier, pas à une adresse. La clé suivante est publiée bien avant de signer.
setup-postgrest-roles = Les rôles de base de données que prennent les jetons
setup-postgrest-roles-note = authenticator désigne le rôle avec lequel PostgREST se connecte.
setup-postgres-hba = Dans pg_hba.conf, une ligne par rôle
setup-postgres-hba-note = PostgreSQL 18 et suivants. Qui se connecte donne le rôle comme nom d’utilisateur ; sa ligne demande le scope de ce rôle.
setup-postgres-ident = Dans pg_ident.conf
setup-postgres-ident-note = Toute personne que le validateur a laissée passer pour le scope d’un rôle peut être ce rôle. Seulement avec un validateur qui contrôle le scope.
setup-postgres-conf = Dans postgresql.conf
setup-postgres-conf-note = PostgreSQL n’apporte pas de validateur : mettez ici le nom de la bibliothèque que vous avez installée.
setup-postgres-validator = Ce que le validateur doit contrôler
setup-postgres-validator-note = La signature par nos clés publiques, puis l’émetteur, l’audience, la validité et le scope ; le champ de l’utilisateur est le nom qu’il rapporte.
setup-postgres-roles = Les rôles de la base de données
setup-databricks = Une politique de fédération du compte
setup-databricks-note = En tant qu’administrateur du compte, avec la ligne de commande de Databricks.
setup-databricks-try = Pour échanger un jeton à vous contre un jeton de Databricks
setup-bigquery = Un fournisseur dans le pool d’identités
setup-bigquery-session = Des jetons de Google aussi courts que possible
setup-bigquery-roles = Les rôles comme groupes
setup-bigquery-roles-note = Chacun de nos rôles arrive comme un groupe : donnez-lui des rôles IAM dans les projets où il lit.
setup-clickhouse = ClickHouse Cloud : Settings, Security, JWKS providers
setup-clickhouse-roles = Les rôles, en SQL
setup-clickhouse-roles-note = La limite de permissions du fournisseur borne ce que donnent ces rôles.
setup-clickhouse-antalya = Ou Altinity Antalya : dans config.xml
setup-clickhouse-antalya-note = Avec une version 26.1 ou suivante. Nommez aussi le processeur dans user_directories.
setup-starrocks = Une intégration de sécurité
setup-starrocks-chain = Et on l’interroge
setup-starrocks-chain-note = Ajoutez ce qui se trouve déjà dans authentication_chain.
setup-starrocks-user = Ou, sans Apache Ranger, personne par personne
setup-generic = Ce que tout vérificateur de jetons JSON doit savoir
setup-generic-note = Vérifiez la signature, iss, aud et exp, et suivez les clés publiques : elles changent à chaque rotation.

caveat-offline = Il contrôle les jetons par nos clés publiques et ne nous demande rien. Quand une habilitation, un certificat ou une personne prend fin, les jetons en cours durent jusqu’à leur expiration : { $minutes ->
    [one] 1 minute au plus
   *[other] { $minutes } minutes au plus
}.
caveat-plain-http = Notre adresse commence par http. Les entrepôts y lisent les clés : hors d’un essai, il faut https, et qu’ils puissent l’atteindre.
caveat-snowflake-network = Depuis janvier 2026, une intégration External OAuth prend une NETWORK_POLICY à elle ; sans cela, celle du compte vaut.
caveat-snowflake-session = Une session ouverte appartient à Snowflake : une politique de session dit combien de temps elle peut rester inactive (SESSION_IDLE_TIMEOUT_MINS).
caveat-snowflake-any-role = EXTERNAL_OAUTH_ANY_ROLE_MODE reste à DISABLE : une session a le rôle de son jeton et aucun autre. ENABLE lui laisse prendre tout rôle de l’utilisateur, ENABLE_FOR_PRIVILEGE seulement là où USE_ANY_ROLE a été accordé.
caveat-snowflake-blocked = Les rôles qui commandent le compte sont bloqués dans l’intégration, et aucun rôle d’ici ne peut porter leur nom.
caveat-snowflake-secondary = Les rôles secondaires ajoutent à une session les autres rôles de l’utilisateur. Une politique de session qui n’en permet aucun tient un jeton au seul rôle qu’il nomme.
caveat-trino-unchecked = typ et iat ne sont pas regardés ; un jeton sans exp ne finirait jamais (les nôtres en ont toujours un).
caveat-trino-roles = Le rôle du jeton n’est pas lu : tout rôle accordé à l’utilisateur dans le catalogue peut être pris, quel que soit le rôle du jeton.
caveat-trino-typ = Il s’agit du type d’authentification JWT. Le type OAUTH2 est un autre vérificateur, qui refuse at+jwt à moins que http-server.authentication.oauth2.jwt-type ne le dise : écrivez typ: JWT pour lui.
caveat-trino-tls = JWT demande TLS sur le coordinateur et un secret partagé pour les échanges internes. L’adresse de nos clés doit être en https, sauf pour un essai.
caveat-postgrest-unchecked = iss et typ ne sont pas regardés. Un jeton sans aud ou sans exp passe ; les nôtres ont les deux.
caveat-postgrest-session = Chaque requête est contrôlée à nouveau, à 30 secondes près ; il n’y a pas de session à terminer.
caveat-postgrest-anon = Un jeton sans rôle agit comme db-anon-role là où il est réglé : ne donnez rien à ce rôle.
caveat-postgrest-keys = Une clé qui se retire reste admise jusqu’à la prochaine lecture de son fichier.
caveat-postgres-version = OAuth est dans PostgreSQL 18 et suivants, pour les clients dont la libpq 18 a été construite avec.
caveat-postgres-unchecked = Le serveur lui-même ne regarde rien dans le jeton : le validateur décide, et celui qui laisse trop passer ouvre la base.
caveat-postgres-session = Un jeton est regardé à l’ouverture d’une connexion. Celle qui est ouverte dure au-delà de la fin du jeton ; pg_terminate_backend la termine.
caveat-postgres-scope = Ne réglez pas delegate_ident_mapping : le validateur déciderait alors seul qui peut être quel rôle.
caveat-databricks-roles = Le rôle du jeton n’est pas lu : ce qu’une personne peut faire vient de ses groupes dans Databricks.
caveat-databricks-session = Notre jeton est échangé contre un jeton de Databricks, dont la fin est la sienne : elle ne suit pas le nôtre.
caveat-databricks-users = Le champ email doit être le nom d’un utilisateur déjà présent ; SCIM les y met.
caveat-bigquery-session = Notre jeton est échangé contre un jeton de Google, qui dure ce que dit la durée de session du pool : une heure si rien n’est réglé, 15 minutes au moins.
caveat-bigquery-keys = Google trouve nos clés par /.well-known/openid-configuration sous notre adresse, qui doit être en https et publique.
caveat-bigquery-sub = Un jeton doit durer moins de 48 heures. kid, sub, iat et exp sont nécessaires ; les nôtres les ont.
caveat-clickhouse-version = ClickHouse Cloud à partir de 26.4, RS256 ; ES256 à partir de 26.8. Le serveur libre n’a pas d’authentification JWT ; les versions Antalya d’Altinity l’ont depuis 26.1.
caveat-clickhouse-session = Son utilisateur est fait à partir du jeton et retiré quand le jeton finit.
caveat-clickhouse-user = Dans le Cloud, le nom de l’utilisateur vient de sub, notre identifiant de la personne ; Antalya prend preferred_username.
caveat-clickhouse-cache = Antalya garde un jeton contrôlé pendant token_cache_lifetime secondes, une heure si rien n’est réglé : gardez-le court.
caveat-starrocks-version = StarRocks 3.5 et suivants ; depuis un client MySQL, sa version 9.2 ou suivante.
caveat-starrocks-unchecked = nbf, iat et typ ne sont pas regardés, et exp seulement s’il y est (les nôtres en ont toujours un). Les noms sont comparés sans la casse.
caveat-starrocks-roles = Le rôle du jeton n’est pas lu.
caveat-starrocks-rsa = Sa page parle d’ECDSA, son code ne vérifie que des clés RSA : ses jetons sont signés en RS256.
caveat-starrocks-ranger = Une intégration de sécurité veut Apache Ranger pour les droits ; les utilisateurs créés un par un prennent des rôles de StarRocks même.
caveat-generic-keys = Relisez les clés dès qu’un jeton en nomme une que vous ne connaissez pas, et au moins toutes les heures.

check-title = Contrôler un jeton pour { $name }
check-lede = Ce que { $kind } dirait de chaque partie d’un jeton, une fois réglé comme le dit notre page, et ce que Habilis dit maintenant. Le jeton n’est ni gardé ni journalisé.
check-token = Jeton
check-token-hint = Tel qu’un outil le montre ; « Bearer » peut le précéder.
check-do = Contrôler
check-result = Ce que { $kind } dirait
check-result-accepted = { $kind } accepterait ce jeton
check-result-refused = { $kind } refuserait ce jeton
check-verdict = { $verdict ->
    [accepted] Accepté
    [refused] Refusé
   *[unchecked] Non regardé
}
check-part = { $part ->
    [structure] Structure
    [signature] Signature
    [role] Rôle
    [others] Autres champs
   *[claim] { $part }
}
check-head-part = Partie
check-head-verdict = Verdict
check-head-why = Pourquoi, et que faire
check-house = Ce que Habilis dit maintenant
check-house-foreign = Aucune de nos clés de jetons ne l’a fait. On ne sait rien de lui, et ce qu’il dit peut être faux.
check-house-no-record = Notre clé l’a signé, et il n’y en a aucune trace. Les jetons sont inscrits avant d’être signés : cherchez pourquoi.
check-house-another = Il a été fait pour quelqu’un d’autre. Ce que Habilis en sait est pour cette personne et pour les auditeurs.
check-house-over = Son temps est passé.
check-house-live = L’accès pour lequel il a été fait est effectif en ce moment.
check-house-stopped = L’accès pour lequel il a été fait n’est plus effectif. L’entrepôt l’apprend à l’expiration du jeton.
check-house-ended = Il a pris fin avant l’heure : il a été retiré, ou sa session, son outil, l’accord de son propriétaire ou sa clé ont pris fin. L’accès pour lequel il a été fait est effectif. L’entrepôt l’apprend à l’expiration du jeton.
check-house-role = Rôle
check-house-grant = Habilitation
check-house-minted = Émis
check-house-until = Expire

check-structure-ok = Trois parties en base64url, dont deux objets JSON.
check-empty = Il n’y a rien ici. Collez le jeton entier.
check-large = Il a plus de { $most } octets ; aucun serveur ne prend un en-tête de cette taille. Est-ce un jeton ?
check-encrypted = Il a cinq parties : un jeton chiffré (JWE). Les nôtres sont signés et non chiffrés ; collez un jeton d’accès.
check-parts = Un jeton signé a trois parties séparées par des points, celui-ci en a { $n }. A-t-il été coupé ?
check-base64 = { $part ->
    [header] La première partie
   *[claims] La deuxième partie
} n’est pas du base64url sans remplissage. A-t-elle été copiée en entier ?
check-json = { $part ->
    [header] La première partie
   *[claims] La deuxième partie
} n’est pas un objet JSON, ou est imbriquée trop profondément. Ce n’est pas un jeton à nous.
check-alg-ok = { $alg } est ce qui signe les jetons de cet entrepôt.
check-alg-other = { $alg } est vérifié ici aussi, même si ses jetons sont signés en { $signing } maintenant.
check-alg-not-taken = Ce genre d’entrepôt ne vérifie pas { $alg }. Demandez un jeton pour cet entrepôt : ils sont signés en { $signing }.
check-alg-missing = L’en-tête ne dit pas comment il a été signé.
check-alg-none = « none » veut dire : non signé. Qui envoie un tel jeton essaie d’entrer sans clé.
check-alg-secret = { $alg } se fait avec un secret partagé, et il n’y en a pas : un vérificateur qui prendrait notre clé publique pour un secret pourrait être trompé ainsi. Il est refusé.
check-alg-foreign = { $alg } n’est pas un de nos algorithmes.
check-typ-ok = C’est { $typ }, comme les jetons de cet entrepôt.
check-typ-wrong = Il devrait être { $typ }.
check-crit = Il exige une extension comprise de tous, et aucun vérificateur d’ici n’en comprend. Les nôtres n’ont jamais crit.
check-own-key = { $part } nomme une clé propre au jeton. Seules nos clés publiées comptent ; elle n’est pas suivie.
check-kid-ok = { $state ->
    [active] Cette clé signe maintenant.
    [next] Cette clé est publiée et ne signe pas encore : un jeton à nous ne l’aurait pas.
   *[retiring] Cette clé ne signe plus et vérifie encore.
}
check-kid-missing = L’entrepôt a besoin de kid pour trouver la clé. Nos jetons en ont toujours un.
check-kid-none = Il n’y a pas de kid : chaque clé publiée est essayée.
check-kid-unknown = Nous n’avons pas cette clé. Le jeton vient-il d’un autre service, ou d’une autre installation de Habilis ?
check-kid-badge = Cette clé signe des badges. Les badges n’ouvrent aucun entrepôt.
check-kid-gone = Cette clé est hors d’usage et n’est plus publiée. Prenez un nouveau jeton.
check-kid-other-alg = Cette clé à nous signe avec un autre algorithme que celui de l’en-tête.
check-signature-ok = Notre clé l’a faite, et rien n’a changé depuis.
check-signature-wrong = La signature ne convient pas : quelque chose a changé, ou une autre clé l’a faite. Prenez un nouveau jeton.
check-signature-unknown = Nous n’avons pas de clé pour la contrôler.
check-unread = Ce genre d’entrepôt ne regarde pas { $part }.
check-untold = Son éditeur ne dit pas si { $part } est regardé.
check-iss-ok = C’est notre adresse, octet par octet.
check-iss-wrong = Il devrait être { $wanted }, octet par octet. Comparez HABILIS_PUBLIC_URL, jusqu’à la barre finale.
check-aud-ok = Il est fait pour cet entrepôt.
check-aud-among = Cet entrepôt est parmi ses audiences. Les nôtres n’en ont qu’une.
check-aud-none = Il n’y en a pas, et cet entrepôt comprend : toutes. Les nôtres en ont toujours une.
check-aud-wrong = Elle devrait être { $wanted } : ce jeton est pour un autre lieu. Prenez-en un pour un rôle de cet entrepôt.
check-claim-missing = L’entrepôt a besoin de { $claim }, et il n’y est pas.
check-claim-none = Il n’y a pas de { $claim }, et l’entrepôt n’en a pas besoin.
check-no-instant = { $claim } n’est pas un nombre de secondes depuis 1970.
check-exp-none = Il n’y a pas d’exp, et cet entrepôt prendrait le jeton pour toujours. Les nôtres en ont toujours un.
check-exp-long = Il dure { $hours } heures ou plus depuis iat ; cet entrepôt accepte moins.
check-exp-ok = Il dure jusqu’à : { $at }.
check-exp-leeway = Il a fini : { $at } ; cet entrepôt le prend encore pendant { $leeway } secondes.
check-exp-over = Il a fini : { $at }. Prenez-en un nouveau.
check-begun = { $at } n’est pas dans le futur.
check-not-begun = { $at } est dans le futur : comparez les horloges.
check-named = { $claim } y est.
check-user-missing = L’entrepôt prend l’utilisateur dans { $claim }, et il n’y est pas.
check-role-unread = Le rôle du jeton n’est pas lu ici : l’entrepôt a ses propres rôles pour les personnes.
check-role-ok = { $role } est un rôle de cet entrepôt. L’entrepôt doit aussi l’avoir accordé, là où il accorde des rôles.
check-role-unknown = { $role } n’est pas un rôle de cet entrepôt au catalogue. Si l’entrepôt le connaît, on ne peut le dire d’ici.
check-role-reserved = { $role } commande l’entrepôt, ou lui est propre : il est refusé, et aucun jeton à nous ne l’a.
check-role-missing = L’entrepôt a besoin d’un rôle dans { $claim }, et il n’y en a pas. Demandez un jeton pour un rôle de cet entrepôt.
check-role-anonymous = Il n’y a pas de rôle : une telle requête agit comme le rôle anonyme, ou est refusée s’il n’y en a pas.
check-role-no-group = Il n’y a pas de rôle : la personne ne serait dans aucun groupe.
check-others = { $names } : personne ne les lit ici, à moins que vous n’ayez réglé plus que ne dit notre page.
