### The map of holders and the calendar of lapses.

map-title = Map of holders
map-lede = Who holds what, from afar: teams or people by warehouses or roles. A name or a cell leads nearer.
map-list = As a list
map-rows = Rows
map-by-any = As it fits
map-by-teams = Teams
map-by-people = People
map-order = Order
map-order-name = By name
map-order-likeness = Who holds the same together
map-no-team = In no team
map-corner = { $rows ->
    [people] Person
   *[teams] Team
}
map-effective = In effect
map-held-back = Held back
map-legend-share = people for whom it is in effect; the darker, the more of the row
map-legend-held = held back for all of them
map-legend-more = further people for whom it is held back
map-span = { $rows ->
    [people] People { $first } to { $last } of { $of }
   *[teams] Teams { $first } to { $last } of { $of }
}
map-across = columns { $first } to { $last } of { $of }
map-up = Rows above
map-down = Rows below
map-left = Columns before
map-right = Further columns
map-none = Nobody holds anything here
map-none-text = Take a filter away, or ask about another moment.
map-cut = More is held than a map is drawn from, and some of it is missing here. Ask about a warehouse, a role or a team.
map-whole = The files hold every row and every column, not only those that are shown here.

nav-lapses = Lapses
lapses-title = Calendar of lapses
lapses-lede = Which certificates and grants are to end, and whether something carries on from there.
lapses-months = Months
lapses-count = { $certificates ->
    [one] one certificate
   *[other] { $certificates } certificates
}, { $grants ->
    [one] one grant
   *[other] { $grants } grants
}
lapses-both = Both
lapses-certificates = Certificates
lapses-grants = Grants
lapses-month = Ending in { $month }
lapses-zone = The days are those of the time zone { $zone }.
lapses-whole-month = The whole month
lapses-more = All of them
lapses-none = Nothing ends here
lapses-none-text = Choose another day or month, or take a filter away.
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-of = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

report-parameter-team = Team
report-parameter-kind = Kind
report-kind-any = Both
report-title-lapses = Lapses to come
report-question-lapses = Which certificates and grants are to end, and does something carry on from there?
report-moment-lapses = What was to end in the period, as it was known at that moment; a team is taken as it is today. Unless you say so, the 90 days after that moment. A grant whose certificates end sooner is over before its own end, once their grace has passed, unless something new is earned.
report-column-certification = Certification
report-column-carried = Carried on
report-column-sooner = Over sooner
report-word-lapse-certificate = Certificate
report-word-lapse-grant = Grant
report-figure-certificates = Certificates
report-figure-grants_ending = Grants
report-figure-not_carried = Without anything that carries on
