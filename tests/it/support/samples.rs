//! Every sample of every page, drawn by the house's own templates and served on the loopback.

use habilis::web::{
    kit::render::Render,
    views::{self, Notice, NoticeKind, Page, SAMPLE_NOW},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
};

/// The names of all samples.
pub fn names() -> Vec<String> {
    views::samples().into_iter().map(|sample| sample.name).collect()
}

/// Serves `/en/home` and the like, and the assets; returns where.
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let render = Arc::new(Render::new(None, false).unwrap());
    let samples = Arc::new(views::samples());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (render, samples) = (Arc::clone(&render), Arc::clone(&samples));
            // A browser opens connections before it needs them: none may hold the others up.
            std::thread::spawn(move || answer(stream, &render, &samples));
        }
    });
    base
}

fn answer(mut stream: TcpStream, render: &Render, samples: &[views::Sample]) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.split('?').next()?.to_owned();
    lines.find(String::is_empty);
    let found = match path.strip_prefix("/assets/") {
        Some(asset) => render.asset(asset).map(|asset| (asset.media, asset.bytes.to_vec())),
        None => page(render, samples, &path).map(|html| ("text/html; charset=utf-8", html.into_bytes())),
    };
    let (status, media, body) = match found {
        Some((media, body)) => ("200 OK", media, body),
        None => ("404 Not Found", "text/plain", Vec::new()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media}\r\ncontent-length: {length}\r\ncache-control: max-age=600\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

fn page(render: &Render, samples: &[views::Sample], path: &str) -> Option<String> {
    let (language, name) = path.strip_prefix('/')?.split_once('/')?;
    let sample = samples.iter().find(|sample| sample.name == name)?;
    let page = Page {
        lang: language.to_owned(),
        now: SAMPLE_NOW,
        zone: "Europe/Paris".to_owned(),
        path: "/".to_owned(),
        me: Some(views::sample_me()),
        form_token: Some("f0rm".to_owned()),
        notice: Some(Notice { kind: NoticeKind::Ok, text: "OK".to_owned() }),
        demo: true,
        view: (),
    };
    Some(render.sample(sample, &page).unwrap_or_else(|error| panic!("{name}: {error}")))
}
