# L’annuaire de l’entreprise : la page, et les raisons de ses refus.
nav-provisioning = Approvisionnement
provisioning-title = Approvisionnement
provisioning-lede = L’annuaire de l’entreprise, comme Entra ID ou Okta, fait entrer et sortir de lui-même les personnes et les équipes (SCIM 2.0).
provisioning-how = Mise en place
provisioning-address = Donnez à l’annuaire cette adresse, et un identifiant comme jeton secret :
provisioning-entra = Entra ID : applications d’entreprise, votre propre application, approvisionnement, automatique. L’adresse est l’« URL de locataire », l’identifiant le « jeton secret » ; puis « tester la connexion ».
provisioning-okta = Okta : une application avec approvisionnement SCIM. L’adresse est la « SCIM connector base URL », « userName » l’identifiant unique, « HTTP Header » le mode d’authentification.
provisioning-names = Le nom d’utilisateur doit être l’adresse électronique avec laquelle on se connecte. Les groupes deviennent des équipes, et le responsable d’une personne décide quand un rôle demande l’accord du responsable.
provisioning-does = Ce qu’il fait
provisioning-does-leave = Une personne que l’annuaire rend inactive perd aussitôt ses sessions, ses jetons et ses droits. Personne n’est jamais supprimé : les traces et le journal restent.
provisioning-does-back = Une personne qu’il réactive ne retrouve rien : les droits se redemandent, et les rôles dans Habilis se donnent par un admin.
provisioning-does-sign-in = Les personnes venues de l’annuaire n’ont pas de mot de passe. Elles se connectent par le fournisseur d’identité, ou par un lien qu’un admin crée sur leur dossier.
provisioning-does-not = L’annuaire ne rend personne admin, auditeur ou auteur, n’enlève pas le dernier admin, et ne laisse pas revenir une personne qu’un admin a exclue.
provisioning-there = Identifiants
provisioning-none = Il n’y a pas encore d’identifiant : aucun annuaire ne peut approvisionner de personnes.
provisioning-since = créé le { $day }
provisioning-used = dernière utilisation { $at }
provisioning-unused = jamais utilisé
provisioning-token = Identifiant
provisioning-token-of = L’identifiant pour { $name }
provisioning-token-once = Il n’est montré que maintenant. Habilis n’en garde qu’une empreinte.
provisioning-end-open = Mettre fin à cet identifiant
provisioning-end-confirm = Dès cet instant, l’annuaire est refusé avec lui.
provisioning-end = Y mettre fin
provisioning-make = Créer un identifiant
provisioning-name = Annuaire
provisioning-name-hint = Celui auquel il est destiné, par exemple Entra ID.
provisioning-make-do = Créer
provisioning-full = Deux identifiants sont valides : l’un en usage, l’autre pour le remplacer. Mettez fin à l’un pour en créer un autre.
notice-provisioning-ended = L’identifiant a pris fin.
refusal-provisioning-full = Deux identifiants sont déjà valides : mettez d’abord fin à l’un.
refusal-no-such-provisioning-credential = Il n’y a pas d’identifiant de ce nom.
refusal-scim-request = La demande de l’annuaire n’est pas correcte. Détail, en anglais : « { $why } ».
refusal-scim-taken = { $thing ->
    [Group] Une autre équipe
   *[User] Une autre personne
} a déjà ce { $field }.
refusal-scim-stale = Cela a changé depuis la version que l’annuaire connaît.
refusal-scim-may-not = { $what ->
    [let-in] Un admin a exclu cette personne, et seul un admin la laisse revenir.
    [readdress] Cette personne est admin, auditeur ou auteur : un admin le lui retire avant que son adresse change.
   *[filter-these] Ce que ce service dit de lui-même à l’annuaire ne se filtre pas.
}
