### Every kind of question: while it is answered, afterwards, and marked by a person.

nav-partly = in part
submit-partly-title = { $n ->
    [one] One question is answered only in part
   *[other] { $n } questions are answered only in part
}
submit-partly = Answered in part
match-choose = Choose…
match-used = used
order-places = Give every item its place, from 1 for the first.
order-keys = Move with the buttons, or with Alt and an arrow key, or drag. The order counts once you have moved an item or kept it.
order-place-of = Place of: { $item }
order-up = Move up: { $item }
order-down = Move down: { $item }
order-moved = { $item } moved to place { $place } of { $of }
order-keep = Keep this order
order-not-yet = Not answered yet
order-kept-said = This order is your answer
gap-of = Gap { $n } of { $of }
sql-statement = Your statement
sql-on = It runs on the data set { $dataset }.
prose-practice = Not counted. Afterwards you see what a good answer holds.
prose-exam = A person reads this answer and marks it. Your name is not shown to them.
prose-words = Words:
note-order = The order is not saved: give each item a place, and each place once.
note-gap-not-a-number = Not saved: a number belongs into one of the gaps. Write it like 12.5.

## looking back
status-not_counted = Not counted
review-part = { $kind ->
    [match] Pair
    [order] Place
    [cloze] Gap
   *[other] Statement
}
review-parts = Question { $n }: part by part
review-line = Result
review-prose = Your answer
review-rubric = What is looked for
review-rubric-self = What a good answer holds: compare it with yours
review-criterion-points = { $points } of { $max }
review-criterion-weight = { $max ->
    [one] { $max } point
   *[other] { $max } points
}
review-comment = From the person who marked it
review-model = An answer that would do
review-solution = A statement that does it
review-statement = Your statement
review-nothing = Nothing was answered.

## marking
nav-answers = Marking
nav-to-mark = { $n ->
    [one] { $n } attempt waits to be marked
   *[other] { $n } attempts wait to be marked
}
answers-title = Answers to mark
answers-lede = Prose that exams ask for, the oldest first. Whose it is, nobody sees here; your own answers are left to others.
answers-n = { $n ->
    [one] One answer
   *[other] { $n } answers
}
answers-attempts = { $n ->
    [one] in one attempt
   *[other] in { $n } attempts
}
answers-question = Question
answers-exam = Exam
answers-since = Handed in
answers-worth = Worth:
answers-words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}
answers-open = Read and mark
answers-none = Nothing waits to be marked
answers-none-text = An answer stands here as soon as somebody hands in an exam with a question for prose.
answer-title = Mark an answer
answer-more = { $n ->
    [0] This is the last one.
    [one] One more waits after this.
   *[other] { $n } more wait after this.
}
answer-asked = The question
answer-given = The answer
answer-model = An answer that would do
answer-rubric = Your marks
answer-rubric-text = Points for each criterion, from 0 to its most. Once saved, a mark stays.
answer-points = Points
answer-most = of { $max }
answer-comment = Comment
answer-comment-hint = For the person who wrote it, where the quiz shows its answers afterwards.
answer-save = Save the marks
answer-back = Back to the list
answer-points-wrong = From 0 to { $max }, please.
notice-answer-marked = The marks are saved.

## refusals
refusal-nothing-to-mark = The answer to question { $no } does not wait to be marked: it was marked already, or there is none.
refusal-own-answer = Nobody marks their own answers.
refusal-bad-mark = A mark is missing or out of bounds for the criterion “{ $criterion }”.
refusal-attempt-being-marked = An attempt of yours at this exam is still being marked. The next one can begin once its result is there.
