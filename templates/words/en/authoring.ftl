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

preview-title = { $title } · Preview
preview-course = Preview of a course
preview-version = version { $n }
preview-as-learners = As learners see it
preview-findings = Findings
preview-n = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
preview-none = none
preview-clean = Nothing: it is as it should be.
preview-errors = The last reload was refused for this; what you see here is the version before.
preview-hash = Hash
preview-file = File
preview-quizzes = Quizzes
preview-practice = Practice
preview-exam = Exam
preview-quiz = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}, { $pass }% to pass
preview-draw = draws { $n } of { $of } from { $bank }
preview-banks = Banks
preview-questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
preview-find = Find a question
preview-find-none = No question has all these words.
preview-no-modules = No module yet.
preview-languages = Languages
preview-lang-en = English
preview-lang-fr = French
preview-lang-es = Spanish
preview-missing = not whole
preview-untranslated = This is not wholly translated yet: what is missing is shown in English, as learners see it.
preview-points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
preview-turn = Questions before and after
preview-right = Right:
preview-wrong = Not right:
preview-why = Why
preview-model = A good answer
preview-objective = Objective
preview-uses = Shown by
preview-unused = No quiz shows this question.
preview-weight = weight { $n }
preview-true = True
preview-false = False
preview-kind-single = one option
preview-kind-multi = several options
preview-kind-true_false = true or false
preview-kind-true_false_grid = statements
preview-kind-numeric = number
preview-kind-short = short text
preview-kind-match = pairs
preview-kind-order = order
preview-kind-cloze = gaps
preview-kind-sql = SQL
preview-kind-free_text = prose
preview-fact-answer = Answer
preview-fact-accept = Accepted
preview-fact-credit = Credit
preview-fact-dataset = Data set
preview-fact-require = Must have
preview-fact-forbid = Must not have
preview-fact-starter = To start from
preview-fact-solution = Solution
preview-fact-must-fail = Must not pass
preview-credit-net = right minus wrong ticks
preview-credit-all = all or nothing
preview-credit-each = each option counts alike
preview-credit-fractions = by each option’s fraction
preview-credit-pairs = by pairs in the right order
authoring-did-you-mean = Did you mean “{ $name }”?
