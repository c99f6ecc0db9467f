### The sentence that explains an access, and how things are listed in it.

list-and = { $rest } and { $last }
list-or = { $rest } or { $last }
explain-yes = { $past ->
    [yes] { $person } could use { $role } on { $at }, because the grant was in force, { $certificates }, the account was active, and no lock stood in the way.
    [ahead] If nothing changes until then, { $person } may use { $role } on { $at }, because the grant will be in force, { $certificates }, the account is active, and no lock stands in the way.
   *[no] { $person } may use { $role } until { $until }, because the grant is in force, { $certificates }, the account is active, and no lock stands in the way.
}
explain-certificates = { $past ->
    [yes] { $n ->
        [one] the certificate { $names } was valid
       *[other] the certificates { $names } were valid
    }
    [ahead] { $n ->
        [one] the certificate { $names } will still be valid
       *[other] the certificates { $names } will still be valid
    }
   *[no] { $n ->
        [one] the certificate { $names } is valid
       *[other] the certificates { $names } are valid
    }
}
explain-no = { $past ->
    [yes] { $person } could not use { $role } on { $at }, because { $reasons }.
    [ahead] If nothing changes until then, { $person } may not use { $role } on { $at }, because { $reasons }.
   *[no] { $person } may not use { $role } now, because { $reasons }.
}
explain-why-disabled = { $past ->
    [yes] the account was disabled
   *[no] the account is disabled
}
explain-why-lock = { $past ->
    [yes] { $kind ->
        [person] a lock stood on them ({ $reason })
        [role] a lock stood on the role ({ $reason })
       *[warehouse] a lock stood on the warehouse ({ $reason })
    }
   *[no] { $kind ->
        [person] a lock stands on them ({ $reason })
        [role] a lock stands on the role ({ $reason })
       *[warehouse] a lock stands on the warehouse ({ $reason })
    }
}
explain-why-suspended = { $cause ->
    [review] nobody had said in its review, due on { $at }, that the access is to be kept
   *[admin] an admin suspended the grant on { $at }
}
explain-why-never = { $past ->
    [yes] the role had not been granted to them
   *[no] the role has never been granted to them
}
explain-why-not-begun = the grant begins only on { $at }
explain-why-ended = { $past ->
    [ahead] the grant ends on { $at }
   *[yes] the grant ended on { $at } ({ $why })
}
explain-why-lapsed = { $past ->
    [ahead] the certificate { $name } stops counting on { $at }
   *[yes] the certificate { $name } stopped counting on { $at }
}
explain-why-uncertified = they have not earned { $names }
