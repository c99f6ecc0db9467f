### Políticas, delegación, y ciclos de vida de las solicitudes y las concesiones.

notices-delegation_begins = Decides en lugar de { $owner }
notices-delegation_begins-text = { $owner } está fuera: las solicitudes que esperan su decisión te llegan a ti, hasta el
refusal-no-such-delegation = No existe esa delegación.
refusal-delegate-oneself = Nombra a otra persona: nadie decide en su propio lugar.
refusal-delegate-inactive = Esa persona no puede actuar ahora, así que tampoco decidir por nadie.
refusal-bad-period = Una delegación termina después de empezar, en el tiempo por venir, y dura { $most } días como mucho.
refusal-delegation-overlaps = Alguien decide ya en ese lugar, del { $from } al { $until }. Termina antes esa delegación o elige otro momento.
refusal-delegation-ended-already = Esta delegación ya terminó.
refusal-manager-loop = Esta persona ya responde ante la otra, así que no puede ser su responsable.
refusal-delegators-own-request = Decides en lugar de la persona que pide aquí: esta solicitud la deciden otras.
approver-owners = las personas propietarias del rol
approver-manager = quien es responsable de la persona
turn-for = en lugar de { $name }
decide-place = Decides
decide-place-own = en tu propio lugar
decide-place-of = en lugar de { $name }
decide-in-place-of = Decides en lugar de { $name }, que está fuera.

delegations-title = Delegaciones
delegations-lede = Mientras alguien está fuera, otra persona decide en su lugar sobre las solicitudes que le esperan. Nunca sobre una suya, y nadie decide dos veces.
delegations-link = ¿Estarás fuera? Deja que alguien decida en tu lugar
delegations-given = Quién decide por mí
delegations-given-none = Nadie. Decides tú.
delegations-had = Por quién decido
delegations-had-none = Por nadie más.
delegations-all = Todas
delegations-all-none = Nadie ha delegado nada todavía.
delegations-new = Nombrar a alguien
delegations-who = Quién decide en tu lugar
delegations-who-hint = Su dirección de correo.
delegations-from = Desde
delegations-from-hint = Vacío: ahora mismo.
delegations-until = Hasta
delegations-note = Unas palabras para esa persona
delegations-do = Delegar
delegations-end = Terminarla
delegations-end-label = Terminar la delegación de { $from } a { $to }
delegation-of = { $to } por { $from }
notice-delegated = Anotado. Desde entonces decide en tu lugar, y se le avisa.
notice-delegation-ended = La delegación ha terminado.

person-manager = Responsable
person-manager-none = Nadie
person-manager-hint = Decide cuando un rol pide la aprobación de la persona responsable. Vacío: nadie.
person-manager-save = Guardar responsable
notice-manager-saved = La persona responsable está guardada.
