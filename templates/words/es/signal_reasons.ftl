# Por qué algo terminó, tal como se dice a quienes reciben las señales.
signal-why-signed-out = La persona cerró la sesión.
signal-why-ended = La sesión fue terminada.
signal-why-shut-out = La cuenta fue cerrada.
signal-why-password = La contraseña fue cambiada.
signal-why-tool = La herramienta ya no está conectada.
signal-why-reused = Se presentó otra vez un código o token ya usado; la herramienta fue desconectada.
signal-why-locked = Un administrador ha detenido todos los accesos.
signal-why-roles = Lo que la persona puede usar ha cambiado.
signal-why-let-in = La cuenta fue abierta de nuevo.
signal-why-erased = La cuenta fue borrada.
