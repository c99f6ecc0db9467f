### What the paper of a certificate says, and the badge's alternative text.

paper-academy = The data academy · { $host }
paper-how = Signed electronically by { $host }. The signature is checked on the public page.
paper-title = Certificate: { $name }, { $person }
paper-course = { $course }, version { $version } · { $id }
paper-says = This certifies that
paper-is = holds the certification
paper-issued = Issued on
paper-until = Valid until
paper-signed = The data academy
paper-check = Scan to check it now
paper-code = QR code: the public page on which this certificate is checked
paper-alternative = Badge: { $name }
paper-day = { $day } { $month } { $year }
paper-months = January|February|March|April|May|June|July|August|September|October|November|December
