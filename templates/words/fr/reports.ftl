### Les questions de l’audit.

nav-reports = Rapports
reports-title = Rapports
reports-lede = Les questions de l’audit. Chacune reçoit sa réponse à un moment donné, y compris pour les personnes et les rôles qui ne sont plus là.
reports-own-roles = Vous pouvez interroger les rôles dont vous êtes responsable.
reports-noted = Qui lit un rapport, et ce qui a été demandé, est consigné au journal.
report-page-title = Rapport : { $title }
report-number = Question { $n }
report-ask = Répondre
report-choose-role = Choisissez un rôle
report-as-of = Au { $at }
report-forecast = Ce moment est à venir : voici ce qui sera si rien ne change d’ici là.
report-period = Du { $from } au { $until }
report-noted = Cette consultation est consignée au journal.
report-figure-bad = Cela ne devrait pas être
report-figure-good = Comme il se doit
report-nothing = Aucune ligne
report-nothing-text = Rien dans les dossiers ne répond à cette question à ce moment.
report-command = En ligne de commande :
report-cell-none = rien
report-yes = Oui
report-no = Non
report-from-hint = À défaut, { $days } jours avant le moment demandé.

refusal-no-such-report = Ce rapport n’existe pas : { $id }.
refusal-report-needs = Ce rapport a besoin de savoir : { $parameter ->
    [person] la personne
    [role] le rôle
    [at] le moment
   *[other] { $parameter }
}.
refusal-report-takes-not = Ce rapport ne peut pas porter sur : { $parameter ->
    [person] une personne
    [role] un rôle
    [at] un moment ; il dit ce qui est maintenant
    [from] une période
    [until] une période
   *[other] { $parameter }
}.

report-parameter-person = Personne
report-parameter-role = Rôle
report-parameter-at = Au moment
report-parameter-from = Du
report-parameter-until = Avant le

report-title-holders-now = Titulaires actuels
report-question-holders-now = Qui détient un rôle maintenant ?
report-moment-holders-now = Tout ce qui a été accordé et n’a pas pris fin. L’état dit pourquoi un accès n’est pas en vigueur. Pour un autre moment, demandez le rapport « Titulaires à un moment ».
report-title-holders-at = Titulaires à un moment
report-question-holders-at = Qui détenait un rôle à un moment donné ?
report-moment-holders-at = Tout ce qui était accordé à ce moment et n’avait pas pris fin, avec son état d’alors. « Jusqu’au » est la fin prévue, ou celle qui est venue plus tard.
report-title-why-held = Pourquoi un rôle est détenu
report-question-why-held = Pourquoi cette personne détient-elle ce rôle : toute la chaîne ?
report-moment-why-held = Chaque étape jusqu’à ce moment : examens, certificats, demandes, décisions, l’accès, les verrous et chaque jeton.
report-title-approvals = Approbations
report-question-approvals = Qui a approuvé, et quelqu’un est-il intervenu dans son propre dossier ?
report-moment-approvals = Ce qui a été décidé dans la période, jusqu’à ce moment ; et ce qu’une règle a accordé sans décision de personne.
report-title-certified-when-used = Certifié lors de l’usage
report-question-certified-when-used = Cette personne était-elle certifiée, et sur quelle version, quand l’accès a été accordé et à chaque usage ?
report-moment-certified-when-used = Chaque accès accordé et chaque jeton de la période jusqu’à ce moment, avec chaque partie de l’exigence alors en vigueur. Un certificat ne compte que s’il était déjà délivré.

report-column-person = Personne
report-column-role = Rôle
report-column-warehouse = Entrepôt
report-column-starts = Du
report-column-ends = Jusqu’au
report-column-state = État
report-column-effective = En vigueur
report-column-grant = Accès
report-column-request = Demande
report-column-when = Quand
report-column-step = Étape
report-column-what = Quoi
report-column-by = Par
report-column-words = En mots
report-column-thing = Pièce
report-column-decided = Décidé le
report-column-decision = Décision
report-column-decided_by = Décidé par
report-column-approver = Qui a décidé
report-column-own_case = Propre dossier
report-column-use = Moment
report-column-requirement = Exigence
report-column-certified = Certifié
report-column-course = Cours
report-column-course_version = Version
report-column-valid_from = Compte du
report-column-valid_until = Compte jusqu’au
report-column-certificate = Certificat

report-word-step-attempt = Examen
report-word-step-certificate = Certificat
report-word-step-request = Demande
report-word-step-decision = Décision
report-word-step-grant = Accès
report-word-step-lock = Verrou
report-word-step-account = Compte
report-word-step-token = Jeton
report-word-by-person = Une personne
report-word-by-policy = La règle seule
report-word-use-given = Accès accordé
report-word-use-began = Accès commencé
report-word-use-token = Jeton délivré

report-figure-effective = En vigueur à ce moment
report-figure-decisions = Décisions
report-figure-own_cases = Décisions dans son propre dossier
report-figure-grants = Accès accordés
report-figure-tokens = Jetons
report-figure-uncertified = Sans certificat
