### Ce que les pages des apprenants disent à côté de leurs modèles : avis après un formulaire, notes, champs à revoir.

## dit une fois, après un formulaire
notice-welcome = Bienvenue. Voici votre page d’accueil.
notice-signed-out = Session terminée. À bientôt.
notice-enrolled = Inscription faite. Commencez quand vous voulez.
notice-module-read = Marqué comme lu.
notice-certificate-earned = C’était la dernière étape : le certificat est à vous.
notice-answers-saved = Tout est enregistré.
notice-certificate-revoked = Le certificat est révoqué. À partir de cet instant, il ne vaut plus rien.
notice-preferences-saved = Enregistré. Les pages en tiennent compte dès maintenant.
notice-password-changed = Votre mot de passe est changé, et vos autres sessions sont terminées.
notice-session-ended = Cette session est terminée.
notice-sessions-ended = Toutes vos autres sessions sont terminées.

## champs à revoir
field-error-email = Écrivez l’adresse entière, par exemple ana@example.com.
field-error-name = Écrivez votre nom tel qu’il doit figurer sur un certificat.
field-error-zone = Choisissez un fuseau de la liste.

## accueil
step-request = Le demander, en disant pourquoi
note-suspended = Il repose sur « { $name } », qui ne compte pas en ce moment. Renouvelez la certification, et l’accès revient.
note-scheduled = Il commence le { $at }.
note-returned = La demande vous est revenue avec une question.
note-blocked = Votre demande attend, et repart d’elle-même dès que la certification est acquise.
approver-team = équipe { $team }
approver-rules = les règles elles-mêmes

## questionnaires et tentatives
attempt-not-all = { $n ->
    [one] Une réponse n’est pas enregistrée telle que vous l’avez donnée : voyez la question { $list }. Tout le reste est enregistré.
   *[other] { $n } réponses ne sont pas enregistrées telles que vous les avez données : voyez les questions { $list }. Tout le reste est enregistré.
}
note-stale = Une réponse plus récente, venue d’une autre fenêtre, a été enregistrée à { $at }. C’est elle qui figure ici ; changez-la si vous vouliez l’autre.
note-not-a-number = Ce n’est pas un nombre, il n’est donc pas enregistré. Écrivez-le comme 12,5.
note-bad-answer = Cette réponse ne convient pas à la question, elle n’est donc pas enregistrée.

## certificats
certificate-issuer = L’académie de la donnée, { $host }
why-expired = Sa durée est écoulée.
why-renewed = Un certificat plus récent a pris sa place.
why-superseded = Une nouvelle version du cours l’a remplacé. Il compte jusqu’à la fin de son délai de grâce.
why-superseded-over = Une nouvelle version du cours l’a remplacé, et son délai de grâce est écoulé.
why-revoked = Il a été retiré.
why-revoked-because = Il a été retiré : { $reason }

## compte
account-lang-browser = Comme le demande le navigateur
device-on = { $browser } sous { $system }
device-unknown = Un programme qui ne dit pas son nom

## encadrés des textes
callout-note = À noter
callout-tip = Conseil
callout-important = Important
callout-warning = Attention
callout-caution = Danger
