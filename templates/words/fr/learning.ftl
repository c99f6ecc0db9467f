### Ce que voient les apprenants : accueil, cours, questionnaires, tentatives, résultats.

just = { $text }
period-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
period-months = { $n } mois
period-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
}
minutes = { $n } min
about-time = environ { $span }
until = Jusqu’au
progress = { $done } sur { $of }
step-from = à partir du { $at }
next-chance = Prochaine tentative possible
best-mark = meilleure note { $mark } %
questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
question = Question
points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
points-of = { $points } sur { $max }
pass-at = seuil { $mark } %
see-result = Voir le résultat
true = Vrai
false = Faux
save = Enregistrer

## accueil
home-title = Accueil
home-hello = Bonjour { $name }
home-welcome = Bienvenue, { $name }
home-lede = Ce que vous pouvez ouvrir, jusqu’à quand, et ce qui est à portée de main.
home-first-lede = Ici, vous apprenez comment fonctionnent nos données et vous gagnez le droit de les ouvrir. On ne vous demandera rien que cette page n’explique.
home-open-label = Une tentative restée ouverte
home-open-exam = Examen en cours
home-open-practice = Entraînement en cours
home-open-answered = { $of ->
    [one] { $n } réponse sur { $of } question.
   *[other] { $n } réponses sur { $of } questions.
}
home-open-left = Il reste { $left }.
home-open-resume = Reprendre
home-decide = Décider
home-lapsing = « { $name } » prend fin { $far }
home-lapsing-at = Il compte jusqu’au
home-lapsed = « { $name } » est arrivé à échéance
home-lapsed-at = Il a compté jusqu’au
home-lapsing-roles = { $n ->
    [one] Vous perdriez alors l’accès à
   *[other] Vous perdriez alors l’accès à
}
home-renew = Renouveler : { $title }
home-renew-from = Renouvelable à partir du
home-see-certificate = Voir le certificat
home-roles = Les rôles à votre portée
home-roles-all = Tout le catalogue
home-role-open = En savoir plus
home-token = Obtenir un jeton
home-away = Encore { $modules ->
    [0] { "" }
    [one] { $modules } module
   *[other] { $modules } modules
}{ $modules ->
    [0] { "" }
   *[other] { $exams ->
        [0] { "" }
       *[other] { " et " }
    }
}{ $exams ->
    [0] { "" }
    [one] { $exams } examen
   *[other] { $exams } examens
}
home-requestable = Vous avez tout ce qu’il faut.
home-waiting = Votre demande est entre les mains des personnes qui décident.
home-no-roles = Aucun rôle n’est encore ouvert
home-no-roles-text = Dès qu’un entrepôt sera relié, ses rôles apparaîtront ici, avec ce que chacun exige.
home-requests = Vos demandes
home-request-since = Envoyée le
home-request-by = à décider par { $by }
home-request-lapses = caduque
home-courses = Cours commencés
home-courses-all = Tous les cours
home-no-courses = Rien en cours
home-no-courses-text = Commencez un cours : il vous attendra ici, là où vous l’avez laissé.
home-begin = Pour bien commencer
journey-label = Comment cela marche
journey-1 = Apprendre
journey-1-text = De courts modules, faits de nos propres tables et de nos propres erreurs.
journey-2 = Le montrer
journey-2-text = Un examen. Vos réponses sont enregistrées au fur et à mesure.
journey-3 = Être certifié
journey-3-text = Un certificat daté, que chacun peut vérifier.
journey-4 = Ouvrir les données
journey-4-text = Demandez un rôle, recevez un jeton, travaillez dans votre outil.

## cours
courses-title = Cours
courses-lede = Chacun indique sa durée, la certification qu’il donne et les rôles qu’il ouvre.
courses-find = Chercher un cours
courses-none = Aucun cours avec ces mots.
courses-empty = Pas encore de cours
courses-empty-text = Les cours sont des fichiers. Dès que l’équipe données en aura chargé, ils seront ici.
course-left = { $done } sur { $of } · reste { $left }
course-until = certifié jusqu’au { $day }
course-opens = Ouvre
course-go-on = Continuer
course-begin = Commencer
course-go-on-to = Continuer : { $title }
course-look-at = Commence par : { $title }
course-enrol = S’inscrire
course-next = Ensuite :
course-held = Vous détenez son certificat jusqu’au
course-held-expiring = Votre certificat arrive à échéance :
course-held-superseded = Une version plus récente a remplacé votre certificat ; il compte jusqu’au
course-held-expired = Votre certificat est arrivé à échéance :
course-held-revoked = Votre certificat a été révoqué ; il aurait pris fin le
course-modules = Modules
course-exams = Examen
course-about = À propos de ce cours
course-read-at = lu le
course-after = après
course-practice = { $n ->
    [one] Entraînement, { $n } question
   *[other] Entraînement, { $n } questions
}
course-practice-best = Entraînement, { $mark } % au mieux
course-earns = Donne
valid-for = Compte pendant
renewal = Renouvellement
renewal-before = dans les { $span } avant la fin
course-opens-roles = Rôles qu’il ouvre
course-before = Avant ce cours
course-objectives = Ensuite, vous saurez
course-version = version { $version }
course-write = Écrire aux auteurs
exam-pause = Pause
exam-go = Voir les règles et commencer
module-of = Module { $n } sur { $of }
module-read = Lu
module-untranslated = Ce module n’est pas encore traduit ; le voici en anglais.
module-contents = Sur cette page
module-objectives = Vous saurez
module-end = Fin du module
module-done-title = Vous avez lu ce module.
module-mark-title = Lecture terminée ?
module-mark-text = Elle compte pour le certificat.
module-mark = Marquer comme lu
module-turn = Autres modules

## avant un questionnaire
quiz-practice = Entraînement
quiz-exam = Examen
quiz-practice-lede = Autant de fois que vous voulez, et chaque réponse est expliquée ensuite. Rien n’est compté.
quiz-exam-earns = La dernière étape vers le certificat « { $name } ».
quiz-exam-lede = Lisez les règles, puis commencez quand vous avez le temps devant vous.
quiz-rules = Règles
rule-questions = { $n ->
    [one] question
   *[other] questions
}
rule-pass = pour réussir
rule-time = du début à la fin
rule-no-limit-figure = ∞
rule-no-limit = sans limite de temps
rule-left-figure = { $left } sur { $max }
rule-attempts = tentatives restantes en { $span }
rule-free = tentatives, non comptées
quiz-how = Comment cela se passe
how-saved = Chaque réponse est enregistrée dès que vous la donnez. Fermez l’ordinateur, revenez sur un autre, continuez.
how-clock = Le temps court sur le serveur dès que vous commencez, et ne s’arrête pas quand vous partez. À la fin, ce qui est enregistré est remis.
how-minimums = En plus de l’ensemble, ces parties ont leur propre minimum :
how-pauses = La pause avant la tentative suivante, de l’une à l’autre :
no-pause = aucune
how-review-full = Ensuite, vous voyez chaque question avec la bonne réponse et son explication.
how-review-score = Ensuite, vous voyez votre note et chaque objectif ; les questions restent fermées pour pouvoir être reposées.
quiz-past = Vos tentatives
col-when = Début
col-result = Résultat
col-mark = Note
col-took = Durée
col-open = Ouvrir
quiz-start-label = Commencer
quiz-open = Encore ouverte
quiz-open-until = Fin
quiz-not-now = Pas maintenant
do-first = D’abord :
quiz-ready = Prêt ?
quiz-ready-practice = Essayez
quiz-ready-text = Vous aurez { $span }. La tentative compte dès que vous commencez.
quiz-ready-free = La tentative compte dès que vous commencez.
quiz-ready-practice-text = De nouvelles questions à chaque fois.
quiz-start = Commencer l’examen
quiz-start-practice = Commencer l’entraînement

## une tentative
attempt-until = Fin à
attempt-left = Temps restant
attempt-saved-at = enregistré à
attempt-saving = enregistrement…
attempt-unsaved = Non enregistré. Nouvel essai…
attempt-refused = Une réponse n’est pas enregistrée
attempt-nothing-yet = Les réponses sont enregistrées au fur et à mesure
attempt-answered-word = avec réponse
attempt-of = { $n ->
    [one] réponse sur { $n } question
   *[other] réponses sur { $n } questions
}
attempt-navigator = Questions
attempt-questions = Questions et réponses
attempt-finish = Terminer…
attempt-save = Enregistrer cette réponse
attempt-save-all = Tout enregistrer
attempt-several = Choisissez toutes les bonnes réponses.
attempt-flag = À revoir
attempt-clear = Retirer la réponse
attempt-number = Votre nombre
attempt-short = Votre réponse
attempt-elsewhere-title = Cette tentative continue dans une autre fenêtre
attempt-elsewhere-text = Une réponse plus récente en est venue ; ici, on ne peut plus que lire. Rien n’est perdu.
attempt-take-over = Continuer plutôt ici
attempt-over-title = Le temps est écoulé
attempt-over-text = Ce qui était enregistré a été remis.
nav-answered = avec réponse
nav-open = sans réponse
nav-flagged = à revoir
submit-title = Remettre
submit-open-title = { $n ->
    [one] Une question est encore sans réponse
   *[other] { $n } questions sont encore sans réponse
}
submit-ready-title = Tout a une réponse
submit-time = Le temps prend fin
submit-unanswered = Sans réponse
submit-flagged = À revoir
submit-final = Une fois la copie remise, plus rien ne peut être changé.
submit-practice = Vous verrez chaque réponse avec son explication.
submit-do = Remettre
submit-back = Revenir aux questions

## après une tentative
result = Résultat
result-title = Résultat : { $quiz }
verdict-passed = Réussi
verdict-failed = Pas cette fois
verdict-pending_review = En correction par une personne
verdict-voided = Cette tentative ne compte pas
verdict-practice = { $of ->
    [one] { $n } point sur { $of }
   *[other] { $n } points sur { $of }
}
verdict-passed-text = { $mark } %, pour un seuil de { $pass } %.
verdict-failed-text = Vous avez obtenu { $mark } % ; il faut { $pass } %, et le minimum de chaque partie ci-dessous.
verdict-practice-text = L’entraînement n’est pas compté. Regardez les réponses ci-dessous, puis recommencez si vous le souhaitez.
verdict-voided-text = Elle a été mise de côté par l’administration.
verdict-pending_review-text = Une personne lit votre réponse et la note. Le résultat apparaîtra ici ; en cas de réussite, votre certificat suivra aussitôt.
verdict-nothing = Il n’y a pas encore de note.
verdict-timed-out = Le temps s’est écoulé ; ce qui était enregistré a été remis.
mark-of = { $mark } %, seuil { $pass } %
mark-points = { $max ->
    [one] { $points } point sur { $max }
   *[other] { $points } points sur { $max }
}
earned-text = Votre certificat est prêt. Il compte jusqu’au
earned-opens = Il ouvre la voie vers
result-objectives = Par objectif
objective-bar = { $title } : { $percent } %
minimum-met = au moins { $minimum } % demandés : atteint
minimum-missed = au moins { $minimum } % demandés
result-next = La suite
result-missing = Il manque encore pour le certificat :
result-read-again = À relire :
result-again = Recommencer
result-left = { $n ->
    [0] Plus de tentative dans cette période.
    [one] Encore { $n } tentative dans cette période.
   *[other] Encore { $n } tentatives dans cette période.
}
result-request = Regardez les rôles qui s’appuient dessus, et demandez ce dont vous avez besoin.
result-request-do = Voir les rôles
result-course = Revenir à « { $title } »
result-review = Question par question
review-chosen-right = Votre réponse, juste
review-chosen-wrong = Votre réponse
review-missed = Juste, et non choisie
review-given = Votre réponse
review-expected = Bonne réponse

## stamps
stamp-since = depuis le { $day }
stamp-until = jusqu’au { $day }
