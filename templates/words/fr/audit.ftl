### Titulaires, preuves et journal.

events-title = Journal
events-lede = Tout ce qui s’est passé, ligne par ligne. Rien ne s’efface ; ouvrez une ligne pour voir tout ce qui a été gardé.
events-empty = Aucune ligne ne correspond à ces filtres
events-empty-text = Élargissez les dates ou retirez un filtre.
event-kind = Nature
event-person = Personne
event-outcome = Issue
event-number = Ligne
event-subject = Objet
actor = { $kind ->
    [person] { $name }
    [system] Habilis
    [operator] L’opérateur { $name }
    [directory] L’annuaire de l’entreprise
    [receiver] Un abonné aux signaux
    [service] Le compte de service { $name }
   *[anonymous] Une personne non connectée
}
event-sentence = { $kind ->
    [attempt_extended] Une tentative en cours de <b>{ $person }</b> a reçu du temps de <b>{ $actor }</b>
    [accommodation_granted] <b>{ $actor }</b> a accordé un aménagement à <b>{ $person }</b>
    [accommodation_ended] <b>{ $actor }</b> a mis fin à un aménagement de <b>{ $person }</b>
    [course_assigned] <b>{ $actor }</b> a assigné un cours à une équipe
    [assignment_ended] <b>{ $actor }</b> a mis fin à une assignation d’équipe
    [directory_credential_made] <b>{ $actor }</b> a créé un identifiant pour l’annuaire
    [directory_credential_ended] <b>{ $actor }</b> a mis fin à un identifiant de l’annuaire
    [signal_receiver_made] <b>{ $actor }</b> a créé un abonné aux signaux
    [signal_receiver_removed] <b>{ $actor }</b> a retiré un abonné aux signaux
    [signal_credential_made] <b>{ $actor }</b> a créé un identifiant pour un abonné aux signaux
    [signal_credential_ended] <b>{ $actor }</b> a mis fin à un identifiant d’un abonné aux signaux
    [signal_stream_changed] <b>{ $actor }</b> a changé un flux de signaux
    [log_key_made] La clé qui signe le journal a été créée
    [webhook_made] <b>{ $actor }</b> a créé un webhook
    [webhook_changed] <b>{ $actor }</b> a modifié un webhook
    [webhook_secret_made] <b>{ $actor }</b> a créé un nouveau secret pour un webhook
    [webhook_removed] <b>{ $actor }</b> a supprimé un webhook
    [notice_told] Un avis a été adressé à <b>{ $person }</b>
    [person_provisioned] <b>{ $actor }</b> a fait entrer <b>{ $person }</b>
    [person_released] <b>{ $actor }</b> ne connaît plus <b>{ $person }</b>
    [team_renamed] <b>{ $actor }</b> a renommé une équipe
    [team_released] <b>{ $actor }</b> ne connaît plus une équipe
    [team_made] <b>{ $actor }</b> a créé une équipe
    [team_leads_changed] <b>{ $actor }</b> a changé qui mène une équipe : <b>{ $person }</b>
    [person_erased] <b>{ $actor }</b> a effacé une personne, désormais <b>{ $person }</b>
    [person_invited] <b>{ $actor }</b> a invité <b>{ $person }</b>
    [person_activated] <b>{ $person }</b> est entré pour la première fois
    [person_changed] <b>{ $actor }</b> a modifié un profil : <b>{ $person }</b>
    [person_disabled] <b>{ $actor }</b> a désactivé <b>{ $person }</b>
    [person_enabled] <b>{ $actor }</b> a réactivé <b>{ $person }</b>
    [password_changed] <b>{ $person }</b> a choisi un nouveau mot de passe
    [link_made] <b>{ $actor }</b> a créé un lien à usage unique pour <b>{ $person }</b>
    [session_started] <b>{ $actor }</b> : connexion
    [session_signed_out] <b>{ $actor }</b> : déconnexion
    [session_ended] <b>{ $actor }</b> a fermé une session : <b>{ $person }</b>
    [content_loaded] <b>{ $actor }</b> a chargé une version des cours
    [content_refused] <b>{ $actor }</b> a voulu charger une version des cours, qui a été refusée
    [course_enrolled] <b>{ $person }</b> a commencé un cours
    [module_completed] <b>{ $person }</b> a terminé un module
    [attempt_started] <b>{ $person }</b> a commencé une tentative
    [attempt_answer_saved] <b>{ $person }</b> a enregistré une réponse
    [attempt_submitted] <b>{ $person }</b> a rendu une tentative
    [attempt_expired] <b>{ $person }</b> : temps écoulé pour une tentative
    [attempt_graded] <b>{ $person }</b> : tentative notée
    [attempt_in_review] Une tentative de <b>{ $person }</b> est passée en correction par une personne
    [attempt_answer_marked] <b>{ $actor }</b> a noté une réponse d’une tentative de <b>{ $person }</b>
    [attempt_voided] <b>{ $actor }</b> a annulé une tentative : <b>{ $person }</b>
    [attempt_regraded] <b>{ $person }</b> : note d’une tentative corrigée
    [regrade_applied] <b>{ $actor }</b> a corrigé les notes d’une question
    [certificate_issued] <b>{ $person }</b> a obtenu un certificat
    [certificate_expired] <b>{ $person }</b> : un certificat a expiré
    [certificate_superseded] <b>{ $person }</b> : un nouveau certificat en remplace un plus ancien
    [certificate_revoked] <b>{ $actor }</b> a révoqué un certificat : <b>{ $person }</b>
    [certificate_reminded] Un rappel a été envoyé à <b>{ $person }</b> avant l'échéance d'un certificat
    [request_submitted] <b>{ $person }</b> a demandé <code>{ $role }</code>
    [request_blocked] <b>{ $person }</b> : la demande pour <code>{ $role }</code> attend une certification
    [request_in_review] <b>{ $person }</b> : la demande pour <code>{ $role }</code> est soumise aux personnes qui décident
    [request_decided] <b>{ $actor }</b> a rendu sa décision sur une demande pour <code>{ $role }</code> : <b>{ $person }</b>
    [request_approved] <b>{ $person }</b> : la demande pour <code>{ $role }</code> est approuvée
    [request_rejected] <b>{ $person }</b> : la demande pour <code>{ $role }</code> est rejetée
    [request_returned] <b>{ $person }</b> : la demande pour <code>{ $role }</code> revient avec une question
    [request_commented] <b>{ $actor }</b> a commenté la demande de <b>{ $person }</b> pour <code>{ $role }</code>
    [request_withdrawn] <b>{ $person }</b> a retiré sa demande pour <code>{ $role }</code>
    [request_lapsed] <b>{ $person }</b> : la demande pour <code>{ $role }</code> est caduque, sans décision
    [grant_given] <b>{ $person }</b> : habilitation accordée pour <code>{ $role }</code>
    [grant_claimed] <b>{ $person }</b> a pris en charge l’habilitation <code>{ $role }</code>
    [grant_activated] <b>{ $person }</b> : l’habilitation pour <code>{ $role }</code> a débuté
    [grant_suspended] <b>{ $person }</b> : l’habilitation pour <code>{ $role }</code> est suspendue
    [grant_resumed] <b>{ $person }</b> : l’habilitation pour <code>{ $role }</code> est de nouveau en vigueur
    [grant_suspension_lifted] <b>{ $actor }</b> a levé une suspension de l’habilitation de <b>{ $person }</b> pour <code>{ $role }</code>
    [grant_unused_warned] <b>{ $person }</b> : <code>{ $role }</code> prendra fin faute d’usage, le titulaire est prévenu
    [grant_ended] <b>{ $person }</b> : l’habilitation pour <code>{ $role }</code> a pris fin
    [review_started] <b>{ $actor }</b> a lancé une revue
    [review_reminded] Les personnes sollicitées par une revue ont reçu un rappel
    [review_closed] Une revue est close : chaque ligne est réglée
    [review_cancelled] <b>{ $actor }</b> a annulé une revue
    [review_line_answered] <b>{ $actor }</b> a répondu à la revue de <code>{ $role }</code> pour <b>{ $person }</b>
    [review_line_delegated] <b>{ $actor }</b> a transmis la revue de <code>{ $role }</code> pour <b>{ $person }</b>
    [review_line_overdue] La revue de <code>{ $role }</code> pour <b>{ $person }</b> est en retard
    [review_line_lapsed] Personne n’a répondu à la revue de <code>{ $role }</code> pour <b>{ $person }</b>
    [review_line_gone] <code>{ $role }</code> de <b>{ $person }</b> a pris fin avant la réponse à sa revue
    [review_line_cancelled] La revue de <code>{ $role }</code> pour <b>{ $person }</b> est annulée
    [lock_placed] <b>{ $actor }</b> a posé un verrou sur <b>{ $person }</b> <code>{ $role }</code>
    [lock_lifted] <b>{ $actor }</b> a levé le verrou sur <b>{ $person }</b> <code>{ $role }</code>
    [delegation_made] <b>{ $actor }</b> a donné délégation à la place de <b>{ $person }</b>
    [delegation_begun] Quelqu’un décide désormais à la place de <b>{ $person }</b>
    [delegation_ended] Une délégation de <b>{ $person }</b> a pris fin
    [emergency_taken] <b>{ $person }</b> a pris <code>{ $role }</code> en urgence
    [emergency_reviewed] <b>{ $actor }</b> a jugé l’accès d’urgence de <b>{ $person }</b> à <code>{ $role }</code>
    [token_minted] <b>{ $person }</b> a pris un jeton pour <code>{ $role }</code>
    [client_registered] <b>{ $actor }</b> a enregistré un outil
    [client_changed] <b>{ $actor }</b> a modifié un outil
    [client_removed] <b>{ $actor }</b> a retiré un outil
    [client_secret_made] <b>{ $actor }</b> a créé un secret pour un outil
    [client_secret_ended] <b>{ $actor }</b> a mis fin au secret d’un outil
    [client_owner_changed] <b>{ $actor }</b> a confié un compte de service à quelqu’un d’autre (<b>{ $person }</b>)
    [client_named] <b>{ $actor }</b> a nommé un compte de service de <b>{ $person }</b> dans un entrepôt
    [client_accepted] <b>{ $actor }</b> a accepté un compte de service qui utilise son accès
    [client_declined] <b>{ $actor }</b> a refusé un compte de service, ou retiré son accord
    [client_access_ending] L’accès de <b>{ $person }</b> à <code>{ $role }</code>, qu’un compte de service utilise, va prendre fin
    [client_access_ended] Un compte de service de <b>{ $person }</b> a perdu son accès à <code>{ $role }</code>
    [token_minted_service] Un compte de service de <b>{ $person }</b> a pris un jeton pour <code>{ $role }</code>
    [token_minted_exchange] Un jeton de <b>{ $person }</b> pour <code>{ $role }</code> a été échangé par un autre outil
    [tool_connected] <b>{ $person }</b> s’est connecté à un outil <code>{ $role }</code>
    [tool_ended] Ce qu’un outil détenait pour <b>{ $person }</b> a pris fin
    [token_revoked] Un jeton de <b>{ $person }</b> a été rendu
    [identity_linked] <b>{ $person }</b> a été lié à un fournisseur d’identité
    [identity_unlinked] <b>{ $actor }</b> a délié <b>{ $person }</b> d’un fournisseur d’identité
    [key_made] <b>{ $actor }</b> a créé une clé
    [key_activated] <b>{ $actor }</b> a mis une clé en service
    [key_retiring] <b>{ $actor }</b> a commencé à retirer une clé
    [key_gone] <b>{ $actor }</b> a supprimé une clé
    [secret_key_renewed] <b>{ $actor }</b> a placé une nouvelle clé secrète devant l’ancienne
    [secret_key_resealed] <b>{ $actor }</b> a scellé de nouveau ce qu’une ancienne clé secrète avait scellé
    [secret_key_old_dropped] <b>{ $actor }</b> a abandonné les anciennes clés secrètes
    [records_exported] <b>{ $actor }</b> a exporté des données
    [audit_read] <b>{ $actor }</b> a consulté l’audit
    [refused] <b>{ $actor }</b> : refus <code>{ $role }</code>
   *[other] <b>{ $actor }</b> { $kind } { $person } <code>{ $role }</code>
}
quoted = « { $text } »

holders-title = Titulaires
holders-lede = Qui détient quel accès, maintenant ou à tout moment du passé. Chaque ligne ouvre sur ses preuves.
holders-explain = Interroger un cas
holders-filter-person = Personne
holders-filter-warehouse = Entrepôt
holders-filter-team = Équipe
holders-filter-state = État
holders-as-of = À la date du
holders-past = Vous regardez le passé
holders-past-text = Les lignes disent qui détenait quoi le <strong>{ $at }</strong>, d’après ce qui était alors en vigueur.
holders-ahead = Vous regardez l’avenir
holders-ahead-text = Si rien ne change d’ici là, les lignes disent qui détiendra quoi le <strong>{ $at }</strong> : ce qui sera accordé, terminé, verrouillé ou révoqué entre-temps n’est pas encore connu.
holders-note-forecast = Ce moment est à venir : les lignes disent ce qui sera si rien ne change d’ici là.
holders-note-team-today = L’équipe est prise telle qu’elle est aujourd’hui : qui en faisait partie à ce moment-là n’est pas consigné.
holders-now = Revenir à maintenant
holders-person = Personne
holders-role = Rôle
holders-span = Du – au
holders-state = À ce moment
holders-via = Parce que
holders-effective = En vigueur
holders-not = { $why ->
    [certificate] Certificat manquant
    [review] Revue échue
    [admin] Suspendu par un administrateur
    [locked] Verrouillé
    [closed] Hors de ses heures
    [disabled] Compte désactivé
    [suspended] Suspendue
    [ended] Terminée
    [scheduled] Pas commencée
   *[other] Sans effet
}
holders-via-policy = accordée par la règle
holders-used = Dernier usage
used-never = jamais utilisé
used-last = utilisé { $far }
holders-via-decision = approuvée par { $names }
holders-request = demande
holders-open = preuves
holders-none = Personne
holders-none-text = Personne ne détenait un tel accès à ce moment. Retirez un filtre pour en voir davantage.
holders-none-ever = Personne ne détient encore d’accès
holders-none-ever-text = Dès qu’une personne aura obtenu une certification et une habilitation, sa ligne apparaîtra ici.

proof-title = { $person } et { $role }
proof-eyebrow = Preuves
proof-yes = Oui
proof-no = Non
proof-at = { $past ->
    [yes] le { $at }
    [ahead] le { $at }, si rien ne change d’ici là
   *[no] maintenant, { $at }
}
proof-until = jusqu’au { $day }
proof-conditions = Ce qui doit être vrai
proof-conditions-hint = Tout, au même moment
proof-condition = Condition
proof-held = Remplie ?
proof-when = Quand
proof-record = Pièce
proof-kind = { $kind ->
    [grant] Une habilitation en cours
    [certification] Un certificat valide : { $name }
    [suspension] { $name ->
        [review] Sa revue faite à temps
       *[admin] Aucune suspension par un administrateur
    }
    [person] Le compte est actif
    [hours] Pendant ses heures
    [lock] Aucun verrou sur la personne, le rôle ou l’entrepôt
   *[other] { $kind } { $name }
}
proof-since = depuis le { $from }
proof-chain = Comment une chose a mené à l’autre
proof-chain-hint = Du premier examen au dernier jeton
proof-step = { $kind ->
    [attempt] { $tone ->
        [bad] Échec : { $name }
       *[other] Réussite : { $name }
    }
    [certificate] Certificat : { $name }
    [request] { $by } a demandé { $name }
    [blocked] La demande a attendu : { $name }
    [decision] { $tone ->
        [bad] { $by } a rejeté la demande
        [warn] { $by } a demandé des précisions
       *[other] { $by } a approuvé la demande
    }
    [policy] La règle l’a accordée sans décision
    [grant] Habilitation pour { $name }
    [suspended] L’habilitation a été suspendue
    [resumed] L’habilitation est revenue en vigueur
    [lock] { $by } a verrouillé { $name }
    [lifted] { $by } a levé le verrou sur { $name }
    [ended] L’habilitation a pris fin
    [disabled] { $by } a désactivé le compte
    [tokens] Jetons émis sous cette habilitation : { $name } (le dernier ci-dessous)
   *[other] { $kind } { $name }
}
proof-held-back = { $cause ->
    [review] Personne n’avait dit, à l’échéance de sa revue, qu’il fallait garder l’accès
   *[certificate] Un certificat dont il dépend ne comptait plus
}
proof-step-until = jusqu’au { $day }
proof-json = La même chose en JSON
proof-revoke = Révoquer cette habilitation
proof-revoke-text = Elle prend fin aussitôt et pour de bon, ainsi que le renouvellement qui devait la suivre ; une autre exigera une autre demande. La personne et le journal en sauront le motif.
explain-title = Pourquoi oui, pourquoi non ?
explain-lede = Une personne, un rôle, un moment : la réponse en une phrase, avec tout ce qui la fonde.
explain-person = Personne
explain-role = Rôle
explain-choose = Choisissez un rôle
explain-at = Quand
explain-at-hint = Vide : maintenant
explain-ask = Demander
explain-empty = Posez une question
explain-empty-text = La réponse vient des mêmes écritures qui ouvrent et ferment la porte.
