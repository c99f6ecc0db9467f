# El registro que se demuestra a sí mismo: sus negativas.
events-live = En directo
events-live-new = Líneas nuevas: %
log-proof-title = El registro se demuestra a sí mismo
log-proof-signed = Los primeros <b>{ $size }</b> eventos están firmados, desde { $at }.
log-proof-waiting = { $count ->
    [one] Uno más recibe su lugar en un segundo.
   *[other] { $count } más reciben su lugar en un segundo.
}
log-proof-more = Cómo se comprueba, y quién guarda lo que se firmó
log-places = Guardado fuera
log-proof-root = Raíz
log-proof-key = Clave
log-place-kept = guardado
log-place-failing = falla
log-place-new = todavía no
log-place-size = { $size } eventos, { $at }
log-places-none = Nadie fuera guarda lo que se firmó. Quien administre la base de datos podría devolver el registro a un estado firmado anterior mientras ningún servicio funciona, y dejar que siga de otro modo; con la clave secreta, reescribirlo entero. Solo lo que se guarda fuera lo muestra: un operador puede nombrar lugares en la configuración (log_copy).
log-proof-export = Llevárselo con sus pruebas
log-proof-checkpoint = Punto de control firmado
log-proof-key-file = Clave pública
log-proof-how = Cualquiera comprueba el archivo sin este servicio: <code>habilis audit verify ARCHIVO --key CLAVE</code>. Pida la clave donde confíe en la respuesta, no en el archivo. Con <code>--selection</code>, también una selección: sus eventos están en el registro, y nada dice que no falte ninguno.

refusal-no-such-event = No existe ese evento.
refusal-event-not-placed-yet = Este evento aún no tiene su lugar en el registro; lo tendrá en un segundo. Vuelva a pedirlo entonces.
refusal-no-such-log-size = Ningún punto de control tiene ese tamaño: pida uno de { $least } a { $most }.
refusal-no-such-tile = El árbol del registro aún no tiene esa tesela.
