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

