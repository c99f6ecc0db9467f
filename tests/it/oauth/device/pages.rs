//! The page where a code is typed: signed in, with the form's token, in three languages, and always confirmed.

use super::{SCOPE, command_line};
use crate::oauth::scene::Scene;
use reqwest::Method;

/// RFC 8628, section 3.3.1: an address that carries the code fills it in, and agrees to nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_in_the_address_is_only_filled_in() {
    let scene = Scene::set().await;
    let tool = command_line();
    let codes = scene.device(&tool, SCOPE).await;
    let path = format!("/device?user_code={}", codes.user);
    // Who is not signed in signs in first, and comes back to the code.
    let reply = scene.get("", &path).await;
    let next = reply.header("location").to_owned();
    assert!(reply.status == 303 && next.starts_with("/sign-in?next=/device%3Fuser_code%3D"), "{next}");
    let page = scene.get(&scene.cookie, &path).await;
    assert!(page.status == 200 && page.text.contains(&format!("value=\"{}\"", codes.user)), "{}", page.text);
    assert!(!page.text.contains("READER"), "nothing is told of it before the code is sent");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(scene.polled(&tool, &codes).await, "authorization_pending");
    // What is no code is not repeated on the page.
    let odd = scene.get(&scene.cookie, "/device?user_code=%22%3E%3Cscript%3E").await;
    assert!(odd.status == 200 && !odd.text.contains("<script>"), "{}", odd.text);
    assert_eq!(scene.get(&scene.cookie, "/device").await.status, 200);
}

/// RFC 6749, section 10.12: nobody's browser agrees on a forged form.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_agrees_to_a_device_for_somebody_else() {
    let scene = Scene::set().await;
    let tool = command_line();
    let codes = scene.device(&tool, SCOPE).await;
    for path in ["/device", "/device/confirm"] {
        for (token, origin) in [("x", "http://127.0.0.1"), ("", ""), ("x", "https://evil.example")] {
            let mut call = scene.served.call(Method::POST, path).header("cookie", format!("habilis={}", scene.cookie));
            if !origin.is_empty() {
                call = call.header("origin", origin);
            }
            let form = [("form_token", token), ("user_code", codes.user.as_str()), ("say", "yes")];
            assert_eq!(scene.send(call.form(&form)).await.status, 403, "{path} {origin}");
        }
        // Without a session there is nobody to agree.
        let form = [("user_code", codes.user.as_str()), ("say", "yes")];
        let reply = scene.send(scene.served.call(Method::POST, path).form(&form)).await;
        assert!(reply.status == 303 && reply.header("location").starts_with("/sign-in?"), "{path}");
    }
    assert_eq!(scene.polled(&tool, &codes).await, "authorization_pending");
}

/// Another person neither sees nor changes what one has answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_that_somebody_answered_is_nobody_elses() {
    let scene = Scene::set().await;
    let (eve, cookie) = scene.house().joined("Eve Marin", &[]).await;
    scene.house().certify(&eve, "alpha").await;
    scene.house().ask(&eve, "reader").await.unwrap();
    let tool = command_line();
    for answer in ["yes", "no"] {
        let codes = scene.device(&tool, SCOPE).await;
        scene.say(&scene.cookie, &codes.user, answer).await;
        for reply in [
            scene.type_code(&cookie, &codes.user).await,
            scene.say(&cookie, &codes.user, "no").await,
            scene.say(&cookie, &codes.user, "yes").await,
        ] {
            assert_eq!(reply.status, 404);
            assert!(!reply.text.contains("READER"), "{}", reply.text);
        }
        // Whoever answered it sees their answer again, however often they send it.
        for again in ["yes", "no"] {
            let page = scene.say(&scene.cookie, &codes.user, again).await;
            let word = if answer == "yes" { "is connected" } else { "was not let in" };
            assert!(page.status == 200 && page.text.contains(word), "{answer} {again}: {}", page.text);
        }
        let expected = if answer == "yes" { 200 } else { 400 };
        assert_eq!(scene.poll(&tool, &codes).await.status, expected);
        scene.house().advance("PT20M");
    }
    assert_eq!(scene.house().events("tool.connected").await, 1);
}

/// The page, its answers and its errors are in the reader's language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_speaks_three_languages() {
    let scene = Scene::set().await;
    let tool = command_line();
    let form_token = habilis::identity::secret::Secret::presented(&scene.cookie).form_token();
    for (language, title, wrong, asks, done) in [
        ("en", "Connect a device", "No device waits", "May Habilis command line act", "is connected"),
        ("fr", "Connecter un appareil", "Aucun appareil", "Habilis command line peut-il agir", "est connecté"),
        ("es", "Conectar un dispositivo", "Ningún dispositivo", "¿Puede Habilis command line actuar", "está conectada"),
    ] {
        let codes = scene.device(&tool, SCOPE).await;
        let call = async |method: Method, path: &str, fields: &[(&str, &str)]| {
            let mut all = vec![("form_token", form_token.as_str())];
            all.extend(fields);
            let call = scene.served.call(method.clone(), path).header("cookie", format!("habilis={}", scene.cookie));
            let call = call.header("accept-language", language);
            scene.send(if method == Method::GET { call } else { call.form(&all) }).await.text
        };
        assert!(call(Method::GET, "/device", &[]).await.contains(title), "{language}");
        assert!(call(Method::POST, "/device", &[("user_code", "BBBB-BBBB")]).await.contains(wrong), "{language}");
        assert!(call(Method::POST, "/device", &[("user_code", &codes.user)]).await.contains(asks), "{language}");
        let yes = [("user_code", codes.user.as_str()), ("say", "yes")];
        assert!(call(Method::POST, "/device/confirm", &yes).await.contains(done), "{language}");
    }
}
