### Comptes de service : qui en répond, ce que chacun peut, et ce qui en est dit.

machine-kind = Compte de service
machine-owner = Propriétaire
machine-owner-hint = La personne dont il utilise l’accès : adresse e-mail ou nom. Il s’arrête avec son certificat, son octroi ou son compte.
machine-named = { $login } dans { $warehouse }
machine-until = Accès jusqu’au { $day }
machine-stopped = Le propriétaire n’a pas cet accès en ce moment : aucun jeton n’est délivré
machine-no-access = Aucun accès
machine-used = dernier jeton
machine-unused = aucun jeton pour l’instant
machine-login = Nom dans { $warehouse }
machine-hand-over = Confier à
machine-hand-over-do = Confier
machine-change = Secrets, propriétaire, noms et suppression
machine-ends = L’un comme l’autre met fin à tous les jetons que le compte détient à cet instant.
machine-register = Enregistrer un compte de service
machine-register-text = Un programme qui obtient des jetons pour lui-même, selon ce que son propriétaire peut à cet instant. Il n’y a pas de machine anonyme.
machine-name-hint = Ce qu’il fait, par exemple « Chargement de nuit ».
machine-roles-hint = Cochez-en au moins un : il ne peut rien utiliser d’autre.
machines-mine = Comptes de service
machines-mine-text = Des programmes qui utilisent votre accès. Ils s’arrêtent avec lui ; vous et votre équipe en êtes avertis avant.
machines-theirs = Comptes de service
machines-theirs-text = Des programmes qui utilisent l’accès de cette personne, et s’arrêtent avec lui
machine-waits = Attend son propriétaire
machine-asks = Il demande à utiliser votre accès, sous votre responsabilité. Il n’obtient aucun jeton avant votre accord.
machine-accept = Accepter
machine-accept-label = Accepter { $name }
machine-decline = Refuser
machine-decline-label = Refuser { $name }
machine-withdraw = Retirer mon accord
machine-withdraw-label = Retirer mon accord à { $name }
machine-decide = Accepter ou refuser
notice-client-accepted = Vous acceptez le compte de service : il utilise désormais votre accès.
notice-client-declined = Vous n’acceptez pas le compte de service : il n’obtient aucun jeton, et ce qu’il détenait a pris fin.
notice-client-handed-over = Le compte est confié, et ce qu’il détenait a pris fin.
notice-client-named = Le nom dans l’entrepôt est enregistré, et ce que le compte détenait a pris fin.

notices-service_asks = Le compte de service « { $name } » doit utiliser votre accès
notices-service_asks-text = Vous en êtes désigné propriétaire. Il n’obtient aucun jeton avant votre accord.
notices-service_ends = Le compte de service « { $name } » va perdre son accès à { $role }
notices-service_ends-text = Il utilise l’accès de { $owner }, qui prend fin le
notices-service_stopped = Le compte de service « { $name } » a perdu son accès à { $role }
notices-service_stopped-text = Il utilisait l’accès de { $owner }, qui a pris fin le

refusal-client-service = Un compte de service ne peut pas être ainsi : { $what ->
    [public] il doit garder un secret
    [ways] il obtient des jetons par client_credentials, et par rien pour quoi quelqu’un se connecte
    [redirects] aucun navigateur ne lui est renvoyé
    [roles] les rôles qu’il peut utiliser doivent être nommés
    [owner] il lui faut un propriétaire
   *[other] quelque chose ne convient pas
}.
refusal-client-owner-inactive = Un compte de service appartient à quelqu’un dont le compte est actif.
refusal-client-changed = Le compte a été modifié entre-temps : regardez ce qu’il doit utiliser maintenant, et acceptez-le ou non.
refusal-client-owned-already = Cette personne possède déjà le compte.
refusal-client-no-service = Cet outil n’est pas un compte de service, et n’a pas de propriétaire.
refusal-client-login = Écrivez un nom de 1 à 200 caractères sur une ligne.
refusal-client-login-taken = Quelqu’un porte déjà ce nom dans cet entrepôt : qui l’utiliserait serait pris pour cette personne.
refusal-named-like-machine = Un compte de service porte aussi le nom { $login } dans l’entrepôt { $warehouse } : un administrateur doit renommer l’un des deux.
refusal-oauth-owner-lacks = Le propriétaire du compte de service n’a pas cet accès en ce moment : { $why }.

clients-exchanges = Peut échanger les jetons de
clients-exchanges-ask = Outils dont il peut échanger les jetons
clients-exchanges-hint = Un client_id par ligne, ou aucun : il agit avec un jeton que cet outil a reçu, pour le même rôle et le même entrepôt, et jamais plus longtemps.
refusal-client-exchange = Les jetons ne peuvent pas être échangés ainsi : { $what ->
    [public] qui échange doit garder un secret
    [none] les outils dont il peut échanger les jetons doivent être nommés
    [ways] il ne doit pas être enregistré pour l’échange de jetons
    [unknown] l’un des outils n’existe pas
   *[other] quelque chose ne convient pas
}.
