### Renewing: notices before a certificate lapses, and what changed since it was earned.

notices-title = Notices
notices-lede = What you should know in time. Put a notice aside once you have dealt with it.
notices-certificate_lapses = “{ $name }” lapses soon
notices-certificate_superseded = A new version replaces “{ $name }”
notices-certificate_taken_back = “{ $name }” was taken back: an exam it rests on is not passed any more
notices-mark_passed = “{ $name }” was marked anew: you pass it now
notices-mark_failed = “{ $name }” was marked anew: you do not pass it any more
notices-see-result = See the result, and why
notices-over = “{ $name }” no longer counts
notices-seen = Put aside
notices-empty = Nothing to tell
notices-empty-text = Before a certificate lapses, when a course changes so much that yours no longer counts, when a correction turns an exam of yours, and before a service account loses its access, it is told here.
notices-waiting = { $n ->
    [one] { $n } notice
   *[other] { $n } notices
}
course-changed = What changed since you certified
course-delta = You hold an earlier version: this short exam is enough to renew.
