//! Names: people are found however their names are typed, on both engines.

use crate::support::{House, code};
use habilis::{
    actions::{invite_person, list_events, list_holders, sweep},
    audit::rows::Filter,
    base::paging::Paging,
    db::sql,
};

async fn found(house: &House, text: &str) -> Result<String, &'static str> {
    let who = list_holders::who_is(&house.app, &house.admin, text.to_owned()).await;
    who.map(|id| id.to_string()).map_err(|fault| code(&fault))
}

async fn named(house: &House, email: &str, name: &str) -> String {
    let invitation = invite_person::Invitation {
        email: email.to_owned(),
        name: name.to_owned(),
        ..invite_person::Invitation::default()
    };
    let link = invite_person::invite_person(&house.app, &house.admin, invitation).await.unwrap();
    link.person.id.to_string()
}

#[tokio::test]
async fn people_are_found_however_their_names_are_typed() {
    let house = House::new().await;
    let elodie = named(&house, "e.n@example.com", "Élodie NOËL").await;
    let soren = named(&house, "s.o@example.com", "Søren Œrsted").await;
    let odd = named(&house, "odd@example.com", "50%_off").await;
    for typed in ["Élodie", "élodie", "ELODIE", "elodie noel", "noël", "e.n@"] {
        assert_eq!(found(&house, typed).await, Ok(elodie.clone()), "{typed}");
    }
    for typed in ["søren", "Soren", "SOREN OERSTED", "œrsted"] {
        assert_eq!(found(&house, typed).await, Ok(soren.clone()), "{typed}");
    }
    assert_eq!(found(&house, "%_").await, Ok(odd));
    assert_eq!(found(&house, "´").await, Err("no-such-person"));
    let listed =
        list_events::list_events(&house.app, &house.admin, Filter::default(), Some("ÉLODIE".into()), Paging::first(10));
    // She was invited; and that somebody reads this is noted before it is shown.
    assert_eq!(listed.await.unwrap().items.len(), 2);

    // Who was there before names were folded is found after the next sweep.
    let before = house.app.db.write(house.app.now(), |w| Ok(sql("UPDATE persons SET folded = ''").run(w)?));
    before.await.unwrap();
    assert_eq!(found(&house, "elodie").await, Err("no-such-person"));
    sweep::sweep(&house.app).await.unwrap();
    assert_eq!(found(&house, "elodie").await, Ok(elodie));
}
