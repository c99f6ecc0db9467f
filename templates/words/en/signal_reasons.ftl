# Why something ended, as receivers of signals are told.
signal-why-signed-out = The person signed out.
signal-why-ended = The session was ended.
signal-why-shut-out = The account was shut.
signal-why-password = The password was changed.
signal-why-tool = The tool is no longer connected.
signal-why-reused = A used code or token was presented again, so the tool was let go.
signal-why-locked = An admin has stopped all access.
signal-why-roles = What the person may use has changed.
signal-why-let-in = The account was opened again.
signal-why-erased = The account was erased.
