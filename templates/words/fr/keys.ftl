### Clés trop récentes pour signer.

keys-young = Les entrepôts n’ont peut-être pas encore vu la clé suivante : elle pourra signer à partir du { $at }.
keys-rotate-now = La clé qui signe a fuité : faire la rotation tout de suite, même si des entrepôts peuvent refuser des jetons pendant quelques minutes.
refusal-next-key-too-young = Les entrepôts n’ont peut-être pas encore vu la clé suivante : elle pourra signer à partir du { $until }. Si la clé qui signe a fuité, choisissez la rotation immédiate.
