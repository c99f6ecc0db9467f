# Accommodations, teams, transcripts, what is held about a person, and erasing it.
rule-granted = your time: { $span } × { $factor }
rule-extra-attempts = { $n ->
    [one] with one more granted to you
   *[other] with { $n } more granted to you
}
grant-title = Accommodations
grant-private = The reason is for admins and the person alone; the log never holds it.
grant-none = Nothing was granted beyond the rules.
grant-everything = Every course and exam
grant-new = Grant more time or attempts
grant-what = For
grant-factor = Time
grant-factor-hint = 150% turns 30 minutes into 45. From 100 to 400.
grant-extra = Extra attempts
grant-from = From
grant-from-hint = From now on where it is empty.
grant-until = Until
grant-reason-hint = What was agreed, and with whom. No medical detail is needed.
grant-do = Grant it
grant-end = End
grant-end-do = End it now
grant-end-hint = Attempts that have begun keep their time.
granted-mine = Granted to you
granted-mine-text = More time or more attempts than the rules give. Only you and the admins see the reason.
granted-time = Time × { $factor }
granted-extra = { $n ->
    [one] one extra attempt
   *[other] { $n } extra attempts
}
granted-from = from
granted-until = to
granted-ended = ended on
teams-title = Teams
teams-lede = What each team is to learn by when, and how far its people are.
teams-lede-own = What your teams are to learn by when, and how far you are.
teams-overdue = { $n ->
    [one] One assignment of one person is overdue.
   *[other] { $n } assignments are overdue.
}
teams-overdue-csv = Overdue as CSV
teams-none = You are in no team
teams-none-text = An admin puts people into teams. What is assigned to a team of yours will stand here and on your home page.
team-size = { $n ->
    [one] one person
   *[other] { $n } people
}
team-led-by = led by
team-none-assigned = Nothing is assigned
team-none-assigned-text = Courses that this team is to have done by a day will stand here, with everybody’s progress.
team-new = A new team
team-new-text = Teams also decide on requests where the access catalogue names them.
team-name = Name
team-make = Make the team
team-eyebrow = Team
team-sum = In all
team-own-only = You see your own lines. Those who lead the team see everybody’s.
team-late = Overdue
team-late-since = due
team-progress = { $name }: { $n }%
team-assigned = Assigned
team-members = People
team-nobody = Nobody is in this team yet.
team-since = since
team-remove = Remove
team-remove-label = Remove { $name } from the team
team-add = Add somebody
team-add-hint = Their e-mail address.
team-add-do = Add
team-lead-add = Let somebody lead
team-lead-hint = Their e-mail address. A lead sees everybody’s progress and assigns courses.
team-lead-do = Let them lead
team-unlead = No longer leads
team-unlead-label = { $name } no longer leads the team
tally-done = done
tally-going = in progress
tally-waiting = not started
tally-overdue = overdue
tally-percent = { $n }% done
tally-says = { $done } done, { $going } in progress, { $waiting } not started, { $overdue } overdue
status-overdue = Overdue
board-due = due
board-was-due = was due
board-by = assigned by { $by }
board-state = State
board-progress = Progress
board-later = later, having joined later
board-lost = counted until
board-table = Everybody’s progress in { $course }
board-end = End this assignment
board-end-do = End it
curve-says = { $done } of { $total } done; the steps stand in the table below
curve-caption = done over time, dashed: the day it is due
curve-table = The same as a table
assign-title = Assign a course
assign-text = Whoever joins the team later has at least 30 days.
assign-course = Course
assign-due = Due
assign-due-hint = To the end of that day.
assign-note = Note
assign-do = Assign
assigned-title = Assigned to you
assigned-progress = { $course }: { $n }%
transcript-title = Transcript
transcript-mine = My transcript
transcript-at = As of
transcript-done = { $n ->
    [one] course done
   *[other] courses done
}
transcript-passed = { $n ->
    [one] exam passed
   *[other] exams passed
}
transcript-valid = { $n ->
    [one] valid certificate
   *[other] valid certificates
}
transcript-begun = Begun
transcript-finished = Done
transcript-modules = Modules
transcript-read = { $n } of { $of } read
transcript-exam = Exam
transcript-exams-of = Exams of { $course }
transcript-none = Nothing was begun yet
transcript-none-text = Courses will stand here with their dates, exams and certificates.
own-records = What is held about you
own-records-text = One file with everything that Habilis keeps about you: your account, what you learnt and answered, certificates, requests and decisions, access and tokens, and the lines of the log that concern you. You may pass it on or take it elsewhere.
own-records-do = Download everything (JSON)
erase-title = Erase this person
erase-text = For good: name, address, reasons, comments and what they wrote go, and a pseudonym takes their place. Marks, decisions, access and the log stay as they are.
erase-confirm = To confirm, type { $email }
erase-do = Erase for good
erased-title = Erased on { $at }
erased-text = Only a pseudonym is left. What was decided and recorded stands unchanged.
notice-accommodated = Granted. An attempt that was open has its new time already.
notice-accommodation-ended = Ended. Attempts that have begun keep their time.
notice-assigned = Assigned. Everybody in the team sees it on their home page.
notice-assignment-ended = The assignment has ended.
notice-team-made = The team is there. Now put somebody into it.
notice-team-joined = Added to the team.
notice-team-left = Removed from the team.
notice-team-lead = They lead the team now.
notice-team-unlead = They no longer lead the team.
notice-person-erased = Erased. Only a pseudonym is left.
refusal-accommodation-factor = The time is between 100 and 400 percent of the limit.
refusal-accommodation-extra = Up to 10 extra attempts can be granted.
refusal-accommodation-nothing = Grant more time, more attempts, or both.
refusal-accommodation-period = The end must lie after the beginning, and ahead.
refusal-no-such-accommodation = There is no such accommodation.
refusal-no-such-section = There is no section { $name }; there are { $known }.
refusal-accommodation-ended = This accommodation has ended already.
refusal-no-such-team = There is no team { $id }, or none that you are in.
refusal-assignment-due-past = Choose a day that lies ahead.
refusal-assigned-already = This course is assigned to this team already. End that first, to set another day.
refusal-no-such-assignment = There is no such assignment.
refusal-assignment-ended = This assignment has ended already.
refusal-not-a-lead = This is for admins and for those who lead the team.
refusal-not-a-member = This person is not in this team.
refusal-team-taken = There is a team of this name already.
refusal-assignment-note = A note has at most 500 characters.
refusal-erasure-not-shut-out = Shut this person out first: only those who can no longer act are erased.
refusal-erasure-not-confirmed = This is not the address of this person. Nothing was erased.
refusal-person-erased = This person is erased; nothing brings them back.
wrong-course = Choose a course.
wrong-due = Choose a day.
wrong-what = Choose a course or an exam from the list.
wrong-factor = A whole number from 100 to 400.
wrong-extra = A whole number from 0 to 10.
wrong-team = A name of letters, digits and hyphens.
board-person = Person
board-col-due = Due
board-col-done = Done on
