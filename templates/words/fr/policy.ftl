### Politiques, délégation, et cycles de vie des demandes et des droits.

notices-delegation_begins = Vous décidez à la place de { $owner }
notices-delegation_begins-text = { $owner } est en congé : les demandes et les revues qui l’attendent viennent à vous, jusqu’au
refusal-no-such-delegation = Il n’y a pas de telle délégation.
refusal-delegate-oneself = Désignez quelqu’un d’autre : personne ne décide à sa propre place.
refusal-delegate-inactive = Cette personne ne peut pas agir en ce moment, donc pas décider pour une autre.
refusal-bad-period = Une délégation finit après son début, dans le temps à venir, et dure { $most } jours au plus.
refusal-delegation-overlaps = Quelqu’un décide déjà à cette place, du { $from } au { $until }. Mettez-y d’abord fin, ou choisissez un autre moment.
refusal-delegation-ended-already = Cette délégation a déjà pris fin.
refusal-manager-loop = Cette personne répond déjà à l’autre : elle ne peut pas être son responsable.
refusal-delegators-own-request = Vous décidez à la place de la personne dont il s’agit : c’est à d’autres de décider.
approver-owners = les propriétaires du rôle
approver-manager = le ou la responsable de la personne
turn-for = à la place de { $name }
decide-place = Vous décidez
decide-place-own = à votre propre place
decide-place-of = à la place de { $name }
decide-in-place-of = Vous décidez à la place de { $name }, en congé.

delegations-title = Délégations
delegations-lede = Quand une personne est en congé, une autre décide à sa place sur les demandes qui l’attendent et répond aux revues. Jamais sur une demande ou un accès de l’une ou de l’autre, et personne ne décide deux fois.
delegations-link = En congé ? Laissez quelqu’un décider à votre place
delegations-given = Qui décide pour moi
delegations-given-none = Personne. Vous décidez en personne.
delegations-had = Pour qui je décide
delegations-had-none = Pour personne d’autre que vous.
delegations-all = Toutes
delegations-all-none = Personne n’a encore rien délégué.
delegations-new = Désigner quelqu’un
delegations-who = Qui décide à votre place
delegations-who-hint = Son adresse e-mail.
delegations-from = Du
delegations-from-hint = Vide : tout de suite.
delegations-until = Au
delegations-note = Un mot pour cette personne
delegations-do = Déléguer
delegations-end = Y mettre fin
delegations-end-label = Mettre fin à la délégation de { $from } à { $to }
delegation-of = { $to } pour { $from }
notice-delegated = C’est noté. Dès lors, cette personne décide à votre place, et en est avertie.
notice-delegation-ended = La délégation a pris fin.

person-manager = Responsable
person-manager-none = Personne
person-manager-hint = Décide quand un rôle demande l’accord du responsable. Vide : personne.
person-manager-save = Enregistrer le responsable
notice-manager-saved = Le responsable est enregistré.

refusal-bad-start = L’accès commence dans le temps à venir, d’ici { $days } jours.
refusal-outside-hours = Ce rôle ne s’utilise que pendant ses heures. Elles commencent à { $from }.
refusal-grant-suspended-already = Cette habilitation est déjà suspendue.
refusal-grant-not-suspended = Personne n’a suspendu cette habilitation.
refusal-own-grant = Personne ne réactive sa propre habilitation : c’est à quelqu’un d’autre qui peut la suspendre de le faire.
weekdays-short = lun|mar|mer|jeu|ven|sam|dim
role-hours = Heures
role-claim = À prendre en charge
role-claim-within = dans les { $span }, par un jeton
role-by-rule = { $level ->
    [public] par la règle des données publiques
    [internal] par la règle des données internes
    [confidential] par la règle des données confidentielles
   *[personal] par la règle des données personnelles
}
role-closed-why = Il ne s’utilise que pendant ses heures. Elles commencent { $at }.
note-closed = Il ne s’utilise que pendant ses heures, qui commencent { $at }.
permit-claim = Prenez votre premier jeton avant { $at }, ou dites que vous en avez besoin : ce que personne ne prend en charge prend fin.
permit-claim-do = J’en ai besoin
notice-grant-claimed = Elle est à vous jusqu’à son terme.
give-back = Rendre l’habilitation…
give-back-text = Elle n’ouvre plus rien, ses jetons non plus. S’il vous la faut encore un jour, demandez-la de nouveau.
give-back-do = La rendre
notice-grant-given-back = Vous l’avez rendue. Elle n’ouvre plus rien.
ask-starts = À partir de quand ?
ask-starts-hint = Vide : dès qu’elle est accordée. La durée compte à partir de là.
explain-why-hours = il ne s’utilise que pendant ses heures, qui commencent { $at }
explain-why-unclaimed = personne ne l’a prise en charge avant { $at }
proof-suspend = Suspendre cette habilitation
proof-suspend-text = Elle n’ouvre plus rien, son renouvellement non plus, ni ce qui est demandé une fois son temps écoulé, jusqu’à ce que quelqu’un la laisse reprendre. Son terme reste le même. La personne et le journal apprennent pourquoi.
grant-suspend-do = La suspendre
proof-reactivate = Laisser reprendre cette habilitation
proof-reactivate-text = Elle est de nouveau en vigueur si tout le reste tient. Ce qui a pris fin entre-temps reste terminé.
grant-reactivate-do = La laisser reprendre
notice-grant-suspended = L’habilitation est suspendue. Aucun jeton n’est plus émis.
notice-grant-reactivated = L’habilitation reprend, si tout le reste tient.

refusal-too-many-at-once = Choisissez entre une et { $most } demandes à la fois.
policies-title = Aperçu des politiques
policies-nav = Politiques
policies-lede = Ce qui changerait si ce catalogue était chargé : rôle par rôle, pour qui, et ce qui reste. Rien ne change ici.
policies-would = Si ce fichier était chargé
policies-wrong = Ce fichier ne serait pas accepté
policies-same = Rien ne changerait : aucun rôle, aucune demande, aucune habilitation.
policies-fate = { $fate ->
    [added] nouveau
    [gone] quitte le catalogue
    [moved] passe dans un autre entrepôt
   *[other] change
}
policies-beside = Seul ce qui entoure sa politique diffère : aucune demande ni habilitation n’est touchée.
policies-unused = Les habilitations que personne n’utilise prennent fin selon cette règle, y compris celles qui existent déjà.
policies-catalogue = En dehors des rôles
policies-blocked = { $n ->
    [one] Il manquerait désormais quelque chose à une personne.
   *[other] Il manquerait désormais quelque chose à { $n } personnes.
}
policies-requests = { $n ->
    [one] Une demande ouverte
   *[other] { $n } demandes ouvertes
}
policies-grants = { $n ->
    [one] Une habilitation
   *[other] { $n } habilitations
}
policies-effect = { $effect ->
    [lapses] devient caduque
    [ends] prend fin
    [blocked] garde sa politique ; à la prochaine demande une certification manque
   *[keeps] garde sa politique ; la nouvelle vaut à la prochaine demande
}
policies-text = Le fichier
policies-field = access.yaml
policies-field-hint = Ce qui est en vigueur se trouve ici. Modifiez-le, ou collez-en un autre.
policies-do = Voir l’effet
policy-nothing = rien
role-policies = La politique au fil du temps
role-policies-text = Ce qui valait quand, et ce que chaque version a changé
role-policy-since = En vigueur depuis { $at }
bulk-tick = Décider avec d’autres
bulk-title = Décider plusieurs à la fois
bulk-text = Celles qui sont cochées ci-dessus sont décidées chacune pour elle-même, l’une après l’autre, avec les mêmes mots.
waiting-title = Qui attend qui
waiting-text = Les demandes ouvertes des autres, la prochaine à expirer d’abord
waiting-who = Demande
waiting-whom = Attend
waiting-on = { $on ->
    [certification] une certification : { $whom }
    [answer] une réponse de { $whom }
   *[other] un mot de { $whom }
}
comments-title = Commentaires
comments-new = Dire quelque chose
comments-hint = Cela ne décide rien. Toute personne qui peut lire la demande le lit.
comments-do = Commenter
comments-erased = Effacé.
notice-commented = Votre commentaire est gardé.
policy-field = { $field ->
    [requires] Certifications
    [approval] Accord
    [max_duration] Habilitation la plus longue
    [token_lifetime] Un jeton
    [reason] Motif
    [grace_after_lapse] Délai après une échéance
    [undecided_for] Une demande attend
    [hours] Heures
    [claim_by] À prendre en charge sous
    [warehouse] Entrepôt
    [name] Nom là-bas
    [sensitivity] Sensibilité
    [owner] Propriétaire
    [data] Données
    [review_every] Revue tous les
    [end_unused_after] Prend fin sans usage après
    [end_unused_notice] Prévenir avant
    [break_glass] Accès d’urgence
    [kind] Type d’entrepôt
    [audience] Audience des jetons
    [signing] Signature des jetons
    [typ] Type des jetons
    [login] Nom des personnes dans l’entrepôt
    [host] Hôte
    [account] Compte
    [database] Base de données
    [schema] Schéma
    [compute] Ce qui exécute les requêtes
   *[other] { $field }
}

notices-request_waits = { $owner } demande { $name }
notices-request_waits-text = La demande attend votre décision, et devient caduque le { $at }.
notices-request_lapses = La demande de { $owner } pour { $name } va devenir caduque
notices-request_lapses-text = Si rien ne se passe, elle devient caduque le { $at }.
notices-request_approved = Accordé : { $name }
notices-request_approved-text = Votre demande a été accordée le { $at }.
notices-request_rejected = Refusé : { $name }
notices-request_rejected-text = Votre demande a été refusée le { $at }. Ce qui en a été dit se lit avec elle.
notices-request_returned = Une question sur votre demande de { $name }
notices-request_returned-text = Elle vous a été renvoyée le { $at }. Répondez à la question et redemandez, sinon elle devient caduque.
notices-request_lapsed = Caduque : { $name }
notices-request_lapsed-text = Votre demande est devenue caduque le { $at }. Si le rôle vous est encore utile, redemandez-le.
notices-request_commented = Un commentaire sur la demande de { $owner } pour { $name }
notices-request_commented-text = Quelqu’un s’est exprimé le { $at }.
notices-access_ends = Votre accès { $name } prend bientôt fin
notices-access_ends-text = Il prend fin le { $at }. Vous pouvez dès maintenant le redemander, sans interruption.
notices-access_held = Votre accès { $name } est suspendu
notices-access_held-text = Il est retenu depuis le { $at }, et ne fonctionne pas tant qu’il l’est. La page du rôle dit pourquoi, et ce qui le rétablit.
notices-access_ended = Votre accès { $name } a pris fin avant son terme
notices-access_ended-text = Il a pris fin le { $at }. La page du rôle dit pourquoi. S’il vous est encore utile, redemandez-le.
notices-access_withdrawn = Votre accès { $name } a pris fin : son rôle a été retiré
notices-access_withdrawn-text = Il a pris fin le { $at } : le rôle a quitté le catalogue, ou est passé à un autre entrepôt. Le catalogue montre ce qui peut être demandé.
notices-emergency_taken = Accès d’urgence de { $owner } : { $name }
notices-emergency_taken-text = { $owner } a pris ce rôle sans accord. Il prend fin à
notices-emergency_overdue = Personne n’a jugé l’accès d’urgence de { $owner } : { $name }
notices-emergency_overdue-text = { $owner } a pris ce rôle sans accord. Quelqu’un d’autre devait en juger avant le
refusal-no-such-emergency = Il n’y a pas de tel accès d’urgence.
refusal-not-on-call = Seuls les admins et les personnes d’astreinte prennent un accès d’urgence. Demandez plutôt le rôle.
refusal-access-in-effect = Ce rôle est déjà en vigueur pour vous, jusqu’à { $until }.
refusal-own-emergency = C’est à quelqu’un d’autre de juger ce que vous avez pris.
refusal-emergency-reviewed-already = Cela a déjà été jugé.
glass-title = Accès d’urgence
glass-lede = Un rôle tout de suite, pour quelques heures, sans accord : pour les urgences. Ses certifications restent nécessaires, toutes les personnes qui veillent l’apprennent, et quelqu’un d’autre en juge après coup.
glass-overdue = { $n ->
    [one] Un accès aurait déjà dû être jugé.
   *[other] { $n } accès auraient déjà dû être jugés.
}
glass-take = Prendre un rôle maintenant
glass-take-text = Il est en vigueur aussitôt, pour { $span }. Les propriétaires du rôle, les admins et les auditeurs l’apprennent, avec votre motif.
glass-role = Rôle
glass-reason-hint = Ce qui s’est passé, et pourquoi il vous faut le rôle.
glass-take-do = Prendre l’accès d’urgence
glass-uses = Ce qui a été pris
glass-open = { $n ->
    [one] { $n } à juger
   *[other] { $n } à juger
}
glass-running = encore en vigueur
glass-tokens = { $n ->
    [one] { $n } jeton
   *[other] { $n } jetons
}
glass-review-by = à juger avant { $at }
glass-review = En juger
glass-review-hint = Nécessaire ; gardé pour de bon. Ce qui n’est pas justifié prend fin aussitôt.
glass-justified = Justifié
glass-unjustified = Pas justifié
glass-state = { $state ->
    [overdue] En retard
    [approved] Justifié
    [rejected] Pas justifié
   *[other] À juger
}
status-taken = Pris
status-justified = Justifié
status-unjustified = Pas justifié
glass-none = Personne n’a pris d’accès d’urgence
glass-none-text = Les rôles pris en urgence se trouvent ici, avec ce que quelqu’un d’autre en dit.
notice-glass-broken = Le rôle est en vigueur. Toutes les personnes qui veillent ont été averties.
notice-glass-reviewed = Votre jugement est gardé.
