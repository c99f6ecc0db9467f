### Entrar por el proveedor de identidad de la empresa.

onward-title = Hacia { $name }
onward-text = Entre en { $name }; después, su cuenta de aquí quedará vinculada.
onward-out-title = Hacia { $name }, para salir también de allí
onward-out-text = Ha salido de aquí. { $name } aún le conoce; al seguir, eso también termina.
provider-refused-title = No ha entrado
provider-said = Lo que dice { $name }
provider-again = Intentarlo otra vez con { $name }
provider-other-ways = Otras formas de entrar
provider-to-account = Volver a mi cuenta
forgot-provider = Las personas de { $name } no tienen contraseña aquí.
account-providers = Entrada por la empresa
identity-since = vinculada
identity-link = Vincular con { $name }
identity-link-text = Desde entonces podrá entrar también con { $name }. Su contraseña prueba que es usted quien vincula.
identity-link-do = Vincular
identity-unlink = Desvincular
identity-unlink-do = Desvincular esta identidad
identity-unlink-hint = Terminan las sesiones que empezaron por ella. La próxima entrada vuelve a vincular donde los ajustes lo permiten.
notice-identity-linked = Su cuenta está vinculada. Puede entrar de las dos formas.
notice-identity-unlinked = La identidad está desvinculada, y han terminado las sesiones que empezaron por ella.

refusal-no-such-provider = No existe esa forma de entrar: { $id }.
refusal-provider-sign-in-over = Esta entrada ha terminado, ya se usó, o empezó en otro navegador. Empiece de nuevo.
refusal-provider-denied = { $provider } no le ha dejado pasar ({ $error }).
refusal-provider-away = { $provider } no responde en este momento. Inténtelo dentro de un minuto.
refusal-provider-unsound = Lo que ha respondido { $provider } no se sostiene: { $why ->
    [issuer] vino de otra parte
    [audience] era para otro servicio
    [nonce] pertenece a otra entrada
    [expired] su tiempo ha pasado
    [issued-at] se emitió en otro momento
    [not-fresh] se pidió una entrada nueva, y no habla de ninguna
    [replayed] ya se usó
    [event] es de otra clase
    [subject] no nombra a nadie
   *[other] su firma no es de fiar
}. Empiece de nuevo; si sigue así, avise a un administrador.
refusal-provider-address-unverified = { $provider } no dice que su correo electrónico esté verificado, así que no abre ninguna cuenta aquí.
refusal-provider-address-foreign = { $provider } dio un correo electrónico por el que aquí no habla. Pregunte a un administrador.
refusal-provider-no-account = Todavía no hay una cuenta para usted aquí. Pida una invitación a un administrador.
refusal-provider-link-first = Esta cuenta tiene responsabilidades, así que se vincula a mano: entre con su contraseña y vincúlela con { $provider } en su cuenta.
refusal-provider-other-identity = Esta cuenta, o su identidad en { $provider }, ya está vinculada con otra. Pregunte a un administrador.
refusal-provider-only = Usted entra con { $provider }: una contraseña no abre nada aquí.
refusal-provider-account-inactive = Su cuenta no está activa. Un administrador puede decirle por qué.
refusal-no-such-identity = No existe ese vínculo con un proveedor.
