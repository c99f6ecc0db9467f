### Ce que disent les pages d’accès, d’audit et d’administration après un formulaire, et leurs phrases hors des modèles.

notice-role-granted = Le rôle est à vous. Vous pouvez prendre un jeton dès maintenant.
notice-role-granted-later = Le rôle est à vous. Vous lisez ci-dessous à partir de quand il s’ouvre.
notice-request-sent = Votre demande est chez les personnes qui décident.
notice-request-lapsed = Ce rôle n’est plus là où il était : votre demande reste sans suite.
notice-request-blocked = Votre demande est gardée. Elle suivra son cours d’elle-même dès que la certification manquante sera là.
notice-request-withdrawn = Votre demande est retirée.
notice-request-approved = Approuvée. L’habilitation est accordée.
notice-approval-given = Votre accord est gardé. D’autres personnes doivent encore se prononcer.
notice-request-waits = Votre accord est gardé. Une certification manque à nouveau, la demande l’attend.
notice-request-rejected = Rejetée. La personne lit votre commentaire.
notice-request-returned = Renvoyée avec votre question.
notice-grant-revoked = L’habilitation est révoquée. Plus aucun jeton n’est émis à ce titre.
notice-grant-revoked-all = L’habilitation est révoquée, et celle qui devait la suivre aussi. Plus aucun jeton n’est émis à ce titre.
notice-teams-saved = Les équipes sont enregistrées.
notice-capabilities-saved = Les droits sont enregistrés.
notice-login-saved = L’identifiant dans l’entrepôt est enregistré.
notice-person-disabled = Le compte est désactivé : sessions et habilitations ont pris fin.
notice-person-enabled = Le compte est réactivé.
notice-their-session-ended = Sa session a pris fin.
notice-attempt-voided = La tentative est annulée. Un certificat qui reposait sur elle est révoqué.
notice-keys-rotated = Les clés ont tourné : la suivante signe désormais.
notice-lock-placed = Le verrou est posé. Plus rien ne s’ouvre dessous.
notice-lock-lifted = Le verrou est levé.
notice-content-loaded = Le contenu est chargé et en vigueur.

team-named = l’équipe { $team }
any-role = Tous les rôles
any-warehouse = Tous les entrepôts
any-team = Toutes les équipes
any-kind = Tous les types
any-outcome = Fait ou refusé
state-not-ended = Tout ce qui n’a pas pris fin
state-all = Tout, même terminé
outcome-done = Fait
outcome-refused = Refusé
role-suspended-why = Le rôle repose sur { $names }, qui ne compte pas en ce moment. Renouvelez, et l’accès revient de lui-même.
role-suspended-by = { $cause ->
    [review] Sa revue est échue et personne n’a dit qu’il fallait le garder. Il revient dès que le responsable du rôle le confirme.
   *[admin] Un administrateur l’a suspendu. Il revient quand la suspension est levée.
}
ask-closed-locked = Tant que le verrou est en place, aucune demande ne peut être envoyée pour ce rôle.
ask-closed-early = Le rôle est en vigueur. Il pourra être renouvelé à partir du { $day }.
ask-closed-whom = Demander à { $whom }
token-next-renew = Renouveler { $name }
token-next-earn = Suivre { $name }
token-next-role = Voir le rôle
any-state = Tous les états

login-rule = { $from ->
    [local] { $case ->
        [upper] Ce qui précède le @ de l’adresse e-mail, en majuscules
        [lower] Ce qui précède le @ de l’adresse e-mail, en minuscules
       *[keep] Ce qui précède le @ de l’adresse e-mail
    }
   *[email] { $case ->
        [upper] L’adresse e-mail, en majuscules
        [lower] L’adresse e-mail, en minuscules
       *[keep] L’adresse e-mail
    }
}

wrong-email = Écrivez l’adresse entière, comme ana@example.com.
wrong-name = Écrivez son nom, en 100 lettres au plus.
wrong-teams = Le nom d’une équipe n’a que des lettres, des chiffres et des traits d’union.
wrong-login = Un identifiant a au plus 200 caractères.
wrong-confirm = Cochez d’abord la case : c’est ce qu’il faut vérifier.
wrong-decision = Choisissez l’une des trois réponses.
wrong-cap = Choisissez une durée de la liste.
wrong-cursor = Cette page a été atteinte par une adresse qui n’est pas la nôtre. Reprenez à la première.
wrong-kind = Choisissez l’un des types de la liste.
wrong-state = Choisissez l’un des états de la liste.
wrong-at = Écrivez un jour et une heure, comme 2027-03-01T09:00.
wrong-as_of = Écrivez un jour et une heure, comme 2027-03-01T09:00.
wrong-from = Écrivez un jour et une heure, comme 2027-03-01T09:00.
wrong-until = Écrivez un jour et une heure, comme 2027-03-01T09:00.
wrong-zone = Aucun fuseau horaire ne porte ce nom : écrivez par exemple Europe/Paris.

notice-mail-sent = Le lien a aussi été envoyé par courriel.
notice-mail-failed = Le lien n’a pas pu être envoyé : transmettez-le vous-même. Le journal dit pourquoi.
