# Ce que dit le service lorsqu'il refuse : un message par code, avec les faits du refus.
refusal-bad-credentials = Cette adresse et ce mot de passe ne correspondent à aucun compte actif. Vérifiez les deux ; un administrateur peut vous envoyer un nouveau lien.
refusal-sign-in-throttled = Trop de mots de passe erronés. Réessayez après le { $until }.
refusal-sign-in-first = Connectez-vous d’abord.
refusal-capability-missing = Cette page relève d’une autre responsabilité ({ $capability ->
    [admin] administrateurs
    [auditor] auditeurs
    [author] auteurs
   *[other] { $capability }
}). Un administrateur vous dira de qui.
refusal-link-dead = Ce lien a déjà servi ou a expiré. Demandez-en un nouveau à un administrateur.
refusal-password-too-short = Choisissez un mot de passe d’au moins { $least } caractères. Quelques mots sans rapport font l’affaire.
refusal-password-too-long = Un mot de passe compte au plus { $most } caractères.
refusal-password-common = Ce mot de passe est facile à deviner. Quelques mots sans rapport en font un meilleur.
refusal-wrong-password = Votre mot de passe actuel n’est pas le bon.
refusal-email-taken = { $email } a déjà un compte.
refusal-no-such-person = Cette personne n’existe pas ici.
refusal-several-people = Plusieurs personnes correspondent. Donnez l’adresse e-mail de celle dont il s’agit.
refusal-no-such-session = Cette session est déjà terminée.
refusal-last-admin = C’est le dernier administrateur actif. Nommez-en d’abord un autre.
refusal-already-so = Cette personne est déjà { $state ->
    [active] active
    [disabled] désactivée
    [invited] invitée
   *[other] dans cet état
}.
refusal-bad-field = Le champ « { $field } » n’est pas correct : { $why ->
    [address] ce n’est pas une adresse e-mail
    [name-length] de 1 à 100 caractères
    [login-length] 200 caractères au plus
    [nameless] il faut un nom
    [team-name] lettres, chiffres et traits d’union seulement
    [zone] ce fuseau horaire n’existe pas
   *[other] merci de le revoir
}.
refusal-forged-form = Ce formulaire ne vient pas d’une page de ce service, ou la page est restée ouverte d’une connexion à l’autre. Rouvrez la page et recommencez.
refusal-set-up-done = Le premier administrateur existe déjà. Connectez-vous, ou demandez-lui une invitation.
refusal-sign-in-crowded = Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.
refusal-no-such-content = { $what ->
    [course] Ce cours n’existe pas
    [module] Ce module n’existe pas
    [quiz] Ce quiz n’existe pas
    [question] Cette question n’existe pas
    [dataset] Ce jeu de données n’existe pas
   *[other] Cet élément n’existe pas
} : { $id }.
refusal-no-such-attempt = Vous n’avez pas de tentative à cette adresse.
refusal-attempt-limit-reached = Vos { $max } tentatives de cette période sont épuisées. La prochaine sera possible après le { $next }.
refusal-attempt-cooldown = Faites une pause et relisez : la prochaine tentative sera possible après le { $next }.
refusal-exam-passed-already = Vous avez réussi cet examen. Il rouvrira pour renouvellement après le { $next }.
refusal-exam-passed = Vous avez réussi cet examen. { $waits ->
    [certificate] Le certificat attend la fin du cours.
    [course] Il reste à terminer le cours.
   *[nothing] Il n’y a rien à renouveler.
}
refusal-exam-for-holders = Cet examen court est réservé aux personnes dont le certificat d'une version antérieure compte encore. Passez l'examen complet.
refusal-no-such-notice = Cet avis n’existe pas.
refusal-prerequisite-missing = Un autre cours vient d’abord.
refusal-module-missing = Un autre module de ce cours vient d’abord.
refusal-attempt-closed = Cette tentative est close : { $state ->
    [submitted] elle a été rendue
    [expired] son temps est écoulé
    [pending_review] elle est en cours de correction
    [graded] elle est notée
    [voided] elle a été annulée
   *[other] elle ne prend plus de réponses
}. Ce qui a été enregistré à temps compte.
refusal-answer-stale = Une réponse plus récente à cette question a été enregistrée dans une autre fenêtre (révision { $revision }). C’est elle qui est conservée.
refusal-bad-answer = Question { $no } : { $why ->
    [a-number] ce n’est pas un nombre. Écrivez-le comme 12,5.
    [too-long] cette réponse est trop longue.
    [true-or-false] ce n’est ni vrai ni faux.
    [all-items-in-order] chaque élément a besoin de sa place, et chaque place une seule fois.
   *[other] cette réponse ne convient pas à la question.
}
refusal-no-such-question = Il n’y a pas de question { $no } dans ce sujet.
refusal-attempt-voided-already = Cette tentative est déjà annulée.
refusal-no-such-certificate = Ce certificat n’existe pas.
refusal-certificate-ended-already = Ce certificat { $state ->
    [expired] a déjà expiré
    [superseded] a déjà été remplacé
    [revoked] a déjà été révoqué
   *[other] a déjà pris fin
}.
refusal-reason-needed = Dites pourquoi, en une phrase : le motif est conservé avec la décision.
refusal-no-such-role = Ce rôle n’existe pas : { $id }.
refusal-no-such-warehouse = Cet entrepôt n’existe pas : { $id }.
refusal-no-such-request = Cette demande n’existe pas.
refusal-no-such-grant = Cette habilitation n’existe pas.
refusal-no-such-lock = Aucun verrou de ce nom n’est posé.
refusal-bad-duration = Ce rôle est accordé pour { $unit ->
    [minutes] { $most } minutes
    [hours] { $most ->
        [one] une heure
       *[other] { $most } heures
    }
   *[days] { $most ->
        [one] un jour
       *[other] { $most } jours
    }
} au plus, et pour une minute au moins.
refusal-reason-too-long = Un motif compte au plus { $most } caractères.
refusal-too-many-comments = On en a assez dit ici : une personne commente une demande au plus { $most } fois, et toutes ensemble { $in_all } fois.
refusal-request-open-already = Vous avez déjà demandé ce rôle ; la demande est en cours.
refusal-role-held-already = Vous détenez ce rôle jusqu’au { $until }. Il pourra être renouvelé à partir du { $from }.
refusal-no-approver = Personne d’autre que vous ne pourrait décider de cette demande. Demandez à un administrateur de nommer un autre décideur pour ce rôle.
refusal-locked = Un verrou d’urgence est posé. Rien ne s’ouvre avant qu’un administrateur ne le lève.
refusal-own-request = Personne ne décide de sa propre demande.
refusal-not-yours-to-decide = Cette demande relève d’autres décideurs.
refusal-decided-already = Vous avez déjà décidé de cette demande, ou quelqu’un l’a fait à votre place.
refusal-request-closed = Cette demande { $state ->
    [approved] est déjà approuvée
    [rejected] a déjà été rejetée
    [withdrawn] a été retirée
    [lapsed] est caduque
    [blocked] attend une certification
    [returned] a été renvoyée avec une question
    [in_review] est à l’examen
    [submitted] est en cours de traitement
   *[other] n’est pas ouverte à cela
}.
refusal-grant-ended-already = Cette habilitation a déjà pris fin.
refusal-locked-already = Un verrou est déjà posé ici.
refusal-role-not-held = Vous ne détenez pas ce rôle.
refusal-certification-missing = Une certification exigée par ce rôle manque ou a expiré.
refusal-grant-not-yet = Votre habilitation commence le { $from }.
refusal-grant-suspended = { $cause ->
    [review] Cet accès attend sa revue : à l’échéance, personne n’avait dit qu’il fallait le garder. Le responsable du rôle peut le faire.
   *[admin] Un administrateur a suspendu cet accès.
}
refusal-account-inactive = Votre compte n’est pas actif.
refusal-content-has-errors = Le contenu comporte { $errors } erreurs et n’a pas été pris ; ce qui était en vigueur le reste.
refusal-no-such-key = Cette clé n’existe pas.
refusal-key-not-retiring = Cette clé { $state ->
    [next] n’est pas encore en service
    [active] est en service
    [gone] est déjà supprimée
   *[other] n’est pas sortante
} : seule une clé sortante peut être retirée. Faites d’abord une rotation.
refusal-no-such-page = Cette page n’existe pas.
refusal-body-unreadable = Ce qui a été envoyé est illisible : { $what ->
    [missing] le champ « { $field } » manque.
    [unknown] il n’y a pas de champ « { $field } » ici.
    [twice] le champ « { $field } » figure deux fois.
    [takes] le champ « { $field } » prend { $why }.
    [field] le champ « { $field } » n’est pas correct.
    [not-json] envoyez du JSON, avec Content-Type: application/json.
    [search] cherchez au plus 8 mots, en 200 caractères au plus.
   *[form] ce n’est pas la forme attendue ici.
}
refusal-body-too-large = Ce qui a été envoyé dépasse les { $most } Ko acceptés ici.
refusal-field-not-right = Le champ « { $field } » manque ou n’est pas correct.
refusal-cursor-foreign = Ce curseur n’a pas été donné par cette liste. Repartez de la première page.
refusal-idempotency-key-reused = Cette Idempotency-Key a déjà servi pour autre chose. Prenez-en une nouvelle.
