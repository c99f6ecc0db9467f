### The SQL lab: editor, results, troubles, playground.

lab-title = Playground: { $dataset }
lab-lede = Run anything that reads. Nothing here is marked, kept or changed, and nobody else sees it.
lab-statement = Your statement
lab-hint = One statement that reads: SELECT, WITH or VALUES, in SQLite’s dialect.
lab-keys = Ctrl + Enter runs it. Tab indents; Esc, then Tab, leaves the editor.
lab-run = Run
lab-check = Run and compare
lab-running = Running…
lab-failed = The statement could not be sent. Your text is still here; try again.
lab-open-playground = Open the playground
lab-playgrounds = Playground
lab-result = Result
lab-tables = Tables
lab-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
lab-total = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
lab-shown = the first { $n } are shown
lab-took = { $ms } ms
lab-key = key
lab-nullable = may be NULL
lab-first-rows = First rows
lab-spot = Line { $line }, column { $column }
lab-missing = Missing, for example:
lab-surplus = Too many, for example:

## troubles
lab-trouble-empty = Write a statement first.
lab-trouble-several = There is more than one statement here. Run one at a time.
lab-trouble-not-a-question = Only statements that read run here. Begin with SELECT, WITH or VALUES.
lab-trouble-too-long = This statement is too long for the lab. It may have 10,000 characters.
lab-trouble-complex = This statement is nested too deeply, or has too many parts. Write it in simpler steps.
lab-trouble-denied = { $detail } is not available in the lab.
lab-trouble-clock = { $detail } would give something else on every run. Nothing in the lab tells the time or a random number: use the dates in the data.
lab-trouble-error = The database says: { $detail }
lab-trouble-steps = This statement takes too many steps and was stopped. Look for a join without a condition, or a recursion without an end.
lab-trouble-time = This statement took too long and was stopped.
lab-trouble-memory = This statement needs too much memory and was stopped.
lab-trouble-value = One value or row is too long. A value in the lab may have 8,000 characters.
lab-trouble-rows = The result has more than 5,000 rows. Narrow it down.
lab-trouble-bytes = The result is too large. Ask for fewer rows or columns.

## verdicts
lab-verdict-right = The same rows as the solution, on the data that you see. The hidden data decides when you hand in.
lab-verdict-lacks = This exercise asks for a statement that says { $phrase }.
lab-verdict-uses = This exercise asks for a statement without { $phrase }.
lab-verdict-differs = The result differs from the solution’s on the data that you can see.
lab-verdict-differs-hidden = Right on the data that you can see, and different on hidden data: think of NULL, repeated rows, and things that never happened.
lab-verdict-fails = The statement does not run.
lab-verdict-fails-hidden = The statement runs on the data that you can see, and stops on hidden data.
lab-differs-width = The result has { $found ->
    [one] { $found } column
   *[other] { $found } columns
}; { $expected ->
    [one] { $expected } is
   *[other] { $expected } are
} expected.
lab-differs-names = The columns have other names. Missing: { $missing }. Surplus: { $surplus }.
lab-differs-rows = { $missing ->
    [one] { $missing } row is missing
   *[other] { $missing } rows are missing
}, { $surplus ->
    [one] { $surplus } is too many
   *[other] { $surplus } are too many
}.
lab-differs-order = The rows are right, their order is not: look at row { $row }.

## refusals
refusal-lab-busy = Many statements are running. Try again in { $seconds } seconds.
refusal-lab-running = Your last statement is still running.
refusal-lab-too-often = That was many statements in a row. Wait a second, then run the next.
refusal-no-lab = Question { $no } is not a SQL exercise.
