### Ce que dit le papier d'un certificat, et le texte qui remplace le badge.

paper-academy = L’académie de la donnée · { $host }
paper-how = Signé électroniquement par { $host }. La signature se vérifie sur la page publique.
paper-title = Certificat : { $name }, { $person }
paper-course = { $course }, version { $version } · { $id }
paper-says = Le présent certificat atteste que
paper-is = est titulaire de la certification
paper-issued = Délivré le
paper-until = Valable jusqu’au
paper-signed = L’académie de la donnée
paper-check = À scanner pour vérifier
paper-code = Code QR : la page publique où ce certificat se vérifie
paper-alternative = Badge : { $name }
paper-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
paper-months = janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
