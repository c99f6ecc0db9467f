### Les certificats hors de la maison : badges, papier, et la vérification de ce que l’on vous a montré.

keys-badges = badges
keys-badges-text = Signe les badges et leurs listes d’état, jamais un jeton
keys-badges-retiring = Ne signe plus. Reste publiée aussi longtemps que ses badges sont montrés.
keys-badges-rotate-text = La clé suivante commence à signer les badges et la partie privée de l’ancienne est effacée. Les badges déjà remis restent bons : l’ancienne clé publique reste publiée.
keys-badges-rotate-confirm = Les badges retirés à partir de maintenant nomment la nouvelle clé.

proof-take = À emporter
proof-take-text = Signé, pour que chacun puisse le vérifier, ici ou avec son propre programme.
proof-badge-alt = Badge : { $name }
proof-pdf = Le certificat sur papier, digne d’un cadre
proof-png = Le badge pour les courriels et les profils ; l’attestation signée est dans l’image
proof-svg = Le même, net à toute taille
proof-jwt = L’attestation seule : Open Badges 3.0, pour portefeuilles et programmes
proof-linkedin = L’ajouter à votre profil LinkedIn
proof-verify-other = Vérifier un autre badge
proof-all-passed = Signature, durée et état : les { $n } contrôles sont passés
proof-some-failed = Ce qui a été contrôlé
evidence-passed = Réussi

verify-badge-eyebrow = Pour qui s’est vu montrer un badge
verify-badge-title = Vérifier un badge
verify-badge-lede = Donnez-nous l’image ou le texte. Nous contrôlons la signature, la durée, la liste d’état et notre propre registre, et vous disons le résultat de chacun.
verify-badge-yes = Ce badge est authentique, et il compte.
verify-badge-no = Ce badge ne tient pas.
verify-badge-foreign = Il se dit délivré par { $issuer }. Nous ne répondons que des badges de cette académie.
verify-badge-send = Le badge
verify-badge-another = Un autre badge
verify-badge-file = L’image ou le fichier
verify-badge-file-hint = PNG, SVG ou JWT, 400 ko au plus. Rien n’en est gardé.
verify-badge-text = Ou le texte de l’attestation
verify-badge-text-hint = Un JWT : trois suites de lettres séparées par des points.
verify-badge-do = Vérifier
verify-badge-large = C’est plus grand qu’aucun badge : 400 ko au plus.
verify-badge-none = Ce n’est ni un badge (PNG ou SVG) ni le texte d’un badge.
verify-badge-bare = Il n’y a pas d’attestation dans cette image. Une capture d’écran n’en a pas : demandez le fichier lui-même.
verify-badge-damaged = Cette image ne se lit pas. Elle a peut-être été tronquée en chemin.

check-passed = Passé :
check-failed = Échoué :
check-skipped = Non contrôlé, car ce sur quoi il repose a échoué.
check-form-passed = C’est une attestation Open Badges 3.0.
check-form-failed = Ce n’est pas une attestation Open Badges 3.0.
check-issuer-passed = Elle a été délivrée par cette académie.
check-issuer-failed = Elle n’a pas été délivrée par cette académie.
check-key-passed = Elle nomme une clé que cette académie publie.
check-key-failed = Elle ne nomme aucune clé que cette académie publie.
check-signature-passed = La signature est bonne : pas une lettre n’a été changée.
check-signature-failed = La signature est fausse : l’attestation a été modifiée, ou un autre l’a faite.
check-content-passed = Elle dit exactement ce que dit le registre de l’académie.
check-content-failed = Elle ne dit pas ce que dit le registre de l’académie.
check-time-passed = Elle est dans sa durée. Elle prend fin le
check-time-failed = Sa durée est passée, ou n’a pas commencé. Son dernier jour :
check-status-passed = La liste d’état ne la révoque pas.
check-status-failed = La liste d’état la révoque, depuis le
check-standing-passed = Le certificat compte en ce moment.
check-standing-failed = Le certificat ne compte pas en ce moment.

refusal-no-such-status-list = Cette liste d’état n’existe pas.
refusal-no-such-certification = Cette certification n’existe pas.
