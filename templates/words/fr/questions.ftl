### Toutes les sortes de questions : pendant la réponse, après, et corrigées par une personne.

nav-partly = en partie
submit-partly-title = { $n ->
    [one] Une question n’a qu’une partie de sa réponse
   *[other] { $n } questions n’ont qu’une partie de leur réponse
}
submit-partly = Répondues en partie
match-choose = Choisir…
match-used = déjà pris
order-places = Donnez à chaque élément sa place, 1 pour le premier.
order-keys = Déplacez avec les boutons, avec Alt et une flèche, ou en glissant. L’ordre compte dès que vous avez déplacé un élément ou que vous l’avez gardé.
order-place-of = Place de : { $item }
order-up = Monter : { $item }
order-down = Descendre : { $item }
order-moved = { $item } : place { $place } sur { $of }
order-keep = Garder cet ordre
order-not-yet = Pas encore de réponse
order-kept-said = Cet ordre est votre réponse
gap-of = Lacune { $n } sur { $of }
sql-statement = Votre instruction
sql-on = Elle s’exécute sur le jeu de données { $dataset }.
prose-practice = Non comptée. Vous verrez ensuite ce que contient une bonne réponse.
prose-exam = Une personne lit cette réponse et la note. Votre nom ne lui est pas montré.
prose-words = Mots :
note-order = L’ordre n’est pas enregistré : donnez une place à chaque élément, et chaque place une seule fois.
note-gap-not-a-number = Non enregistré : l’une des lacunes attend un nombre. Écrivez-le comme 12,5.

## après
status-not_counted = Non comptée
review-part = { $kind ->
    [match] Paire
    [order] Place
    [cloze] Lacune
   *[other] Affirmation
}
review-parts = Question { $n } : partie par partie
review-line = Résultat
review-prose = Votre réponse
review-rubric = Ce qui est attendu
review-rubric-self = Ce que contient une bonne réponse : comparez avec la vôtre
review-criterion-points = { $points } sur { $max }
review-criterion-weight = { $max ->
    [one] { $max } point
   *[other] { $max } points
}
review-comment = De la personne qui a corrigé
review-model = Une réponse qui conviendrait
review-solution = Une instruction qui convient
review-statement = Votre instruction
review-nothing = Aucune réponse n’a été donnée.

## correction
nav-answers = Corrections
nav-to-mark = { $n ->
    [one] { $n } copie attend une correction
   *[other] { $n } copies attendent une correction
}
answers-title = Réponses à corriger
answers-lede = Les textes que demandent les examens, du plus ancien au plus récent. Personne ne voit ici de qui ils sont ; vos propres réponses sont laissées à d’autres.
answers-n = { $n ->
    [one] Une réponse
   *[other] { $n } réponses
}
answers-attempts = { $n ->
    [one] dans une copie
   *[other] dans { $n } copies
}
answers-question = Question
answers-exam = Examen
answers-since = Remise
answers-worth = Valeur :
answers-words = { $n ->
    [one] { $n } mot
   *[other] { $n } mots
}
answers-open = Lire et noter
answers-none = Rien n’attend d’être corrigé
answers-none-text = Une réponse apparaît ici dès que quelqu’un remet un examen avec une question à texte libre.
answer-title = Noter une réponse
answer-more = { $n ->
    [0] C’est la dernière.
    [one] Une autre attend ensuite.
   *[other] { $n } autres attendent ensuite.
}
answer-asked = La question
answer-given = La réponse
answer-model = Une réponse qui conviendrait
answer-rubric = Votre notation
answer-rubric-text = Des points pour chaque critère, de 0 à son maximum. Une fois enregistrée, une note reste.
answer-points = Points
answer-most = sur { $max }
answer-comment = Commentaire
answer-comment-hint = Pour la personne qui a écrit, là où le questionnaire montre ensuite ses réponses.
answer-save = Enregistrer la notation
answer-back = Revenir à la liste
answer-points-wrong = De 0 à { $max }, s’il vous plaît.
notice-answer-marked = La notation est enregistrée.

## refus
refusal-nothing-to-mark = La réponse à la question { $no } n’attend pas de correction : elle a déjà été notée, ou il n’y en a pas.
refusal-own-answer = Personne ne corrige ses propres réponses.
refusal-bad-mark = Une note manque ou sort des bornes pour le critère « { $criterion } ».
refusal-attempt-being-marked = Une de vos tentatives à cet examen est encore en correction. La suivante pourra commencer quand son résultat sera là.
