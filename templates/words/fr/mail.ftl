### Ce qui est envoyé : les liens, et les avis.

mail-reset-subject = Habilis : choisir un nouveau mot de passe
mail-reset-text =
    Bonjour { $name },

    ce lien permet de choisir un nouveau mot de passe :

    { $url }

    Il fonctionne une seule fois, jusqu'au { $until }, et met fin à vos autres sessions.

    Vous ne l'attendiez pas ? Signalez-le à votre administrateur.
mail-invitation-subject = Habilis : votre invitation
mail-invitation-text =
    Bonjour { $name },

    un compte vous attend dans Habilis. Choisissez un mot de passe et entrez :

    { $url }

    Ce lien fonctionne une seule fois, jusqu'au { $until }.
mail-invitation_provider-subject = Habilis : vous êtes invité
mail-invitation_provider-text =
    Bonjour { $name },

    un compte vous attend dans Habilis. Aucun mot de passe n'y est nécessaire : connectez-vous avec { $provider }.

    { $url }

    Gardez cette adresse ; elle sert chaque fois que vous en avez besoin.
mail-certificate_lapses-subject = Habilis : votre certificat arrive à échéance
mail-certificate_lapses-text =
    Bonjour { $name },

    votre certificat « { $title } » compte jusqu'au { $until }. Les accès qui en dépendent s'arrêtent avec lui. Pour le renouveler sans perdre un jour :

    { $place }
mail-certificate_superseded-subject = Habilis : une nouvelle version remplace votre certificat
mail-certificate_superseded-text =
    Bonjour { $name },

    le cours a changé : votre certificat « { $title } » compte encore jusqu'au { $until }. Ce qui a changé, et comment le renouveler :

    { $place }
mail-certificate_taken_back-subject = Habilis : votre certificat a été retiré
mail-certificate_taken_back-text =
    Bonjour { $name },

    un examen a été corrigé à nouveau et n'est plus réussi : votre certificat « { $title } » ne compte plus depuis le { $until }, ni les accès qui en dépendent. Pour l'obtenir à nouveau :

    { $place }
mail-mark_corrected-passed-subject = Habilis : votre examen est finalement réussi
mail-mark_corrected-passed-text =
    Bonjour { $name },

    une question de « { $title } » a été corrigée à nouveau, et vous réussissez maintenant l'examen. Ce qui a changé, et pourquoi :

    { $place }
mail-mark_corrected-failed-subject = Habilis : votre examen n'est plus réussi
mail-mark_corrected-failed-text =
    Bonjour { $name },

    une question de « { $title } » a été corrigée à nouveau, et vous ne réussissez plus l'examen. Ce qui a changé, et pourquoi :

    { $place }
mail-service_asks-subject = Habilis : un compte de service doit utiliser votre accès
mail-service_asks-text =
    Bonjour { $name },

    un administrateur vous a désigné propriétaire du compte de service « { $title } » : il doit obtenir des jetons selon votre accès. Il n’en obtient aucun avant votre accord, que vous seul pouvez donner, et retirer à tout moment :

    { $place }
mail-service_ends-subject = Habilis : un compte de service va perdre son accès
mail-service_ends-text =
    Bonjour { $name },

    le compte de service « { $title } » utilise l’accès de { $owner } à { $role }, qui prend fin le { $until }. Il n’obtiendra plus de jeton ensuite. Pour qu’il continue, { $owner } renouvelle ce qui prend fin, ou un administrateur confie le compte à quelqu’un d’autre :

    { $place }
mail-service_stopped-subject = Habilis : un compte de service a perdu son accès
mail-service_stopped-text =
    Bonjour { $name },

    le compte de service « { $title } » utilisait l’accès de { $owner } à { $role }, qui a pris fin le { $until }. Il n’obtient plus de jeton. Ce qui mène à cet accès :

    { $place }
mail-delegation_begins-subject = Habilis : vous décidez à la place de quelqu’un
mail-delegation_begins-text =
    Bonjour { $name },

    { $title } est en congé et vous a désigné pour décider à sa place, jusqu’au { $until }. Les demandes et les revues qui attendent { $title } viennent à vous, mais pas ce qui touche à ses propres accès. Chacun de vous deux peut y mettre fin à tout moment :

    { $place }
mail-review_asks-subject = Habilis : vos réponses sont attendues
mail-review_asks-text =
    Bonjour { $name },

    « { $title } » vous demande si des accès sont encore nécessaires{ $instead ->
        [yes] , à la place de { $owner }
       *[no] { "" }
    }. Ce qui reste sans réponse le { $until } est suspendu :

    { $place }
mail-review_due-subject = Habilis : l’échéance d’une revue approche
mail-review_due-text =
    Bonjour { $name },

    « { $title } » attend encore des réponses de votre part{ $instead ->
        [yes] , à la place de { $owner }
       *[no] { "" }
    }. Ce qui reste sans réponse le { $until } est suspendu :

    { $place }
mail-review_overdue-subject = Habilis : une revue est en retard
mail-review_overdue-text =
    Bonjour { $name },

    « { $title } » était due le { $until }, et des accès dont vous répondez{ $instead ->
        [yes] { " " }à la place de { $owner }
       *[no] { "" }
    } sont suspendus. Gardez-les, et ils fonctionnent de nouveau aussitôt :

    { $place }
mail-access_unreviewed-subject = Habilis : votre accès est suspendu
mail-access_unreviewed-text =
    Bonjour { $name },

    la revue de votre accès « { $title } » est échue sans que personne ait dit de le garder. Adressez-vous au responsable du rôle ; sinon il prend fin le { $until } :

    { $place }
mail-access_removed-subject = Habilis : votre accès a pris fin
mail-access_removed-text =
    Bonjour { $name },

    une revue a retiré votre accès « { $title } » le { $until }. S’il vous est encore utile, redemandez-le :

    { $place }
mail-access_lapsed-subject = Habilis : votre accès a pris fin sans revue
mail-access_lapsed-text =
    Bonjour { $name },

    personne n’a répondu à la revue de votre accès « { $title } », et il a pris fin le { $until }. S’il vous est encore utile, redemandez-le :

    { $place }
mail-access_unused-subject = Habilis : un accès inutilisé va prendre fin
mail-access_unused-text =
    Bonjour { $name },

    votre accès « { $title } » n’a pas servi depuis longtemps. Il prend fin le { $until }, sauf si vous l’utilisez d’ici là :

    { $place }
mail-access_ended_unused-subject = Habilis : un accès inutilisé a pris fin
mail-access_ended_unused-text =
    Bonjour { $name },

    votre accès « { $title } » ne servait pas, et il a pris fin le { $until }. S’il vous est utile malgré tout, redemandez-le :

    { $place }
mail-emergency_taken-subject = Habilis : un rôle a été pris sans accord
mail-emergency_taken-text =
    Bonjour { $name },

    { $owner } a pris « { $title } » en urgence, sans accord. L’accès prend fin à { $until }. Quelqu’un d’autre doit juger ensuite si c’était justifié :

    { $place }
mail-emergency_overdue-subject = Habilis : personne n’a jugé un rôle pris sans accord
mail-emergency_overdue-text =
    Bonjour { $name },

    { $owner } a pris « { $title } » en urgence, sans accord. Quelqu’un d’autre devait en juger avant le { $until }, et personne ne l’a fait :

    { $place }
mail-request_waits-subject = Habilis : une demande attend votre décision
mail-request_waits-text =
    Bonjour { $name },

    { $owner } demande le rôle « { $title } ». La demande attend votre décision, et devient caduque le { $until } :

    { $place }
mail-request_lapses-subject = Habilis : une demande va devenir caduque
mail-request_lapses-text =
    Bonjour { $name },

    la demande de { $owner } pour le rôle « { $title } » devient caduque le { $until } si rien ne se passe :

    { $place }
mail-request_approved-subject = Habilis : votre demande est accordée
mail-request_approved-text =
    Bonjour { $name },

    votre demande du rôle « { $title } » a été accordée le { $until } :

    { $place }
mail-request_rejected-subject = Habilis : votre demande est refusée
mail-request_rejected-text =
    Bonjour { $name },

    votre demande du rôle « { $title } » a été refusée le { $until }. Ce qui en a été dit se lit avec elle :

    { $place }
mail-request_returned-subject = Habilis : une question sur votre demande
mail-request_returned-text =
    Bonjour { $name },

    votre demande du rôle « { $title } » vous a été renvoyée le { $until } avec une question. Répondez-y et redemandez, sinon la demande devient caduque :

    { $place }
mail-request_lapsed-subject = Habilis : votre demande est devenue caduque
mail-request_lapsed-text =
    Bonjour { $name },

    votre demande du rôle « { $title } » est devenue caduque le { $until }. Si le rôle vous est encore utile, redemandez-le :

    { $place }
mail-request_commented-subject = Habilis : un commentaire sur une demande
mail-request_commented-text =
    Bonjour { $name },

    quelqu’un s’est exprimé sur la demande de { $owner } pour le rôle « { $title } », le { $until } :

    { $place }
mail-access_ends-subject = Habilis : votre accès prend bientôt fin
mail-access_ends-text =
    Bonjour { $name },

    votre accès « { $title } » prend fin le { $until }. Vous pouvez dès maintenant le redemander, sans interruption :

    { $place }
mail-access_held-subject = Habilis : votre accès ne fonctionne pas pour l’instant
mail-access_held-text =
    Bonjour { $name },

    votre accès « { $title } » est suspendu depuis le { $until }. La page du rôle dit pourquoi, et ce qui le rétablit :

    { $place }
mail-access_ended-subject = Habilis : votre accès a pris fin avant son terme
mail-access_ended-text =
    Bonjour { $name },

    votre accès « { $title } » a pris fin le { $until }. La page du rôle dit pourquoi. S’il vous est encore utile, redemandez-le :

    { $place }
mail-access_withdrawn-subject = Habilis : votre accès a pris fin avec son rôle
mail-access_withdrawn-text =
    Bonjour { $name },

    votre accès « { $title } » a pris fin le { $until } : son rôle a quitté le catalogue, ou est passé à un autre entrepôt. Ce qui peut être demandé se trouve ici :

    { $place }
