### The API's own sentences.
<<<<<<< HEAD
verdict-yes = { $past ->
    [yes] { $person } could use { $role } on { $at }: a grant was in force, and every certification that it requires counted.
   *[no] { $person } may use { $role } until { $until }: a grant is in force, and every certification that it requires counts.
}
verdict-disabled = { $past ->
    [yes] { $person } could not use { $role } on { $at }: the account was disabled.
   *[no] { $person } may not use { $role }: the account is disabled.
}
verdict-locked = { $past ->
    [yes] { $person } could not use { $role } on { $at }: an emergency lock was in place.
   *[no] { $person } may not use { $role }: an emergency lock is in place.
}
verdict-no-grant = { $past ->
    [yes] { $person } could not use { $role } on { $at }: there was no grant.
   *[no] { $person } may not use { $role }: there is no grant.
}
verdict-not-yet = { $past ->
    [yes] { $person } could not use { $role } on { $at }: the grant began on { $from }.
   *[no] { $person } may not use { $role } yet: the grant begins on { $from }.
}
verdict-ended = { $past ->
    [yes] { $person } could not use { $role } on { $at }: the grant had ended on { $until }.
   *[no] { $person } may not use { $role }: the grant ended on { $until }.
}
verdict-no-certificate = { $past ->
    [yes] { $person } could not use { $role } on { $at }: the grant was suspended, because no certificate of { $certification } counted.
   *[no] { $person } may not use { $role }: the grant is suspended, because no certificate of { $certification } counts.
}
=======
>>>>>>> f52f42b (Keep why a lock was lifted and an account enabled; say what a wrong field wants; explain an access in one place)
refusal-no-such-method = This address does not take the method { $method }.
