### Laisser entrer un outil sur un autre appareil : saisir son code, répondre.

device-title = Connecter un appareil
device-lede = Saisissez le code que montre votre appareil ou votre terminal.
device-compare = Est-ce bien le code que montre votre appareil ou votre terminal ? Si c’en est un autre, ou si vous n’avez rien lancé, n’allez pas plus loin.
device-code = Code
device-code-hint = Huit lettres, comme WDJB-MJHT. Tirets et majuscules sont sans importance.
device-go = Continuer
device-warning = Ne saisissez qu’un code que vous voyez sur un appareil à vous. Quiconque vous en envoie un veut agir en votre nom.
device-shows = Code sur l’appareil
device-from = Demandé depuis
device-only-own = N’autorisez que si vous venez de lancer cela vous-même et que votre appareil montre { $code }. Quiconque vous aurait envoyé ce code ou cette page agirait en votre nom.
device-elsewhere = La demande vient d’un autre réseau que le vôtre.
device-until = L’appareil attend jusqu’à { $at }.
device-allowed-title = { $tool } est connecté
device-allowed-text = Retournez à votre appareil : il continue en quelques secondes. Vous pouvez fermer cette page.
device-denied-title = { $tool } n’a pas été autorisé
device-denied-text = L’appareil en est averti et n’obtient rien. Vous pouvez fermer cette page.
device-lacking = { $tool } n’obtient rien d’ici là. Le code { $code } reste valable jusqu’à { $at } ; ensuite, l’appareil en demande un autre.
device-again = Réessayer le code
refusal-device-code-unknown = Aucun appareil n’attend avec ce code, ou son temps est passé. Regardez à nouveau l’appareil, ou recommencez-y.
refusal-device-code-throttled = Trop de codes faux. Réessayez après { $until }.
refusal-oauth-device-expired = Personne n’a répondu à temps. Recommencez sur l’appareil.

clients-devices = par un code que l’on saisit
clients-devices-ask = Il peut entrer par un code que l’on saisit, pour les appareils sans navigateur. Un tel outil n’a pas besoin d’adresse de retour.
