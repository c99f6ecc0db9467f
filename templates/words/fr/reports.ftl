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
role-withdrawn = { $name } (retiré)
report-as-of = Au { $at }
report-about = Au sujet de
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
    [days] un nombre de jours
    [client] un outil
    [address] une adresse
    [team] une équipe
    [kind] une nature
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
report-moment-why-held = Chaque étape jusqu’à ce moment : examens, certificats, demandes, décisions, l’habilitation, les verrous et chaque jeton.
report-title-approvals = Approbations
report-question-approvals = Qui a approuvé, et quelqu’un est-il intervenu dans son propre dossier ?
report-moment-approvals = Ce qui a été décidé dans la période, jusqu’à ce moment ; et ce qu’une règle a accordé sans décision de personne.
report-title-certified-when-used = Certifié lors de l’usage
report-question-certified-when-used = Cette personne était-elle certifiée, et sur quelle version, quand l’accès a été accordé et à chaque usage ?
report-moment-certified-when-used = Chaque habilitation et chaque jeton de la période jusqu’à ce moment, avec chaque partie de l’exigence alors en vigueur. Un certificat ne compte que s’il était déjà délivré.

report-column-person = Personne
report-column-role = Rôle
report-column-warehouse = Entrepôt
report-column-starts = Du
report-column-ends = Jusqu’au
report-column-state = État
report-column-effective = En vigueur
report-column-grant = Habilitation
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
report-column-on_behalf_of = À la place de
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
report-word-step-grant = Habilitation
report-word-step-held = Retenue
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
report-figure-grants = Habilitations données
report-figure-tokens = Jetons
report-figure-uncertified = Sans certificat

report-days-hint = À défaut, { $days } jours.
report-parameter-days = Jours sans usage
report-parameter-client = Outil (client_id ou nom)
report-parameter-address = Adresse

report-title-without-certificate = Habilitations sans certificat
report-question-without-certificate = Qui a une habilitation sans certificat valide ? Aucune ne doit être en vigueur.
report-moment-without-certificate = Chaque habilitation qui courait à ce moment, comparée aux certificats qui comptaient alors. Chacune à laquelle il en manque un est listée, et si elle ouvrait quelque chose.
report-title-durations = Combien de temps
report-question-durations = Combien de temps d’une demande à l’accès, et d’une échéance à la fin de l’accès ?
report-moment-durations = Chaque cas de la période jusqu’à ce moment. Habilis dit non dès l’instant de l’échéance ; la durée indiquée va jusqu’à la fin du dernier jeton délivré avant, pour un entrepôt qui ne demande jamais ici. L’accès commence quand il est accordé, ou à son début s’il vient plus tard ; un renouvellement sans interruption n’est pas une attente et n’est pas listé.
report-title-unused = Sans usage
report-question-unused = Quelles habilitations n’ont pas servi depuis tant de jours ?
report-moment-unused = Chaque habilitation qui courait à ce moment et avait commencé, avec le dernier jeton délivré à ce titre.
report-title-tokens = Jetons délivrés
report-question-tokens = Quels jetons ont été délivrés, par personne, rôle, outil et adresse ?
report-moment-tokens = Chaque jeton de la période jusqu’à ce moment, compté selon la personne, le rôle, l’outil et l’adresse.
report-title-leaver = Un départ
report-question-leaver = Cette personne est partie : tout a-t-il disparu, et quand ?
report-moment-leaver = Le compte, et tout ce qui existait quand il a été fermé : si cela avait disparu à ce moment. Pour une personne qui n’est pas partie, tout ce qui existait. Pour ce qui reste, il est dit quand cela prend fin de soi-même, si on le sait.

report-column-missing = Il manque
report-column-lost = Depuis
report-column-case = Cas
report-column-began = De
report-column-done = À
report-column-took_seconds = Durée
report-column-last_used = Dernier usage
report-column-unused_days = Jours sans usage
report-column-tool = Outil
report-column-client = client_id
report-column-address = Adresse
report-column-tokens = Jetons
report-column-first = Premier
report-column-last = Dernier
report-column-kind = Nature
report-column-since = Depuis
report-column-is_gone = Disparu
report-column-gone = Disparu le
report-column-after_seconds = Après le départ
report-column-gone_by = Fini au plus tard

report-word-case-request = De la demande à l’accès
report-word-case-certificate = De la fin d’un certificat à la fin de l’accès
report-word-case-grant = De la fin d’une habilitation à la fin de l’accès
report-word-left-account = Compte
report-word-left-session = Session
report-word-left-grant = Habilitation
report-word-left-request = Demande
report-word-left-token = Jeton
report-word-left-tool = Outil connecté
report-word-left-link = Lien à usage unique
report-word-left-service = Compte de service
report-word-left-identity = Connexion ailleurs
report-word-left-credential = Secret créé par la personne
report-word-left-webhook = Secret de webhook créé par la personne

report-figure-without_certificate = Habilitations sans certificat
report-figure-without_and_effective = Dont en vigueur
report-figure-access_cases = Demandes qui ont mené à un accès
report-figure-access_median = Jusqu’à l’accès : la moitié en moins de
report-figure-access_p90 = Jusqu’à l’accès : neuf sur dix en moins de
report-figure-lapse_cases = Échéances
report-figure-lapse_median = Jusqu’à la fin de l’accès : la moitié en moins de
report-figure-lapse_p90 = Jusqu’à la fin de l’accès : neuf sur dix en moins de
report-figure-unused = Habilitations sans usage
report-figure-never_used = Dont jamais utilisées
report-figure-use_unknown = Usage inconnu aujourd’hui
report-figure-people = Personnes
report-figure-tools = Outils
report-figure-addresses = Adresses
report-figure-left = Compte fermé depuis
report-figure-not_shut_out = Non exclue à cet instant
report-figure-all_gone = Tout a disparu
report-figure-still_there = Encore là
report-figure-gone_by = Tout avait disparu le
report-figure-will_be_gone_by = Tout fini au plus tard

report-title-policy-then = Règle à un moment
report-question-policy-then = Quelle règle s’appliquait alors à un rôle, et qu’est-ce qui a changé depuis ?
report-moment-policy-then = La règle en vigueur à ce moment, et chacune depuis jusqu’à maintenant, avec ce qu’elle a changé. Que le rôle a été retiré du catalogue est dit comme un changement, lui aussi.
report-column-applied = Appliquée
report-column-until = Jusqu’au
report-column-changed = Changé
report-column-approval = Approbation
report-column-max_seconds = Au plus
report-column-token_seconds = Un jeton
report-column-grace_seconds = Délai de grâce
report-column-policy = Règle
report-word-applied-then = Alors
report-word-applied-since = Depuis
report-word-policy-requires = l’exigence
report-word-policy-approval = l’approbation
report-word-policy-max_duration = la durée de l’accès
report-word-policy-token_lifetime = la durée d’un jeton
report-word-policy-reason = l’obligation d’une raison
report-word-policy-grace_after_lapse = le délai de grâce
report-word-policy-undecided_for = l’attente d’une demande
report-word-policy-withdrawn = retiré du catalogue
report-word-policy-returned = de retour dans le catalogue
report-figure-changes = Changements depuis
report-figure-withdrawn = Retiré du catalogue

report-title-reviews = Revues
report-question-reviews = Les revues ont-elles été faites à temps, et qu’est-ce qui a été retiré ?
report-moment-reviews = Chaque ligne des revues commencées dans la période, avec sa réponse à ce moment. Ce à quoi personne n’avait répondu à l’échéance n’était pas à temps.
report-column-title = Revue
report-column-answer = Réponse
report-column-on_time = À temps
report-column-due = Échéance
report-column-answered = Répondu le
report-column-answered_by = Répondu par
report-column-review = Pièce
report-figure-review_lines = Lignes
report-figure-answered_in_time = Répondues à temps
report-figure-late = En retard
report-figure-removed = Retirées
report-figure-lapsed = Terminées sans réponse
report-word-state-pending = Ouverte
report-word-state-delegated = Transmise
report-word-state-cancelled = Annulée

report-title-log-integrity = Le journal est-il intact ?
report-question-log-integrity = Ce journal est-il complet et inaltéré ?
report-moment-log-integrity = L’arbre tel qu’il a été signé en dernier à ce moment, les événements de la période octet par octet (les 10 000 derniers), et ce que le dernier parcours de tout le journal a donné : il en commence un chaque jour. La maison se vérifie ici elle-même ; un tiers vérifie un export avec « habilis audit verify ».
report-column-check = Vérification
report-column-sound = Intact
report-column-looked_at = Examinés
report-column-wrong = Faux
report-column-found = Premier trouvé
report-word-check-waiting = Chaque événement a sa position à temps
report-word-check-listed = Chaque événement est dans le journal, ou attend sa position
report-word-check-guarded = La base refuse de modifier ou d’effacer des événements
report-word-check-outside = Aucun lieu extérieur n’est dit avoir plus que ce qu’il y a
report-word-check-keys = Chaque clé du journal est nommée par un événement qui s’y trouve
report-word-check-signature = Le point de contrôle est signé, et parle de cet arbre
report-word-check-positions = Aucune position n’est vide
report-word-check-events = Chaque événement est ce qu’il était, octet par octet
report-word-check-beside = Adresses et mots sont ceux qui ont été engagés, ou sont partis avec un effacement
report-word-check-whole = Le dernier parcours de tout le journal n’a rien trouvé d’autre que ce qui a été signé
report-figure-log_sound = Complet et inaltéré
report-figure-log_events = Événements du journal signé
report-figure-log_signed = Dernière signature
report-figure-log_unproved = Mots que rien ne prouve : un effacement en a retiré des noms, ou ils précèdent le journal
report-figure-log_out_of_time = Événements datés de plus de cinq minutes avant un autre qui les précède
report-figure-log_first_out_of_time = Le premier d’entre eux, par sa position
report-figure-nothing_signed_yet = Rien n’était encore signé à cet instant
report-word-by-emergency = Personne : une urgence
report-word-state-emergency = Pris en urgence
report-word-policy-hours = quand l’accès peut servir
report-word-policy-claim_by = le délai pour prendre un accès approuvé
