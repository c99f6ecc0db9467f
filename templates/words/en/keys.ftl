### Keys that are too young to sign.

keys-young = Warehouses may not have seen the next key yet: it can sign from { $at }.
keys-rotate-now = The key that signs now has leaked: rotate at once, although some warehouses may refuse tokens for a few minutes.
refusal-next-key-too-young = Warehouses may not have seen the next key yet: it can sign from { $until }. If the key that signs now has leaked, choose to rotate at once.
