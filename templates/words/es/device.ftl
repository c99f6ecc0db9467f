### Dejar entrar a una herramienta en otro dispositivo: escribir su código, responder.

device-title = Conectar un dispositivo
device-lede = Escriba el código que muestra su dispositivo o su terminal.
device-compare = ¿Es este el código que muestra su dispositivo o su terminal? Si es otro, o si usted no ha iniciado nada, no siga.
device-code = Código
device-code-hint = Ocho letras, como WDJB-MJHT. Los guiones y las mayúsculas no importan.
device-go = Continuar
device-warning = Escriba solo un código que vea en un dispositivo suyo. Quien le envíe uno quiere actuar en su nombre.
device-shows = Código en el dispositivo
device-from = Pedido desde
device-only-own = Permítalo solo si acaba de iniciarlo usted y su dispositivo muestra { $code }. Quien le haya enviado este código o esta página actuaría en su nombre.
device-elsewhere = La petición viene de otra red que la suya.
device-until = El dispositivo espera hasta { $at }.
device-allowed-title = { $tool } está conectada
device-allowed-text = Vuelva a su dispositivo: sigue en unos segundos. Puede cerrar esta página.
device-denied-title = { $tool } no fue autorizada
device-denied-text = El dispositivo lo sabe y no recibe nada. Puede cerrar esta página.
device-lacking = { $tool } no recibe nada hasta entonces. El código { $code } vale hasta { $at }; después, el dispositivo pide otro.
device-again = Probar el código otra vez
refusal-device-code-unknown = Ningún dispositivo espera con este código, o su tiempo ha pasado. Mire otra vez el dispositivo, o empiece allí de nuevo.
refusal-device-code-throttled = Demasiados códigos equivocados. Inténtelo de nuevo después de { $until }.
refusal-oauth-device-expired = Nadie respondió a tiempo. Empiece de nuevo en el dispositivo.

clients-devices = con un código que se escribe
clients-devices-ask = Puede entrar con un código que se escribe, para dispositivos sin navegador. Una herramienta así no necesita dirección de vuelta.
