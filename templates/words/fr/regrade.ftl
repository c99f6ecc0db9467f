### Statistiques des questions et corrections de notes.

refusal-regrade-nothing-holds = Aucun examen noté ne comporte la question { $question } dans une telle version.
refusal-regrade-same-version = La version en vigueur est celle qui figurait sur ces copies : il n’y a pas encore d’autre corrigé. Corrigez d’abord la banque et chargez les contenus, ou choisissez un autre traitement.
refusal-regrade-question-gone = Cette question a quitté les contenus, il n’y a donc pas de nouveau corrigé. Neutralisez-la, ou donnez ses points à tout le monde.
refusal-regrade-type-changed = La question était du type { $from } et est maintenant du type { $to } : les réponses de l’un ne disent rien à l’autre. Neutralisez-la, ou donnez ses points à tout le monde.
refusal-regrade-needs-judge = Aucun corrigé ne note une question de ce type. Neutralisez-la, ou donnez ses points à tout le monde.
refusal-regrade-changed = Quelque chose a changé depuis l’aperçu. Regardez-le de nouveau, et appliquez ce que vous y verrez.
refusal-regrade-changes-nothing = Cela ne changerait aucune note.

stat-title = Statistiques : { $course }
stat-question-title = Statistiques : { $question }
stat-heading = Ce que disent les réponses
stat-lede = La première tentative de chaque personne à chaque examen. En dessous de { $least }, rien n’est montré : on y lirait le hasard plutôt que la question.
stat-see = Statistiques
stat-preview = Aperçu
stat-percent = { $n } %
stat-interval = { $low } à { $high }
stat-point = { $id } : facilité { $facility }, discrimination { $discrimination }
stat-exams = Examens
stat-exam = Examen
stat-people = Personnes
stat-attempts = { $n ->
    [one] { $n } tentative en tout
   *[other] { $n } tentatives en tout
}
stat-mean = Note moyenne
stat-passed = Réussi d’emblée
stat-alpha = Alpha
stat-error = Erreur type
stat-alpha-whole = copie entière : { $items } questions, { $people } personnes
stat-alpha-part = { $items } questions communes aux { $people } personnes
stat-alpha-none = trop peu ont eu les mêmes questions
stat-plot = Faciles ou difficiles, tranchantes ou non
stat-plot-text = À droite, ce que presque tout le monde sait ; en haut, ce qui distingue les forts des faibles. Sous la ligne, quelque chose ne va pas.
stat-plot-label = Questions selon leur facilité et leur discrimination ; le tableau ci-dessous dit la même chose
stat-facility = Facilité
stat-discrimination = Discrimination
stat-efficiency = Efficacité, %
stat-time = Durée
stat-fine = rien à signaler
stat-notice = à regarder
stat-serious = sans doute fausse
stat-questions = Questions
stat-question = Question
stat-answers = Premières tentatives
stat-exposure = { $n ->
    [one] montrée { $n } fois
   *[other] montrée { $n } fois
}
stat-flagged = { $n } sur { $of } avec un signalement
stat-sort = Trier par
stat-sort-flag = Signalements d’abord
stat-sort-file = Comme dans les fichiers
stat-sort-facility = Les plus difficiles d’abord
stat-sort-discrimination = Les moins tranchantes d’abord
stat-too-few = Encore trop peu de réponses
stat-few = { $n ->
    [one] { $n } première tentative jusqu’ici
   *[other] { $n } premières tentatives jusqu’ici
} ; à partir de { $least }, les chiffres figureront ici.
stat-empty = Aucun examen ne pose encore de question
stat-empty-text = Dès qu’un cours aura un examen, ses questions figureront ici.
stat-how = Comment ces chiffres sont faits
stat-how-text = <p><strong>Facilité</strong> : la part moyenne des points, avec l’intervalle de Wilson à 95 % quand une réponse est juste ou fausse, sinon par l’approximation normale. <strong>Discrimination</strong> : la corrélation de Pearson avec la part des points de tout le reste de la copie, avec l’intervalle de Fisher à 95 %. <strong>Efficacité</strong> : cette covariance en pour cent de la plus grande que ces notes permettent. <strong>Alpha</strong> et <strong>erreur type</strong> seulement là où { $least } personnes au moins ont répondu aux mêmes questions. <strong>Durée</strong> : la médiane entre un premier enregistrement et le suivant ; comme chacun va et vient, ce n’est qu’un indice. Les notes sont celles du corrigé de la copie : les corrections n’y touchent pas. Un signalement dit « sans doute fausse » seulement quand l’intervalle exclut le hasard ; pour un distracteur et la bonne réponse, selon le test de Meng, Rosenthal et Rubin (1992).</p>
stat-flag-negative-discrimination = Discrimination négative
stat-flag-negative-discrimination-text = Ceux qui réussissent ailleurs réussissent moins ici ({ $value }). Vérifiez le corrigé.
stat-flag-negative-discrimination-maybe-text = Ceux qui réussissent ailleurs réussissent moins ici ({ $value }), mais c’est peut-être encore le hasard : l’intervalle dépasse zéro.
stat-flag-distractor-beats-key = Un leurre l’emporte
stat-flag-distractor-beats-key-text = Les plus forts choisissent « { $option } » ({ $value }) plutôt que ce qui compte comme juste ({ $key }). Vérifiez le corrigé et la formulation.
stat-flag-distractor-beats-key-maybe-text = Les plus forts choisissent « { $option } » ({ $value }) plutôt que ce qui compte comme juste ({ $key }), mais l’écart est peut-être encore dû au hasard.
stat-flag-too-easy = Trop facile
stat-flag-too-easy-text = { $value } des points sont atteints : elle ne distingue personne.
stat-flag-too-hard = Trop difficile
stat-flag-too-hard-text = Seulement { $value } des points sont atteints.
stat-flag-distractor-never-chosen = Un leurre que personne ne choisit
stat-flag-distractor-never-chosen-text = Personne n’a jamais choisi « { $option } ». Rendez-le plus tentant, ou retirez-le.
stat-version = Version
stat-in-force = En vigueur
stat-older = Ancienne
stat-met = du { $first } au { $last }
stat-options = Ce que font les options
stat-option = Option
stat-chosen = Choisie
stat-pull = Bisériale de point
stat-key = Juste
stat-distractor = Leurre
stat-row = Ligne
stat-trace = Des plus faibles aux plus forts
stat-trace-label = Facilité par cinquième des personnes, les plus faibles d’abord ; le tableau ci-dessous dit la même chose
stat-weak = les plus faibles
stat-strong = les plus forts
stat-fifth = Cinquième
stat-as-table = En tableau
stat-gone = Cette question a quitté les contenus.
stat-regrade = Corriger les notes…
stat-corrected-marks = Notes rectifiées
stat-corrected-passed = { $n } de réussite
stat-by-new-key = anciennes réponses, nouveau corrigé
stat-by-new-key-text = Ce qui a été répondu avant la correction, noté avec le corrigé en vigueur : si le nouveau corrigé est bon, le signalement disparaît et la discrimination est positive. Le reste de chaque copie vaut ce qui a été donné d’abord.
stat-corrected = { $n ->
    [one] Les notes de cette question ont été corrigées une fois.
   *[other] Les notes de cette question ont été corrigées { $n } fois.
}
stat-corrected-see = Voir quand et pourquoi

regrade = Corriger les notes
regrade-title = Corriger les notes de { $question }
regrade-heading = Corriger les notes
regrade-lede = Les tentatives gardent leur copie et leur première note. Une correction s’inscrit à côté, avec sa raison, pour tous ceux qu’elle touche.
regrade-how = Ce que devient la question
regrade-new_key = Appliquer le nouveau corrigé
regrade-new_key-text = Chaque réponse est notée selon la version en vigueur. Une option disparue compte comme non choisie.
regrade-full_marks = Tous les points pour tout le monde
regrade-full_marks-text = Personne n’y perd.
regrade-set_aside = Neutraliser la question
regrade-set_aside-text = Elle sort du total, en bien ou en mal.
regrade-from = Version des copies
regrade-from-hint = Celle qui était fausse
regrade-version = { $hash } · { $n ->
    [one] { $n } tentative
   *[other] { $n } tentatives
}, la dernière le { $day }
regrade-take-back = Reprendre les certificats
regrade-take-back-text = Sinon, qui a obtenu un certificat de bonne foi le garde jusqu’à son échéance.
regrade-look = Montrer ce qui changerait
regrade-preview = Ce qui changerait
regrade-preview-text = Rien n’a encore été changé.
regrade-changed = notes changent, sur { $n } tentatives de { $people } personnes
regrade-now-passed = tentatives désormais réussies
regrade-now-failed = tentatives désormais échouées
regrade-marks = Notes
regrade-marks-text = { $higher } en hausse, { $lower } en baisse
regrade-rekeyed = Juste et faux inversés
regrade-added = Nouvelles options
regrade-added-text = personne ne pouvait les choisir
regrade-removed = Options disparues
regrade-removed-text = comptées comme non choisies
regrade-open = Pas encore notées
regrade-open-text = { $n ->
    [one] { $n } tentative, corrigée dès qu’elle sera notée
   *[other] { $n } tentatives, corrigées dès qu’elles seront notées
}
regrade-issued = Certificats délivrés
regrade-woken = Accès qui s’ouvrent
regrade-woken-text = { $wakes } demandes reprennent ({ $granted } accordées aussitôt), { $resumes } habilitations reprennent
regrade-resting = Certificats fondés sur une tentative désormais échouée
regrade-resting-none = Aucun
regrade-revoked = { $n } révoqués
regrade-kept = { $n } maintenus
regrade-if-taken = Les reprendre suspend { $suspends } habilitations et en termine { $ends }.
regrade-tokens = { $n } jetons vivants en dépendent, le dernier jusqu’au { $until }.
regrade-names = Tentative par tentative
regrade-person = Personne
regrade-old = Avant
regrade-new = Après
regrade-turns = Résultat
regrade-stays-passed = reste réussie
regrade-stays-failed = reste échouée
regrade-passes = désormais réussie
regrade-fails = désormais échouée
regrade-more = { $n } autres ne figurent pas ici ; l’API les donne toutes.
regrade-apply = Appliquer
regrade-apply-text = { $n ->
    [one] { $n } note est corrigée d’un seul geste, avec son événement. Elle peut être corrigée de nouveau, jamais rétablie en silence.
   *[other] { $n } notes sont corrigées d’un seul geste, chacune avec son événement. Elles peuvent être corrigées de nouveau, jamais rétablies en silence.
}
regrade-apply-do = { $n ->
    [one] Corriger { $n } note
   *[other] Corriger { $n } notes
}
regrade-reason = Pourquoi
regrade-reason-hint = Tous ceux dont la note change le liront.
regrade-admins = C’est un administrateur qui l’applique. Envoyez-lui l’adresse de cette page.
regrade-past = Corrections jusqu’ici
regrade-past-none = Aucune.
regrade-past-text = { $changed } notes changées ; { $passed } réussites, { $failed } échecs de ce fait ; { $issued } certificats délivrés, { $revoked } révoqués.
notice-regrade-applied = Les notes sont corrigées.

corrected-on = Corrigée le { $at }, de { $old } à { $new }
corrected-passed = Corrigée le { $at }, de { $old } à { $new } : désormais réussie
corrected-failed = Corrigée le { $at }, de { $old } à { $new } : elle n’est plus réussie
corrected-because = Raison : { $reason }
