### Politiques, délégation, et cycles de vie des demandes et des droits.

notices-delegation_begins = Vous décidez à la place de { $owner }
notices-delegation_begins-text = { $owner } est en congé : les demandes qui l’attendent viennent à vous, jusqu’au
refusal-no-such-delegation = Il n’y a pas de telle délégation.
refusal-delegate-oneself = Désignez quelqu’un d’autre : personne ne décide à sa propre place.
refusal-delegate-inactive = Cette personne ne peut pas agir en ce moment, donc pas décider pour une autre.
refusal-bad-period = Une délégation finit après son début, dans le temps à venir, et dure { $most } jours au plus.
refusal-delegation-overlaps = Quelqu’un décide déjà à cette place, du { $from } au { $until }. Mettez-y d’abord fin, ou choisissez un autre moment.
refusal-delegation-ended-already = Cette délégation a déjà pris fin.
refusal-manager-loop = Cette personne répond déjà à l’autre : elle ne peut pas être son responsable.
refusal-delegators-own-request = Vous décidez à la place de la personne qui demande ici : c’est à d’autres de décider.
approver-owners = les propriétaires du rôle
approver-manager = le ou la responsable de la personne
turn-for = à la place de { $name }
decide-place = Vous décidez
decide-place-own = à votre propre place
decide-place-of = à la place de { $name }
decide-in-place-of = Vous décidez à la place de { $name }, en congé.

delegations-title = Délégations
delegations-lede = Quand une personne est en congé, une autre décide à sa place sur les demandes qui l’attendent. Jamais sur une demande de l’une ou de l’autre, et personne ne décide deux fois.
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
