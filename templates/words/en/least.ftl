### Least privilege: what is not used, what peers hold, and what would be lost.

peers-title = Beside the team
peers-hint = What the others in the same teams hold effectively
peers-team = { $team }: { $n ->
    [one] { $n } other person
   *[other] { $n } other people
}
peers-none = In no team: there is nobody to compare with.
peers-role = Role
peers-share = Others who hold it
peers-share-n = { $n } of { $of }
peers-held = Held
peers-yes = yes
peers-no = no
peers-unusual = rare in the team
peers-lacking = common in the team
losses-crumb = What would be lost
losses-title = What { $person } would lose
losses-lede = Tick roles to drop, or choose a team to leave. Nothing is changed by asking.
losses-roles = Roles to drop
losses-holds-nothing = They hold no role in effect.
losses-team = Team to leave
losses-no-team = No team
losses-team-hint = Takes the roles along that at least half of the others in it hold, and not as many in their other teams.
losses-ask = What would be lost?
losses-dropped = These roles would go
losses-dropped-none = None of their roles would go.
losses-warehouse = Nothing would open { $warehouse } any more.
losses-lost = No longer readable
losses-lost-none = Everything could still be read.
losses-kept = What would remain
losses-now = What they can read now
losses-kept-none = Nothing.
losses-data = Data
losses-by = Opened by
losses-through = Through
holders-unused = Unused for days
role-unused = { $n ->
    [one] { $n } access has not been used for { $days } days
   *[other] { $n } accesses have not been used for { $days } days
}
role-unused-see = See them
role-all-used = Every access was used in the last { $days } days.
role-use-title = Use
role-use-held = { $n ->
    [one] { $n } person holds it in effect
   *[other] { $n } people hold it in effect
}
role-use-last = last used { $far }
role-end-unused = Ends when unused
role-end-unused-after = after { $span } without use
notices-access_unused = Your access { $name } ends because it is not used
notices-access_unused-text = Nobody has used it for long: it ends on { $at }, unless you use it until then.
notices-access_ended_unused = Your access { $name } has ended: it was not used
notices-access_ended_unused-text = It ended on { $at }. If you need it after all, ask for it again.
