# Pourquoi quelque chose a pris fin, comme on le dit à ceux qui reçoivent les signaux.
signal-why-signed-out = La personne s’est déconnectée.
signal-why-ended = La session a été terminée.
signal-why-shut-out = Le compte a été fermé.
signal-why-password = Le mot de passe a été changé.
signal-why-tool = L’outil n’est plus connecté.
signal-why-reused = Un code ou un jeton déjà utilisé a été présenté de nouveau ; l’outil a été déconnecté.
signal-why-locked = Un administrateur a arrêté tous les accès.
signal-why-roles = Ce que la personne peut utiliser a changé.
signal-why-let-in = Le compte a été rouvert.
signal-why-erased = Le compte a été effacé.
