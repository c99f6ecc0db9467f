### Le labo SQL : éditeur, résultats, difficultés, bac à sable.

lab-title = Bac à sable : { $dataset }
lab-lede = Exécutez tout ce qui lit. Rien ici n’est noté, gardé ou modifié, et personne d’autre ne le voit.
lab-statement = Votre requête
lab-hint = Une seule requête qui lit : SELECT, WITH ou VALUES, dans le dialecte de SQLite.
lab-keys = Ctrl + Entrée l’exécute. Tab indente ; Échap puis Tab quitte l’éditeur.
lab-run = Exécuter
lab-check = Exécuter et comparer
lab-running = Exécution…
lab-failed = La requête n’a pas pu être envoyée. Votre texte est toujours là ; réessayez.
lab-open-playground = Ouvrir le bac à sable
lab-playgrounds = Bac à sable
lab-result = Résultat
lab-tables = Tables
lab-rows = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
lab-total = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
lab-shown = les { $n } premières sont affichées
lab-took = { $ms } ms
lab-key = clé
lab-nullable = NULL possible
lab-first-rows = Premières lignes
lab-spot = Ligne { $line }, colonne { $column }
lab-missing = Manquent, par exemple :
lab-surplus = En trop, par exemple :

## difficultés
lab-trouble-empty = Écrivez d’abord une requête.
lab-trouble-several = Il y a plus d’une requête ici. Exécutez-en une à la fois.
lab-trouble-not-a-question = Seules les requêtes qui lisent s’exécutent ici. Commencez par SELECT, WITH ou VALUES.
lab-trouble-too-long = Cette requête est trop longue pour le labo. Elle peut avoir 10 000 caractères.
lab-trouble-complex = Cette requête est trop imbriquée, ou a trop de parties. Écrivez-la en étapes plus simples.
lab-trouble-denied = { $detail } n’est pas disponible dans le labo.
lab-trouble-clock = { $detail } donnerait autre chose à chaque exécution. Rien dans le labo ne dit l’heure ni ne tire au hasard : utilisez les dates des données.
lab-trouble-error = La base de données dit : { $detail }
lab-trouble-steps = Cette requête demande trop d’étapes et a été arrêtée. Cherchez une jointure sans condition, ou une récursion sans fin.
lab-trouble-time = Cette requête a duré trop longtemps et a été arrêtée.
lab-trouble-memory = Cette requête demande trop de mémoire et a été arrêtée.
lab-trouble-value = Une valeur ou une ligne est trop longue. Une valeur du labo peut avoir 8 000 caractères.
lab-trouble-rows = Le résultat a plus de 5 000 lignes. Restreignez-le.
lab-trouble-bytes = Le résultat est trop volumineux. Demandez moins de lignes ou de colonnes.

## verdicts
lab-verdict-right = Les mêmes lignes que la solution, sur les données que vous voyez. Les données cachées décident à la remise.
lab-verdict-lacks = Cet exercice demande une requête qui dit { $phrase }.
lab-verdict-uses = Cet exercice demande une requête sans { $phrase }.
lab-verdict-differs = Le résultat diffère de celui de la solution sur les données que vous voyez.
lab-verdict-differs-hidden = Juste sur les données que vous voyez, différent sur des données cachées : pensez aux NULL, aux lignes répétées et à ce qui n’est jamais arrivé.
lab-verdict-fails = La requête ne s’exécute pas.
lab-verdict-fails-hidden = La requête s’exécute sur les données que vous voyez, et s’arrête sur des données cachées.
lab-differs-width = Le résultat a { $found ->
    [one] { $found } colonne
   *[other] { $found } colonnes
} ; { $expected ->
    [one] { $expected } est attendue
   *[other] { $expected } sont attendues
}.
lab-differs-names = Les colonnes portent d’autres noms. Manquent : { $missing }. En trop : { $surplus }.
lab-differs-rows = { $missing ->
    [one] { $missing } ligne manque
   *[other] { $missing } lignes manquent
}, { $surplus ->
    [one] { $surplus } est en trop
   *[other] { $surplus } sont en trop
}.
lab-differs-order = Les lignes sont justes, leur ordre ne l’est pas : regardez la ligne { $row }.

## refus
refusal-lab-busy = Beaucoup de requêtes sont en cours. Réessayez dans { $seconds } secondes.
refusal-lab-running = Votre dernière requête est encore en cours.
refusal-lab-too-often = Cela fait beaucoup de requêtes à la suite. Attendez une seconde, puis exécutez la suivante.
refusal-no-lab = La question { $no } n’est pas un exercice SQL.
