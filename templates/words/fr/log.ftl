# Le journal qui fait ses preuves : ses refus.
events-live = En direct
events-live-new = Nouvelles lignes : %
log-proof-title = Le journal fait ses preuves
log-proof-signed = Les <b>{ $size }</b> premiers événements sont signés, depuis { $at }.
log-proof-waiting = { $count ->
    [one] Un de plus reçoit sa place dans la seconde.
   *[other] { $count } de plus reçoivent leur place dans la seconde.
}
log-proof-more = Comment on le vérifie, et qui garde ce qui a été signé
log-places = Conservé au dehors
log-proof-root = Racine
log-proof-key = Clé
log-place-kept = conservé
log-place-failing = en échec
log-place-new = pas encore
log-place-size = { $size } événements, { $at }
log-places-none = Personne au dehors ne conserve ce qui a été signé. Qui administre la base pourrait ramener le journal à un état signé antérieur pendant qu’aucun service ne tourne, et le laisser continuer autrement ; avec la clé secrète, le réécrire en entier. Seul ce qui est conservé au dehors le montre : un exploitant peut nommer des lieux dans les réglages (log_copy).
log-proof-export = L’emporter avec ses preuves
log-proof-checkpoint = Point de contrôle signé
log-proof-key-file = Clé publique
log-proof-how = Chacun vérifie le fichier sans ce service : <code>habilis audit verify FICHIER --key CLÉ</code>. Demandez la clé là où vous faites confiance à la réponse, pas dans le fichier. Avec <code>--selection</code>, une sélection aussi : ses événements sont dans le journal, et rien ne dit qu’il n’en manque aucun.

refusal-no-such-event = Cet événement n’existe pas.
refusal-event-not-placed-yet = Cet événement n’a pas encore sa place dans le journal ; il l’aura dans la seconde. Redemandez alors.
refusal-no-such-log-size = Aucun point de contrôle n’a cette taille : demandez-en une de { $least } à { $most }.
refusal-no-such-tile = L’arbre du journal n’a pas encore cette tuile.
