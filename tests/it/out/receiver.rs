//! A receiver that answers as it is told to, and keeps what came in.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What it does with a call.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Status(u16),
    /// Takes it and says so only after so many milliseconds.
    Slow(u64),
    /// Says this only after so many milliseconds.
    Late(u16, u64),
    /// Leads somewhere else.
    Elsewhere,
    /// Hangs up without a word.
    Silence,
}

/// A call as it came in.
#[derive(Clone, Debug)]
pub struct Came {
    pub heads: Vec<(String, String)>,
    pub body: String,
    pub taken: bool,
}

impl Came {
    pub fn head(&self, name: &str) -> &str {
        self.heads.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

pub struct Receiver {
    pub url: String,
    came: Arc<Mutex<Vec<Came>>>,
    next: Arc<Mutex<VecDeque<Answer>>>,
    usual: Arc<Mutex<Answer>>,
}

impl Receiver {
    /// Answers 204, unless it is told otherwise.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        let came: Arc<Mutex<Vec<Came>>> = Arc::default();
        let next: Arc<Mutex<VecDeque<Answer>>> = Arc::default();
        let usual = Arc::new(Mutex::new(Answer::Status(204)));
        let (kept, answers, otherwise) = (Arc::clone(&came), Arc::clone(&next), Arc::clone(&usual));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut heads = Vec::new();
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    continue;
                }
                loop {
                    line.clear();
                    reader.read_line(&mut line).unwrap();
                    let Some((name, value)) = line.trim().split_once(": ") else { break };
                    heads.push((name.to_ascii_lowercase(), value.to_owned()));
                }
                let length: usize =
                    heads.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let answer = answers.lock().unwrap().pop_front();
                let answer = answer.unwrap_or_else(|| *otherwise.lock().unwrap());
                let taken = matches!(answer, Answer::Status(200..300) | Answer::Slow(_));
                kept.lock().unwrap().push(Came { heads, body: String::from_utf8(body).unwrap(), taken });
                let said = match answer {
                    Answer::Status(status) => format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
                    Answer::Late(status, millis) => {
                        std::thread::sleep(Duration::from_millis(millis));
                        format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    }
                    Answer::Slow(millis) => {
                        std::thread::sleep(Duration::from_millis(millis));
                        "HTTP/1.1 200 X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
                    }
                    Answer::Elsewhere => {
                        "HTTP/1.1 302 X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
                    }
                    Answer::Silence => continue,
                };
                let _ = stream.write_all(said.as_bytes());
            }
        });
        Self { url, came, next, usual }
    }

    pub fn then(&self, answers: impl IntoIterator<Item = Answer>) {
        self.next.lock().unwrap().extend(answers);
    }

    /// What it answers from now on, after what it was told.
    pub fn henceforth(&self, answer: Answer) {
        *self.usual.lock().unwrap() = answer;
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }
}
