### Policies, delegation, and the lifecycles of requests and grants.

notices-delegation_begins = You decide in place of { $owner }
notices-delegation_begins-text = { $owner } is away: requests that wait for them come to you, until
refusal-no-such-delegation = There is no such delegation.
refusal-delegate-oneself = Name somebody else: nobody decides in their own place.
refusal-delegate-inactive = This person can not act at the moment, and so can not decide for anybody.
refusal-bad-period = A delegation ends after it begins, in the time to come, and lasts { $most } days at the most.
refusal-delegation-overlaps = Somebody decides in this place already, from { $from } to { $until }. End that first, or choose another time.
refusal-delegation-ended-already = This delegation has ended already.
refusal-manager-loop = This person answers to the other one already, so can not be their manager.
refusal-delegators-own-request = You decide in place of the person who asks here, so this request is for others to decide.
approver-owners = the role’s owners
approver-manager = the person’s manager
turn-for = in place of { $name }
decide-place = You decide
decide-place-own = on your own place
decide-place-of = in place of { $name }
decide-in-place-of = You decide in place of { $name }, who is away.

delegations-title = Delegations
delegations-lede = While somebody is away, another decides in their place on the requests that wait for them. Never on a request of their own, and nobody decides twice.
delegations-link = Away? Let somebody decide in your place
delegations-given = Who decides for me
delegations-given-none = Nobody. You decide yourself.
delegations-had = For whom I decide
delegations-had-none = For nobody but yourself.
delegations-all = Everybody’s
delegations-all-none = Nobody has delegated anything yet.
delegations-new = Name somebody
delegations-who = Who decides in your place
delegations-who-hint = Their e-mail address.
delegations-from = From
delegations-from-hint = Empty means at once.
delegations-until = Until
delegations-note = A word to them
delegations-do = Let them decide
delegations-end = End it
delegations-end-label = End the delegation of { $from } to { $to }
delegation-of = { $to } for { $from }
notice-delegated = It is noted. From then on they decide in your place, and are told so.
notice-delegation-ended = The delegation has ended.

person-manager = Manager
person-manager-none = Nobody
person-manager-hint = Decides where a role asks the person’s manager. Empty leaves them without.
person-manager-save = Save the manager
notice-manager-saved = The manager is saved.
