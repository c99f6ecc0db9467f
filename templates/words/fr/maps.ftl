### La carte des titulaires et le calendrier des échéances.

map-title = Carte des titulaires
map-lede = Qui détient quoi, vu de loin : équipes ou personnes, par entrepôts ou par rôles. Un nom ou une case mène plus près.
map-list = En liste
map-rows = Lignes
map-by-any = Au mieux
map-by-teams = Équipes
map-by-people = Personnes
map-order = Ordre
map-order-name = Par nom
map-order-likeness = Qui détient la même chose ensemble
map-no-team = Sans équipe
map-corner = { $rows ->
    [people] Personne
   *[teams] Équipe
}
map-effective = En vigueur
map-held-back = Retenu
map-legend-share = personnes pour qui il est en vigueur ; plus c’est foncé, plus la part de la ligne est grande
map-legend-held = retenu pour toutes
map-legend-more = autres personnes pour qui il est retenu
map-span = { $rows ->
    [people] Personnes { $first } à { $last } sur { $of }
   *[teams] Équipes { $first } à { $last } sur { $of }
}
map-across = colonnes { $first } à { $last } sur { $of }
map-up = Lignes au-dessus
map-down = Lignes au-dessous
map-left = Colonnes avant
map-right = Autres colonnes
map-none = Personne ne détient rien ici
map-none-text = Retirez un filtre, ou demandez un autre moment.
map-cut = Il y a plus d’habilitations qu’une carte n’en montre, et il en manque ici. Choisissez un entrepôt, un rôle ou une équipe.
map-whole = Les fichiers contiennent toutes les lignes et toutes les colonnes, pas seulement celles qui sont montrées ici.

nav-lapses = Échéances
lapses-title = Calendrier des échéances
lapses-lede = Quels certificats et habilitations vont prendre fin, et si quelque chose prend la suite.
lapses-months = Mois
lapses-count = { $certificates ->
    [one] un certificat
   *[other] { $certificates } certificats
}, { $grants ->
    [one] une habilitation
   *[other] { $grants } habilitations
}
lapses-both = Les deux
lapses-certificates = Certificats
lapses-grants = Habilitations
lapses-month = Ce qui prend fin : { $month }
lapses-zone = Les jours sont ceux du fuseau horaire { $zone }.
lapses-whole-month = Le mois entier
lapses-more = Toutes
lapses-none = Rien ne prend fin ici
lapses-none-text = Choisissez un autre jour ou mois, ou retirez un filtre.
weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.
month-of = { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

report-parameter-team = Équipe
report-parameter-kind = Nature
report-kind-any = Les deux
report-title-lapses = Échéances à venir
report-question-lapses = Quels certificats et habilitations vont prendre fin, et quelque chose prend-il la suite ?
report-moment-lapses = Ce qui devait prendre fin dans la période, tel qu’on le savait à ce moment ; une équipe est prise telle qu’elle est aujourd’hui. À défaut, les 90 jours après ce moment. Un accès dont les certificats finissent plus tôt se termine avant sa propre fin, une fois leur délai de grâce passé, sauf si quelque chose de nouveau est obtenu.
report-column-certification = Certification
report-column-carried = Suite prise
report-column-sooner = Fin plus tôt
report-word-lapse-certificate = Certificat
report-word-lapse-grant = Habilitation
report-figure-certificates = Certificats
report-figure-grants_ending = Habilitations
report-figure-not_carried = Sans rien qui prenne la suite
