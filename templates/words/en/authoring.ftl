### Searching, and how authors see what they write before others do.

search-title = Search
search-title-for = “{ $query }” · Search
search-lede = Courses, modules, certifications and roles, wherever a word stands in them.
search-label = Search courses, modules and roles
search-here = Search again
search-hint = Beginnings of words are enough; capitals and accents do not matter.
search-go = Search
search-much = That is too long: at most { $chars } characters and { $words } words.
search-n = { $n ->
    [one] { $n } result
   *[other] { $n } results
}
search-kind = { $kind ->
    [course] Course
    [module] Module
    [certification] Certification
   *[role] Role
}
search-none = Nothing has “{ $query }” in it
search-none-text = Every word must stand in the same course, module or role. Try fewer words, or only their beginnings.

