//! A receiver that is pushed to: a small server that keeps what comes and answers as it is told.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What a receiver says.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A status with further header lines and a body.
    Says(u16, &'static str, String),
    /// Nothing, for ever.
    Hangs,
    /// It hangs up.
    Drops,
}

impl Answer {
    pub fn status(status: u16) -> Self {
        Self::Says(status, "", String::new())
    }
}

/// What came.
#[derive(Clone, Debug)]
pub struct Got {
    pub path: String,
    pub heads: BTreeMap<String, String>,
    pub body: String,
}

#[derive(Clone)]
pub struct Sink {
    pub base: String,
    got: Arc<Mutex<Vec<Got>>>,
    script: Arc<Mutex<VecDeque<Answer>>>,
}

impl Sink {
    /// One that says these things in turn, and then that it has taken what comes.
    pub async fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/in", listener.local_addr().unwrap());
        let sink = Self { base, got: Arc::default(), script: Arc::new(Mutex::new(script.into_iter().collect())) };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().answer(stream));
            }
        });
        sink
    }

    pub fn says(&self, answers: impl IntoIterator<Item = Answer>) {
        self.script.lock().unwrap().extend(answers);
    }

    async fn answer(self, mut stream: TcpStream) -> Option<()> {
        let mut read = Vec::new();
        let end = loop {
            let mut piece = [0; 4_096];
            let many = stream.read(&mut piece).await.ok().filter(|many| *many > 0)?;
            read.extend_from_slice(&piece[..many]);
            if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
        };
        let head = String::from_utf8(read[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let path = lines.next()?.split(' ').nth(1)?.to_owned();
        let heads: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        let length: usize = heads.get("content-length")?.parse().ok()?;
        let mut body = read[end + 4..].to_vec();
        while body.len() < length {
            let mut piece = [0; 4_096];
            let many = stream.read(&mut piece).await.ok().filter(|many| *many > 0)?;
            body.extend_from_slice(&piece[..many]);
        }
        let said = self.script.lock().unwrap().pop_front().unwrap_or(Answer::status(202));
        self.got.lock().unwrap().push(Got { path, heads, body: String::from_utf8(body).unwrap() });
        match said {
            Answer::Drops => {}
            Answer::Hangs => std::future::pending().await,
            Answer::Says(status, more, body) => {
                let head =
                    format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{more}\r\n", body.len());
                stream.write_all(head.as_bytes()).await.ok()?;
                stream.write_all(body.as_bytes()).await.ok()?;
                stream.shutdown().await.ok()?;
            }
        }
        Some(())
    }

    /// What came so far.
    pub fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// Waits until so many came.
    pub async fn wait_for(&self, many: usize) -> Vec<Got> {
        for _ in 0..1_200 {
            let got = self.got();
            if got.len() >= many {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("waited for {many}, and got {:#?}", self.got());
    }
}

/// Waits until something is so.
pub async fn until<F: Future<Output = bool>>(what: &str, mut so: impl FnMut() -> F) {
    for _ in 0..1_200 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came to this: {what}");
}
