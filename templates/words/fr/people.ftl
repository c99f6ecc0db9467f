# Aménagements, équipes, relevés, données détenues sur une personne, et leur effacement.
rule-granted = votre temps : { $span } × { $factor }
rule-extra-attempts = { $n ->
    [one] dont une qui vous est accordée en plus
   *[other] dont { $n } qui vous sont accordées en plus
}
grant-title = Aménagements
grant-private = Seuls les administrateurs et la personne voient le motif ; il n’entre jamais au journal.
grant-none = Rien n’a été accordé au-delà des règles.
grant-everything = Tous les cours et examens
grant-new = Accorder du temps ou des tentatives
grant-what = Pour
grant-factor = Temps
grant-factor-hint = 150 % fait de 30 minutes 45. De 100 à 400.
grant-extra = Tentatives en plus
grant-from = À partir du
grant-from-hint = Dès maintenant si rien n’est indiqué.
grant-until = Jusqu’au
grant-reason-hint = Ce qui a été convenu, et avec qui. Aucun détail médical n’est nécessaire.
grant-do = Accorder
grant-end = Mettre fin
grant-end-do = Mettre fin maintenant
grant-end-hint = Les tentatives commencées gardent leur temps.
granted-mine = Ce qui vous est accordé
granted-mine-text = Plus de temps ou de tentatives que les règles n’en donnent. Seuls vous et les administrateurs voyez le motif.
granted-time = Temps × { $factor }
granted-extra = { $n ->
    [one] une tentative en plus
   *[other] { $n } tentatives en plus
}
granted-from = à partir du
granted-until = jusqu’au
granted-ended = terminé le
teams-title = Équipes
teams-lede = Ce que chaque équipe doit apprendre et pour quand, et où en sont ses membres.
teams-lede-own = Ce que vos équipes doivent apprendre et pour quand, et où vous en êtes.
teams-overdue = { $n ->
    [one] Un cours assigné à une personne est en retard.
   *[other] { $n } cours assignés sont en retard.
}
teams-overdue-csv = Retards en CSV
teams-none = Vous n’êtes dans aucune équipe
teams-none-text = Un administrateur compose les équipes. Ce qui sera assigné à la vôtre s’affichera ici et sur votre page d’accueil.
team-size = { $n ->
    [one] une personne
   *[other] { $n } personnes
}
team-led-by = menée par
team-none-assigned = Rien n’est assigné
team-none-assigned-text = Les cours que cette équipe doit avoir suivis pour une date s’afficheront ici, avec la progression de chacun.
team-new = Une nouvelle équipe
team-new-text = Les équipes décident aussi des demandes là où le catalogue des accès les nomme.
team-name = Nom
team-make = Créer l’équipe
team-eyebrow = Équipe
team-sum = En tout
team-own-only = Vous voyez vos propres lignes. Qui mène l’équipe voit celles de tous.
team-late = En retard
team-late-since = échéance
team-progress = { $name } : { $n } %
team-assigned = Cours assignés
team-members = Personnes
team-nobody = Personne n’est encore dans cette équipe.
team-since = depuis le
team-remove = Retirer
team-remove-label = Retirer { $name } de l’équipe
team-add = Ajouter quelqu’un
team-add-hint = Son adresse électronique.
team-add-do = Ajouter
team-lead-add = Confier l’équipe à quelqu’un
team-lead-hint = Son adresse électronique. Qui mène l’équipe voit la progression de tous et assigne des cours.
team-lead-do = Confier
team-unlead = Ne mène plus
team-unlead-label = { $name } ne mène plus l’équipe
tally-done = terminés
tally-going = en cours
tally-waiting = pas commencés
tally-overdue = en retard
tally-percent = { $n } % terminés
tally-says = { $done } terminés, { $going } en cours, { $waiting } pas commencés, { $overdue } en retard
status-overdue = En retard
board-due = pour le
board-was-due = était pour le
board-by = assigné par { $by }
board-state = État
board-progress = Progression
board-later = plus tard, arrivée plus récente
board-lost = valable jusqu’au
board-table = La progression de chacun dans { $course }
board-end = Mettre fin à cette assignation
board-end-do = Mettre fin
curve-says = { $done } sur { $total } terminés ; les étapes figurent dans le tableau ci-dessous
curve-caption = terminés au fil du temps ; en pointillé, l’échéance
curve-table = La même chose en tableau
assign-title = Assigner un cours
assign-text = Qui rejoint l’équipe plus tard dispose d’au moins 30 jours.
assign-course = Cours
assign-due = Échéance
assign-due-hint = Jusqu’à la fin de cette journée.
assign-note = Mot d’accompagnement
assign-do = Assigner
assigned-title = Vos cours assignés
assigned-progress = { $course } : { $n } %
transcript-title = Relevé
transcript-mine = Mon relevé
transcript-at = À la date du
transcript-done = { $n ->
    [one] cours terminé
   *[other] cours terminés
}
transcript-passed = { $n ->
    [one] examen réussi
   *[other] examens réussis
}
transcript-valid = { $n ->
    [one] certificat valide
   *[other] certificats valides
}
transcript-begun = Commencé
transcript-finished = Terminé
transcript-modules = Modules
transcript-read = { $n } lus sur { $of }
transcript-exam = Examen
transcript-exams-of = Examens de { $course }
transcript-none = Rien n’est encore commencé
transcript-none-text = Les cours s’afficheront ici avec leurs dates, examens et certificats.
own-records = Ce qui est détenu sur vous
own-records-text = Un seul fichier avec tout ce que Habilis conserve à votre sujet : votre compte, ce que vous avez appris et répondu, certificats, demandes et décisions, accès et jetons, et les lignes du journal qui vous concernent. Vous pouvez le transmettre ou l’emporter ailleurs.
own-records-do = Tout télécharger (JSON)
erase-title = Effacer cette personne
erase-text = Pour de bon : nom, adresse, motifs, commentaires et ce qu’elle a écrit disparaissent, un pseudonyme prend leur place. Notes, décisions, accès et journal restent tels quels.
erase-confirm = Pour confirmer, saisissez { $email }
erase-do = Effacer pour de bon
erased-title = Effacée le { $at }
erased-text = Il ne reste qu’un pseudonyme. Ce qui a été décidé et consigné demeure inchangé.
notice-accommodated = C’est accordé. Une tentative en cours a déjà son nouveau temps.
notice-accommodation-ended = C’est terminé. Les tentatives commencées gardent leur temps.
notice-assigned = C’est assigné. Chaque membre de l’équipe le voit sur sa page d’accueil.
notice-assignment-ended = L’assignation a pris fin.
notice-team-made = L’équipe existe. Ajoutez-y maintenant quelqu’un.
notice-team-joined = Ajouté à l’équipe.
notice-team-left = Retiré de l’équipe.
notice-team-lead = Cette personne mène désormais l’équipe.
notice-team-unlead = Cette personne ne mène plus l’équipe.
notice-person-erased = Effacée. Il ne reste qu’un pseudonyme.
refusal-accommodation-factor = Le temps est compris entre 100 et 400 pour cent de la limite.
refusal-accommodation-extra = Au plus 10 tentatives de plus peuvent être accordées.
refusal-accommodation-nothing = Accordez du temps, des tentatives, ou les deux.
refusal-accommodation-period = La fin doit venir après le début, et être à venir.
refusal-no-such-accommodation = Cet aménagement n’existe pas.
refusal-no-such-section = Il n’y a pas de rubrique { $name } ; il y a { $known }.
refusal-accommodation-ended = Cet aménagement a déjà pris fin.
refusal-no-such-team = Il n’y a pas d’équipe { $id }, ou aucune dont vous soyez.
refusal-assignment-due-past = Choisissez une date à venir.
refusal-assigned-already = Ce cours est déjà assigné à cette équipe. Mettez-y d’abord fin pour fixer une autre date.
refusal-no-such-assignment = Cette assignation n’existe pas.
refusal-assignment-ended = Cette assignation a déjà pris fin.
refusal-not-a-lead = C’est réservé aux administrateurs et à qui mène l’équipe.
refusal-not-a-member = Cette personne n’est pas dans cette équipe.
refusal-team-taken = Une équipe de ce nom existe déjà.
refusal-assignment-note = Un mot compte au plus 500 caractères.
refusal-erasure-not-shut-out = Désactivez d’abord cette personne : seul qui ne peut plus agir est effacé.
refusal-erasure-not-confirmed = Ce n’est pas l’adresse de cette personne. Rien n’a été effacé.
refusal-person-erased = Cette personne est effacée ; rien ne la ramène.
wrong-course = Choisissez un cours.
wrong-due = Choisissez une date.
wrong-what = Choisissez un cours ou un examen de la liste.
wrong-factor = Un nombre entier de 100 à 400.
wrong-extra = Un nombre entier de 0 à 10.
wrong-team = Un nom fait de lettres, de chiffres et de traits d’union.
board-person = Personne
board-col-due = Échéance
board-col-done = Terminé le
