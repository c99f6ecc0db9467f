//! A small HTTP/1.1 client on one kept connection: little work, so that the machine's time goes to the program.

use std::net::SocketAddr;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

pub struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn cookie(&self) -> Option<String> {
        self.headers
            .iter()
            .filter(|(name, value)| name == "set-cookie" && value.starts_with("habilis="))
            .map(|(_, value)| value.split(';').next().unwrap().to_owned())
            .next()
    }
}

/// The header by which a caller proves who they are.
#[derive(Clone)]
pub struct Proof(String);

impl Proof {
    pub fn bearer(token: &str) -> Self {
        Self(format!("authorization: Bearer {token}\r\n"))
    }
    pub fn basic(id: &str, secret: &str) -> Self {
        let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, format!("{id}:{secret}"));
        Self(format!("authorization: Basic {text}\r\n"))
    }
    pub fn cookie(cookie: &str) -> Self {
        Self(format!("cookie: {cookie}\r\n"))
    }
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream), address }
    }

    pub async fn send(&mut self, method: &str, path: &str, bearer: Option<&str>, body: Option<&str>) -> Answer {
        self.ask(method, path, &bearer.map_or_else(|| Proof(String::new()), Proof::bearer), body).await
    }

    pub async fn ask(&mut self, method: &str, path: &str, proof: &Proof, body: Option<&str>) -> Answer {
        self.raw(method, path, &proof.0, "application/json", body).await
    }

    pub async fn form_as(&mut self, path: &str, proof: &Proof, body: &str) -> Answer {
        self.raw("POST", path, &proof.0, "application/x-www-form-urlencoded", Some(body)).await
    }

    pub async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| {
            text.bytes()
                .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
                .collect::<String>()
        };
        let body = fields.iter().map(|(n, v)| format!("{n}={}", encode(v))).collect::<Vec<_>>().join("&");
        self.raw("POST", path, "", "application/x-www-form-urlencoded", Some(&body)).await
    }

    pub async fn json(
        &mut self,
        method: &str,
        path: &str,
        bearer: Option<&str>,
        body: Option<&str>,
    ) -> serde_json::Value {
        let answer = self.send(method, path, bearer, body).await;
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
        serde_json::from_str(&answer.body).unwrap_or(serde_json::Value::Null)
    }

    pub async fn start(&mut self, bearer: &str, quiz: &str) -> String {
        let body = format!("{{\"quiz\":\"{quiz}\"}}");
        let started = self.json("POST", "/api/v1/attempts", Some(bearer), Some(&body)).await;
        started["id"].as_str().unwrap().to_owned()
    }

    pub async fn submit(&mut self, bearer: &str, attempt: &str) {
        self.json("POST", &format!("/api/v1/attempts/{attempt}/submission"), Some(bearer), Some("{}")).await;
    }

    async fn raw(&mut self, method: &str, path: &str, extra: &str, kind: &str, body: Option<&str>) -> Answer {
        let content = match body {
            Some(body) => format!("content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len()),
            None => "\r\n".to_owned(),
        };
        let request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n{extra}{content}", self.address);
        self.stream.get_mut().write_all(request.as_bytes()).await.unwrap();
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        let status = line.split(' ').nth(1).unwrap_or_else(|| panic!("no status in {line:?}")).parse().unwrap();
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).await.unwrap();
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let header = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let mut body = Vec::new();
        if let Some(length) = header("content-length") {
            body.resize(length.parse().unwrap(), 0);
            self.stream.read_exact(&mut body).await.unwrap();
        } else if header("transfer-encoding") == Some("chunked") {
            loop {
                line.clear();
                self.stream.read_line(&mut line).await.unwrap();
                let length = usize::from_str_radix(line.trim(), 16).unwrap();
                let at = body.len();
                body.resize(at + length, 0);
                self.stream.read_exact(&mut body[at..]).await.unwrap();
                line.clear();
                self.stream.read_line(&mut line).await.unwrap();
                if length == 0 {
                    break;
                }
            }
        }
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}
