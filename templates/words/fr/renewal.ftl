### Renouveler : les avis avant l'échéance d'un certificat, et ce qui a changé depuis.

notices-title = Avis
notices-lede = Ce qu'il faut savoir à temps. Mettez un avis de côté une fois traité.
notices-certificate_lapses = « { $name } » arrive bientôt à échéance
notices-certificate_superseded = Une nouvelle version remplace « { $name } »
notices-certificate_taken_back = « { $name } » a été retiré : un examen dont il dépend n'est plus réussi
notices-mark_passed = « { $name } » a été corrigé à nouveau : vous le réussissez maintenant
notices-mark_failed = « { $name } » a été corrigé à nouveau : vous ne le réussissez plus
notices-see-result = Voir le résultat, et pourquoi
notices-over = « { $name } » ne compte plus
notices-seen = Mettre de côté
notices-empty = Rien à signaler
notices-empty-text = Avant l'échéance d'un certificat, quand un cours change au point que le vôtre ne compte plus, quand une correction change l'issue d'un de vos examens, et avant qu'un compte de service perde son accès, c'est dit ici.
notices-waiting = { $n ->
    [one] { $n } avis
   *[other] { $n } avis
}
course-changed = Ce qui a changé depuis votre certification
course-delta = Vous détenez une version antérieure : cet examen court suffit pour renouveler.
