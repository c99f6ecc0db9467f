### Item statistics, and corrections of marks.

refusal-regrade-nothing-holds = No marked exam holds the question { $question } in such a version.
refusal-regrade-same-version = The version in force is the one that stood on these forms: there is no other key yet. Correct it in the bank and load the content first, or choose another treatment.
refusal-regrade-question-gone = This question left the content, so there is no new key. Set it aside, or give everybody its points.
refusal-regrade-type-changed = The question was of the type { $from } and is { $to } now: answers to one mean nothing to the other. Set it aside, or give everybody its points.
refusal-regrade-needs-judge = No key marks a question of this type. Set it aside, or give everybody its points.
refusal-regrade-changed = Something has changed since the preview. Look at it again, and apply what you see then.
refusal-regrade-changes-nothing = This would change no mark.

stat-title = Statistics of { $course }
stat-question-title = Statistics of { $question }
stat-heading = What the answers say
stat-lede = Each person’s first attempt at each exam. Below { $least } of them nothing is shown: it would say more about chance than about a question.
stat-see = Statistics
stat-preview = Preview
stat-percent = { $n }%
stat-interval = { $low } to { $high }
stat-point = { $id }: facility { $facility }, discrimination { $discrimination }
stat-exams = Exams
stat-exam = Exam
stat-people = People
stat-attempts = { $n ->
    [one] { $n } attempt in all
   *[other] { $n } attempts in all
}
stat-mean = Mean mark
stat-passed = Passed at first
stat-alpha = Alpha
stat-error = Standard error
stat-alpha-whole = whole form: { $items } questions, { $people } people
stat-alpha-part = { $items } questions that all { $people } people had
stat-alpha-none = too few had the same questions
stat-plot = Hard and easy, sharp and blunt
stat-plot-text = To the right what most people know; at the top what tells strong from weak. Below the line something is wrong.
stat-plot-label = Questions by facility and discrimination; the table below says the same
stat-facility = Facility
stat-discrimination = Discrimination
stat-efficiency = Efficiency, %
stat-time = Time
stat-fine = nothing stands out
stat-notice = worth a look
stat-serious = probably wrong
stat-questions = Questions
stat-question = Question
stat-answers = First attempts
stat-exposure = { $n ->
    [one] shown { $n } time
   *[other] shown { $n } times
}
stat-flagged = { $n } of { $of } have a flag
stat-sort = Sort by
stat-sort-flag = Flags first
stat-sort-file = As in the files
stat-sort-facility = Hardest first
stat-sort-discrimination = Bluntest first
stat-too-few = Too few answers yet
stat-few = { $n ->
    [one] { $n } first attempt so far
   *[other] { $n } first attempts so far
}; from { $least } on the figures stand here.
stat-empty = No exam asks anything yet
stat-empty-text = As soon as a course has an exam, its questions stand here.
stat-how = How these figures are made
stat-how-text = <p><strong>Facility</strong>: the mean share of the points, with Wilson’s 95% interval where an answer is right or wrong, else by the normal approximation. <strong>Discrimination</strong>: Pearson’s correlation with the share of the points of everything else on the form, with Fisher’s 95% interval. <strong>Efficiency</strong>: that covariance in percent of the greatest these marks allow. <strong>Alpha</strong> and the <strong>standard error</strong> only where { $least } people or more answered the same questions. <strong>Time</strong>: the median between one first save and the next; people jump about, so take it as a hint. Marks are those of the key on the form: corrections leave them as they are. A flag says “probably wrong” only where the interval excludes chance; for a distractor and the key, by the test of Meng, Rosenthal and Rubin (1992).</p>
stat-flag-negative-discrimination = Negative discrimination
stat-flag-negative-discrimination-text = People who do well elsewhere do worse here ({ $value }). Check the key.
stat-flag-negative-discrimination-maybe-text = People who do well elsewhere do worse here ({ $value }), but that may be chance so far: the interval reaches beyond zero.
stat-flag-distractor-beats-key = A distractor beats the key
stat-flag-distractor-beats-key-text = Strong people choose “{ $option }” ({ $value }) rather than what counts as right ({ $key }). Check the key and the wording.
stat-flag-distractor-beats-key-maybe-text = Strong people choose “{ $option }” ({ $value }) rather than what counts as right ({ $key }), but the difference may be chance so far.
stat-flag-too-easy = Too easy
stat-flag-too-easy-text = { $value } of the points are reached: it tells nobody apart.
stat-flag-too-hard = Too hard
stat-flag-too-hard-text = Only { $value } of the points are reached.
stat-flag-distractor-never-chosen = A distractor nobody chooses
stat-flag-distractor-never-chosen-text = Nobody ever chose “{ $option }”. Make it more tempting, or leave it out.
stat-version = Version
stat-in-force = In force
stat-older = Older
stat-met = { $first } to { $last }
stat-options = What the options do
stat-option = Option
stat-chosen = Chosen
stat-pull = Point-biserial
stat-key = Key
stat-distractor = Distractor
stat-row = Row
stat-trace = From weak to strong
stat-trace-label = Facility by fifths of the people, weakest first; the table below says the same
stat-weak = weakest fifth
stat-strong = strongest
stat-fifth = Fifth
stat-as-table = As a table
stat-gone = This question left the content.
stat-regrade = Correct marks…
stat-corrected-marks = By corrected marks
stat-corrected-passed = { $n } passed
stat-by-new-key = older answers, by the new key
stat-by-new-key-text = What people answered before the correction, marked by the key in force: if the new key is good, the flag is gone and the discrimination is positive. The rest of each form is worth what was first given.
stat-corrected = { $n ->
    [one] The marks of this question were corrected once.
   *[other] The marks of this question were corrected { $n } times.
}
stat-corrected-see = See when and why

regrade = Correct marks
regrade-title = Correct the marks of { $question }
regrade-heading = Correct the marks
regrade-lede = Attempts keep their form and their first mark. A correction stands beside it, with its reason, for everybody whom it touches.
regrade-how = What becomes of the question
regrade-new_key = Use the new key
regrade-new_key-text = Every answer is marked by the version in force. An option that is gone counts as not chosen.
regrade-full_marks = Full marks for everybody
regrade-full_marks-text = Nobody loses by it.
regrade-set_aside = Set the question aside
regrade-set_aside-text = It is taken out of the total, for better or worse.
regrade-from = Version on the forms
regrade-from-hint = The one that was wrong
regrade-version = { $hash } · { $n ->
    [one] { $n } attempt
   *[other] { $n } attempts
}, the last on { $day }
regrade-take-back = Take certificates back
regrade-take-back-text = Without this, who earned a certificate in good faith keeps it until it expires.
regrade-look = Show what would change
regrade-preview = What would change
regrade-preview-text = Nothing has been changed yet.
regrade-changed = marks of { $n } attempts by { $people } people change
regrade-now-passed = attempts pass now
regrade-now-failed = attempts fail now
regrade-marks = Marks
regrade-marks-text = { $higher } up, { $lower } down
regrade-rekeyed = Right or wrong the other way round
regrade-added = New options
regrade-added-text = nobody could choose them
regrade-removed = Options that are gone
regrade-removed-text = counted as not chosen
regrade-open = Not marked yet
regrade-open-text = { $n ->
    [one] { $n } attempt, corrected as soon as it is marked
   *[other] { $n } attempts, corrected as soon as they are marked
}
regrade-issued = Certificates issued
regrade-woken = Access that opens
regrade-woken-text = { $wakes } requests wake ({ $granted } granted at once), { $resumes } grants resume
regrade-resting = Certificates that rest on an attempt that fails now
regrade-resting-none = None
regrade-revoked = { $n } revoked
regrade-kept = { $n } kept
regrade-if-taken = Taking them back suspends { $suspends } grants and ends { $ends }.
regrade-tokens = { $n } live tokens stand under them, the last until { $until }.
regrade-names = Attempt by attempt
regrade-person = Person
regrade-old = Before
regrade-new = After
regrade-turns = Result
regrade-stays-passed = stays passed
regrade-stays-failed = stays failed
regrade-passes = passes now
regrade-fails = fails now
regrade-more = { $n } more are not listed here; the API lists them all.
regrade-apply = Apply
regrade-apply-text = { $n ->
    [one] { $n } mark is corrected as one step, with its event. It can be corrected again, never undone silently.
   *[other] { $n } marks are corrected as one step, each with its event. They can be corrected again, never undone silently.
}
regrade-apply-do = { $n ->
    [one] Correct { $n } mark
   *[other] Correct { $n } marks
}
regrade-reason = Why
regrade-reason-hint = Everybody whose mark changes reads this.
regrade-admins = An admin applies it. Send them the address of this page.
regrade-past = Corrections so far
regrade-past-none = None.
regrade-past-text = { $changed } marks changed; { $passed } passed, { $failed } failed by it; { $issued } certificates issued, { $revoked } revoked.
notice-regrade-applied = The marks are corrected.

corrected-on = Corrected on { $at }, from { $old } to { $new }
corrected-passed = Corrected on { $at }, from { $old } to { $new }: passed now
corrected-failed = Corrected on { $at }, from { $old } to { $new }: not passed any more
corrected-because = Because: { $reason }
