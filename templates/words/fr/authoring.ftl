### La recherche, et la façon dont les auteurs voient ce qu’ils écrivent avant les autres.

search-title = Rechercher
search-title-for = « { $query } » · Recherche
search-lede = Cours, modules, certifications et rôles, où qu’un mot s’y trouve.
search-label = Rechercher dans les cours, les modules et les rôles
search-here = Rechercher encore
search-hint = Le début d’un mot suffit ; majuscules et accents ne comptent pas.
search-go = Rechercher
search-much = C’est trop long : { $chars } caractères et { $words } mots au plus.
search-n = { $n ->
    [one] { $n } résultat
   *[other] { $n } résultats
}
search-kind = { $kind ->
    [course] Cours
    [module] Module
    [certification] Certification
   *[role] Rôle
}
search-none = « { $query } » ne se trouve nulle part
search-none-text = Tous les mots doivent figurer dans un même cours, module ou rôle. Essayez moins de mots, ou seulement leur début.

preview-title = { $title } · Aperçu
preview-course = Aperçu d’un cours
preview-version = version { $n }
preview-as-learners = Vue des apprenants
preview-findings = Remarques
preview-n = { $n ->
    [one] { $n } remarque
   *[other] { $n } remarques
}
preview-none = aucune
preview-clean = Rien : tout est comme il faut.
preview-errors = Le dernier rechargement a été refusé pour ceci ; vous voyez ici la version d’avant.
preview-hash = Empreinte
preview-file = Fichier
preview-quizzes = Questionnaires
preview-practice = Entraînement
preview-exam = Examen
preview-quiz = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}, { $pass } % pour réussir
preview-draw = tire { $n } sur { $of } de { $bank }
preview-banks = Réserves
preview-questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
preview-find = Trouver une question
preview-find-none = Aucune question ne contient tous ces mots.
preview-no-modules = Aucun module pour l’instant.
preview-languages = Langues
preview-lang-en = Anglais
preview-lang-fr = Français
preview-lang-es = Espagnol
preview-missing = incomplet
preview-untranslated = La traduction n’est pas complète : ce qui manque est affiché en anglais, comme le voient les apprenants.
preview-points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
preview-turn = Questions précédente et suivante
preview-right = Juste :
preview-wrong = Pas juste :
preview-why = Pourquoi
preview-model = Une bonne réponse
preview-objective = Objectif
preview-uses = Affichée par
preview-unused = Aucun questionnaire n’affiche cette question.
preview-weight = poids { $n }
preview-true = Vrai
preview-false = Faux
preview-kind-single = une option
preview-kind-multi = plusieurs options
preview-kind-true_false = vrai ou faux
preview-kind-true_false_grid = affirmations
preview-kind-numeric = nombre
preview-kind-short = texte court
preview-kind-match = associations
preview-kind-order = ordre
preview-kind-cloze = texte à trous
preview-kind-sql = SQL
preview-kind-free_text = rédaction
preview-fact-answer = Réponse
preview-fact-accept = Acceptées
preview-fact-credit = Barème
preview-fact-dataset = Jeu de données
preview-fact-require = Doit contenir
preview-fact-forbid = Ne doit pas contenir
preview-fact-starter = Point de départ
preview-fact-solution = Solution
preview-fact-must-fail = Ne doit pas réussir
preview-credit-net = coches justes moins coches fausses
preview-credit-all = tout ou rien
preview-credit-each = chaque option compte autant
preview-credit-fractions = selon la fraction de chaque option
preview-credit-pairs = selon les paires bien ordonnées
authoring-did-you-mean = Vouliez-vous dire « { $name } » ?
