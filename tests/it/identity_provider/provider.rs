//! An identity provider for tests, on the loopback: it does what the specification says, or whatever else it is told.

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use habilis::{
    access::catalogue::Signing,
    tokens::{
        keyring::{Fresh, generate},
        pkce,
    },
};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

/// How ID tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// With the newest key, by its name.
    Own,
    /// With a key that was never published, under the name of the newest.
    Foreign,
    /// With a key that was never published, under its own name.
    Unknown,
    /// With a key that is published no more, under its name.
    Withdrawn,
    /// Not at all.
    None,
    /// With the public key as if it were a shared secret.
    Shared,
    /// With the newest key, and a header that has to be understood.
    Critical,
    /// With the newest key, under the type of an access token.
    AccessToken,
}

/// How an endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Good,
    Broken,
    Slow,
    Huge,
    Page,
    Elsewhere,
}

type Twist = Arc<dyn Fn(&mut Map<String, Value>) + Send + Sync>;

/// What the provider does, and what it was asked.
pub struct Conduct {
    /// Who is signed in there: the claims about them.
    pub person: Value,
    /// What only the userinfo endpoint says of them.
    pub userinfo: Value,
    pub sid: String,
    pub sign: Sign,
    /// What is changed in the claims of ID tokens.
    pub twist: Option<Twist>,
    /// How the endpoints answer that do not answer well.
    pub ways: BTreeMap<&'static str, Way>,
    /// What is changed in its document.
    pub document: Map<String, Value>,
    /// What it sends the browser back with in place of a code.
    pub refusal: Option<(&'static str, &'static str)>,
    /// The issuer that it names when it sends the browser back; none leaves it out.
    pub iss: Option<String>,
    pub keys: Vec<Fresh>,
    /// A key that was published once.
    pub withdrawn: Option<Fresh>,
    /// How often each endpoint was called.
    pub calls: BTreeMap<&'static str, usize>,
    /// The last request of a sign-in.
    pub asked: BTreeMap<String, String>,
    /// The last header with which a code was redeemed.
    pub proof: String,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    issued: usize,
}

#[derive(Clone)]
pub struct Idp {
    pub base: String,
    conduct: Arc<Mutex<Conduct>>,
    clock: habilis::base::clock::Clock,
}

pub fn pem(fresh: &Fresh) -> EncodingKey {
    let body = base64::engine::general_purpose::STANDARD.encode(&fresh.private);
    let text = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    match fresh.algorithm {
        Signing::ES256 => EncodingKey::from_ec_pem(text.as_bytes()).unwrap(),
        Signing::RS256 => EncodingKey::from_rsa_pem(text.as_bytes()).unwrap(),
        Signing::EdDSA => EncodingKey::from_ed_pem(text.as_bytes()).unwrap(),
    }
}

fn jwt(algorithm: Signing) -> jsonwebtoken::Algorithm {
    match algorithm {
        Signing::ES256 => jsonwebtoken::Algorithm::ES256,
        Signing::RS256 => jsonwebtoken::Algorithm::RS256,
        Signing::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    }
}

fn signed(key: &Fresh, kid: &str, typ: &str, claims: &Map<String, Value>) -> String {
    let mut header = Header::new(jwt(key.algorithm));
    header.kid = Some(kid.to_owned());
    header.typ = Some(typ.to_owned());
    jsonwebtoken::encode(&header, claims, &pem(key)).unwrap()
}

impl Idp {
    pub fn start(clock: habilis::base::clock::Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let conduct = Conduct {
            person: json!({ "sub": "ana-1", "email": "ana.verano@example.com", "email_verified": true, "name": "Ana Verano" }),
            userinfo: json!({}),
            sid: "their-session-1".to_owned(),
            sign: Sign::Own,
            twist: None,
            ways: BTreeMap::new(),
            document: Map::new(),
            refusal: None,
            iss: Some(base.clone()),
            keys: vec![generate(Signing::ES256).unwrap()],
            withdrawn: None,
            calls: BTreeMap::new(),
            asked: BTreeMap::new(),
            proof: String::new(),
            codes: BTreeMap::new(),
            issued: 0,
        };
        let idp = Self { base, conduct: Arc::new(Mutex::new(conduct)), clock };
        let served = idp.clone();
        let server = move || {
            let app = App::new().app_data(web::Data::new(served.clone()));
            app.default_service(web::to(answer))
        };
        std::thread::spawn(move || {
            let serve = HttpServer::new(server).workers(2).disable_signals().listen(listener).unwrap().run();
            actix_web::rt::System::new().block_on(serve)
        });
        idp
    }

    pub fn conduct(&self) -> MutexGuard<'_, Conduct> {
        self.conduct.lock().unwrap()
    }

    pub fn calls(&self, endpoint: &str) -> usize {
        self.conduct().calls.get(endpoint).copied().unwrap_or(0)
    }

    /// Somebody else is signed in there.
    pub fn is(&self, person: Value) {
        self.conduct().person = person;
    }

    /// From now on every ID token says something else; null leaves a claim out.
    pub fn says(&self, name: &'static str, value: Value) {
        self.conduct().twist = Some(Arc::new(move |claims| {
            if value.is_null() {
                claims.remove(name);
            } else {
                claims.insert(name.to_owned(), value.clone());
            }
        }));
    }

    /// Signs with a new key from now on; the one before stays published.
    pub fn rotate(&self, algorithm: Signing) {
        self.conduct().keys.push(generate(algorithm).unwrap());
    }

    /// A logout token with what is changed in it.
    pub fn logout_token(&self, other: &Value, typ: &str) -> String {
        let now = self.clock.now().seconds();
        let mut conduct = self.conduct();
        conduct.issued += 1;
        let mut claims = json!({
            "iss": self.base, "aud": "habilis", "iat": now, "exp": now + 120, "jti": format!("jti-{}", conduct.issued),
            "sub": conduct.person["sub"], "sid": conduct.sid,
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        for (name, value) in other.as_object().unwrap() {
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        let key = conduct.keys.last().unwrap();
        signed(key, &key.kid, typ, claims.as_object().unwrap())
    }
}

async fn answer(idp: web::Data<Idp>, request: HttpRequest, body: String) -> HttpResponse {
    let endpoint = match request.path() {
        "/.well-known/openid-configuration" => "document",
        "/jwks" => "jwks",
        "/authorize" => "authorize",
        "/token" => "token",
        "/userinfo" => "userinfo",
        _ => return HttpResponse::NotFound().finish(),
    };
    let way = {
        let mut conduct = idp.conduct();
        *conduct.calls.entry(endpoint).or_default() += 1;
        conduct.ways.get(endpoint).copied().unwrap_or(Way::Good)
    };
    match way {
        Way::Good => {}
        Way::Broken => return HttpResponse::InternalServerError().body("{\"error\":\"server_error\"}"),
        // Longer than anybody here waits.
        Way::Slow => actix_web::rt::time::sleep(Duration::from_secs(30)).await,
        Way::Huge => {
            let filling = "x".repeat(2 * 1024 * 1024);
            return HttpResponse::Ok().json(json!({ "issuer": idp.base, "keys": [], "filling": filling }));
        }
        Way::Page => return HttpResponse::Ok().content_type("text/html").body("<h1>sign in</h1>"),
        Way::Elsewhere => {
            let there = format!("{}/elsewhere", idp.base);
            return HttpResponse::Found().insert_header(("location", there)).finish();
        }
    }
    match endpoint {
        "document" => document(&idp),
        "jwks" => {
            let conduct = idp.conduct();
            let keys: Vec<Value> =
                conduct.keys.iter().map(|key| serde_json::from_str(&key.public_jwk).unwrap()).collect();
            HttpResponse::Ok().json(json!({ "keys": keys }))
        }
        "authorize" => authorize(&idp, &request),
        "token" => token(&idp, &request, &body),
        _ => userinfo(&idp, &request),
    }
}

fn document(idp: &Idp) -> HttpResponse {
    let at = |path: &str| format!("{}{path}", idp.base);
    let mut document = json!({
        "issuer": idp.base,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/bye"),
        "authorization_response_iss_parameter_supported": true,
        "code_challenge_methods_supported": ["S256"],
        "backchannel_logout_supported": true,
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
    });
    for (name, value) in &idp.conduct().document {
        document[name] = value.clone();
    }
    HttpResponse::Ok().json(document)
}

fn pairs(text: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn authorize(idp: &Idp, request: &HttpRequest) -> HttpResponse {
    let asked = pairs(request.query_string());
    let mut conduct = idp.conduct();
    conduct.issued += 1;
    let code = format!("code-{}", conduct.issued);
    let mut fields = vec![("state", asked["state"].clone())];
    match conduct.refusal {
        Some((error, said)) => fields.extend([("error", error.to_owned()), ("error_description", said.to_owned())]),
        None => fields.push(("code", code.clone())),
    }
    fields.extend(conduct.iss.clone().map(|iss| ("iss", iss)));
    let mut back = url::Url::parse(&asked["redirect_uri"]).unwrap();
    back.query_pairs_mut().extend_pairs(fields);
    conduct.codes.insert(code, asked.clone());
    conduct.asked = asked;
    HttpResponse::Found().insert_header(("location", back.to_string())).finish()
}

fn refused(error: &str) -> HttpResponse {
    HttpResponse::BadRequest().json(json!({ "error": error, "error_description": "not like this" }))
}

fn token(idp: &Idp, request: &HttpRequest, body: &str) -> HttpResponse {
    let sent = pairs(body);
    let now = idp.clock.now().seconds();
    let mut conduct = idp.conduct();
    let header = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
    conduct.proof = header.unwrap_or_default();
    let Some(asked) = sent.get("code").and_then(|code| conduct.codes.remove(code)) else {
        return refused("invalid_grant");
    };
    let proves = sent.get("code_verifier").is_some_and(|verifier| pkce::proves(verifier, &asked["code_challenge"]));
    if !proves || sent.get("redirect_uri") != asked.get("redirect_uri") {
        return refused("invalid_grant");
    }
    let mut claims = json!({
        "iss": idp.base, "aud": asked["client_id"], "iat": now, "exp": now + 300, "auth_time": now, "sid": conduct.sid,
    });
    if let Some(nonce) = asked.get("nonce") {
        claims["nonce"] = json!(nonce);
    }
    let access_token = format!("at-{}", conduct.issued);
    for (name, value) in conduct.person.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let mut claims = claims.as_object().unwrap().clone();
    if let Some(twist) = conduct.twist.clone() {
        twist(&mut claims);
    }
    let id_token = id_token(&conduct, &claims);
    HttpResponse::Ok().json(json!({ "access_token": access_token, "token_type": "Bearer", "id_token": id_token }))
}

fn id_token(conduct: &Conduct, claims: &Map<String, Value>) -> String {
    let own = conduct.keys.last().unwrap();
    let foreign = || generate(Signing::ES256).unwrap();
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    match conduct.sign {
        Sign::Own => signed(own, &own.kid, "JWT", claims),
        Sign::AccessToken => signed(own, &own.kid, "at+jwt", claims),
        Sign::Withdrawn => {
            let old = conduct.withdrawn.as_ref().unwrap();
            signed(old, &old.kid, "JWT", claims)
        }
        Sign::Foreign => signed(&foreign(), &own.kid, "JWT", claims),
        Sign::Unknown => {
            let other = foreign();
            signed(&other, &other.kid, "JWT", claims)
        }
        Sign::None => format!("{}.{}.", encoded(&json!({ "alg": "none" })), encoded(&json!(claims))),
        Sign::Shared => {
            let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
            header.kid = Some(own.kid.clone());
            let secret = EncodingKey::from_secret(own.public_jwk.as_bytes());
            jsonwebtoken::encode(&header, claims, &secret).unwrap()
        }
        Sign::Critical => {
            let mut header = Header::new(jwt(own.algorithm));
            header.kid = Some(own.kid.clone());
            header.crit = Some(vec!["exp".to_owned()]);
            jsonwebtoken::encode(&header, claims, &pem(own)).unwrap()
        }
    }
}

fn userinfo(idp: &Idp, request: &HttpRequest) -> HttpResponse {
    let conduct = idp.conduct();
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header != format!("Bearer at-{}", conduct.issued) {
        return HttpResponse::Unauthorized().finish();
    }
    let mut claims = json!({ "sub": conduct.person["sub"] });
    for (name, value) in conduct.userinfo.as_object().unwrap() {
        claims[name] = value.clone();
    }
    HttpResponse::Ok().json(claims)
}
