### Lo que dice el papel de un certificado, y el texto alternativo de la insignia.

paper-academy = La academia de datos · { $host }
paper-how = Firmado electrónicamente por { $host }. La firma se comprueba en la página pública.
paper-title = Certificado: { $name }, { $person }
paper-course = { $course }, versión { $version } · { $id }
paper-says = Se certifica que
paper-is = posee la certificación
paper-issued = Emitido el
paper-until = Válido hasta el
paper-signed = La academia de datos
paper-check = Escanea para comprobarlo
paper-code = Código QR: la página pública en la que se comprueba este certificado
paper-alternative = Insignia: { $name }
paper-day = { $day } de { $month } de { $year }
paper-months = enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
