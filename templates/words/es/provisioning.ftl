# El directorio de la empresa: la página, y por qué se le deniega algo.
nav-provisioning = Directorio
provisioning-title = Directorio de la empresa
provisioning-lede = El directorio de la empresa, como Entra ID u Okta, incorpora y retira por sí mismo a las personas y los equipos (SCIM 2.0).
provisioning-how = Puesta en marcha
provisioning-address = Dé al directorio esta dirección, y una credencial como token secreto:
provisioning-entra = Entra ID: aplicaciones empresariales, su propia aplicación, aprovisionamiento, automático. La dirección es la «URL de inquilino», la credencial el «token secreto»; después, «probar conexión».
provisioning-okta = Okta: una aplicación con aprovisionamiento SCIM. La dirección es la «SCIM connector base URL», «userName» el identificador único, «HTTP Header» el modo de autenticación.
provisioning-names = El nombre de usuario tiene que ser la dirección de correo con la que se entra. Los grupos pasan a ser equipos, y la persona responsable de alguien decide cuando un rol pide su aprobación.
provisioning-does = Lo que hace
provisioning-does-leave = A quien el directorio pone inactivo se le acaban en ese momento sesiones, tokens y concesiones. Nunca se elimina a nadie: los registros y el historial quedan.
provisioning-does-back = A quien vuelve a poner activo no se le devuelve nada: las concesiones se piden otra vez, y las funciones en Habilis las da un admin.
provisioning-does-sign-in = Quienes vienen del directorio no tienen contraseña. Entran por el proveedor de identidad, o por un enlace que un admin crea en su ficha.
provisioning-does-not = El directorio no hace a nadie admin, auditor ni autor, no quita al último admin, y no deja volver a quien un admin cerró la puerta.
provisioning-there = Credenciales
provisioning-none = Todavía no hay ninguna credencial: ningún directorio puede aprovisionar personas.
provisioning-since = creada el { $day }
provisioning-used = usada por última vez { $at }
provisioning-unused = nunca usada
provisioning-token = Credencial
provisioning-token-of = La credencial para { $name }
provisioning-token-once = Se muestra solo ahora. Habilis no guarda más que un resumen criptográfico de ella.
provisioning-end-open = Poner fin a esta credencial
provisioning-end-confirm = Desde este momento, con ella se deniega todo al directorio.
provisioning-end = Ponerle fin
provisioning-make = Crear una credencial
provisioning-name = Directorio
provisioning-name-hint = Para cuál es, por ejemplo Entra ID.
provisioning-make-do = Crear
provisioning-full = Hay dos credenciales vigentes: una en uso, otra para sustituirla. Ponga fin a una para crear otra.
notice-provisioning-ended = La credencial ha terminado.
refusal-provisioning-full = Ya hay dos credenciales vigentes: ponga fin a una primero.
refusal-no-such-provisioning-credential = No hay tal credencial.
refusal-scim-request = La petición del directorio no es correcta. Detalle, en inglés: «{ $why }».
refusal-scim-taken = { $thing ->
    [Group] Otro equipo
   *[User] Otra persona
} ya tiene este { $field }.
refusal-scim-stale = Ha cambiado desde la versión que tiene el directorio.
refusal-scim-may-not = { $what ->
    [let-in] Un admin cerró la puerta a esta persona, y solo un admin la deja volver.
    [readdress] Esta persona es admin, auditor o autor: un admin se lo quita antes de que cambie su dirección.
   *[filter-these] Lo que este servicio cuenta de sí mismo al directorio no se filtra.
}
