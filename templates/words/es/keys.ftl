### Claves demasiado recientes para firmar.

keys-young = Puede que los almacenes aún no hayan visto la clave siguiente: podrá firmar a partir del { $at }.
keys-rotate-now = La clave que firma se ha filtrado: rotar de inmediato, aunque algunos almacenes puedan rechazar tokens durante unos minutos.
refusal-next-key-too-young = Puede que los almacenes aún no hayan visto la clave siguiente: podrá firmar a partir del { $until }. Si la clave que firma se ha filtrado, elige rotar de inmediato.
