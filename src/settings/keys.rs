//! Every key that can be set, with what it does: for the example file, and for whoever looks for a name.

/// One documented key: its name in the environment, its name in the file, an example value for the file, and what it does.
pub struct Documented {
    pub variable: &'static str,
    pub key: &'static str,
    pub example: &'static str,
    pub what: &'static str,
}

/// Every key that can be set.
pub const KEYS: &[Documented] = &[
    Documented {
        variable: "DATABASE_URL",
        key: "database_url",
        example: "\"postgres://habilis@db.example.com/habilis?sslmode=require\"",
        what: "Where the database is: sqlite:PATH or postgres://…; without it, a SQLite file in the data folder.",
    },
    Documented {
        variable: "HABILIS_DATABASE_OWNER_URL",
        key: "database_owner_url",
        example: "\"postgres://habilis_owner@db.example.com/habilis?sslmode=require\"",
        what: "A login of PostgreSQL that owns the tables and brings them to this program's schema. The service's own login (DATABASE_URL) then gets no right to change or delete what is written into the log.",
    },
    Documented {
        variable: "HABILIS_DATABASE_CONNECTIONS",
        key: "database_connections",
        example: "16",
        what: "How many database connections this process may hold.",
    },
    Documented {
        variable: "HABILIS_DATA_DIR",
        key: "data_dir",
        example: "\"habilis-data\"",
        what: "Where the service keeps its own files.",
    },
    Documented {
        variable: "HABILIS_CONTENT",
        key: "content",
        example: "\"courses\"",
        what: "The folder of courses and the access catalogue; without it `courses`, or else the embedded sample.",
    },
    Documented {
        variable: "HABILIS_TEMPLATES",
        key: "templates",
        example: "\"templates\"",
        what: "A folder whose templates take the place of the embedded ones, file by file.",
    },
    Documented {
        variable: "HABILIS_LISTEN",
        key: "listen",
        example: "\"127.0.0.1:8080\"",
        what: "The address to listen on.",
    },
    Documented {
        variable: "HABILIS_METRICS_LISTEN",
        key: "metrics_listen",
        example: "\"127.0.0.1:9090\"",
        what: "A second address for /health/* and /metrics; without it they are on the first.",
    },
    Documented {
        variable: "HABILIS_PUBLIC_URL",
        key: "public_url",
        example: "\"https://academy.example.com\"",
        what: "The address that people and warehouses see: the issuer of every token. Without it http:// and the listen address.",
    },
    Documented {
        variable: "HABILIS_ACADEMY",
        key: "academy",
        example: "\"Example data academy\"",
        what: "What the academy is called on certificates and badges, and where people add one to a profile. Without it they say the address.",
    },
    Documented {
        variable: "HABILIS_SECRET_KEY",
        key: "secret_key",
        example: "\"…32 bytes in base64…\"",
        what: "The key that seals signing keys at rest (openssl rand -base64 32). Needed with PostgreSQL; with SQLite a private file is made. Of several, with commas between them, the first one seals and all open.",
    },
    Documented {
        variable: "HABILIS_KEY_ROTATION",
        key: "key_rotation",
        example: "\"P90D\"",
        what: "How long a key signs tokens before the next one takes its place by itself; \"0\" means until an admin rotates.",
    },
    Documented {
        variable: "HABILIS_TRUSTED_PROXIES",
        key: "trusted_proxies",
        example: "[\"10.0.0.2\"]",
        what: "Reverse proxies whose X-Forwarded-For is believed.",
    },
    Documented {
        variable: "HABILIS_SESSION_IDLE",
        key: "session_idle",
        example: "\"12h\"",
        what: "A session ends after this much time without a click.",
    },
    Documented {
        variable: "HABILIS_SESSION_ABSOLUTE",
        key: "session_absolute",
        example: "\"P7D\"",
        what: "A session ends after this much time at the latest.",
    },
    Documented {
        variable: "HABILIS_LINK_LIFETIME",
        key: "link_lifetime",
        example: "\"P3D\"",
        what: "How long an invitation or reset link works.",
    },
    Documented {
        variable: "HABILIS_SMTP_URL",
        key: "smtp_url",
        example: "\"smtps://user:password@mail.example.com\"",
        what: "The mail server for invitations and resets; without it, links are only shown to the admin.",
    },
    Documented {
        variable: "HABILIS_MAIL_FROM",
        key: "mail_from",
        example: "\"Habilis <academy@example.com>\"",
        what: "The sender of mails.",
    },
    Documented {
        variable: "HABILIS_PROVIDER",
        key: "provider",
        example: "[{ id = \"staff\", name = \"Example staff\", issuer = \"https://id.example.com\", client_id = \"habilis\" }]",
        what: "The identity providers through which people sign in (OpenID Connect); every field is told at the end of this file.",
    },
    Documented {
        variable: "HABILIS_PROVIDER_SECRETS",
        key: "provider_secrets",
        example: "{ staff = \"…\" }",
        what: "Secrets that providers gave to this service, by the providers' ids; so that they need not stand beside the rest.",
    },
    Documented {
        variable: "HABILIS_BREAK_GLASS",
        key: "break_glass",
        example: "[\"admin@example.com\"]",
        what: "People who sign in with a password although a provider is the only way in for others: for the day when it is away. Nothing else makes an exception.",
    },
    Documented {
        variable: "HABILIS_OUTBOUND_NETWORKS",
        key: "outbound_networks",
        example: "[\"10.20.0.0/16\"]",
        what: "Networks inside that this service may call at addresses which others supply, as receivers of signals do; without any, such an address leads to public ones only. Metadata services of clouds are never called.",
    },
    Documented {
        variable: "HABILIS_OUTBOUND_CA_FILE",
        key: "outbound_ca_file",
        example: "\"company-ca.pem\"",
        what: "Certificates (PEM) that such addresses prove themselves with, in place of those that browsers trust.",
    },
    Documented {
        variable: "HABILIS_LOG_COPY",
        key: "log_copy",
        example: "[{ to = \"file:///mnt/outside/habilis.notes\" }]",
        what: "Places outside that keep the log's signed checkpoints, so that nobody rewrites the log unseen; every field is told at the end of this file.",
    },
    Documented {
        variable: "HABILIS_LOG_COPY_EVERY",
        key: "log_copy_every",
        example: "\"PT1M\"",
        what: "How often these places get a checkpoint, where there is a new one.",
    },
    Documented {
        variable: "HABILIS_PUBLISH",
        key: "publish",
        example: "[{ to = \"syslog+tls://siem.example.com:6514\" }]",
        what: "Streams of NATS and collectors of syslog that get every event of the log as it comes; every field is told at the end of this file.",
    },
    Documented {
        variable: "HABILIS_PASSWORD_WORKERS",
        key: "password_workers",
        example: "2",
        what: "How many passwords may be checked at the same time.",
    },
    Documented {
        variable: "HABILIS_WORKERS",
        key: "workers",
        example: "0",
        what: "How many threads answer requests; 0 means one a core.",
    },
    Documented {
        variable: "HABILIS_LOG",
        key: "log",
        example: "\"habilis=info,warn\"",
        what: "What is logged, as tracing-subscriber filters.",
    },
    Documented { variable: "HABILIS_LOG_FORMAT", key: "log_format", example: "\"text\"", what: "text or json." },
    Documented {
        variable: "HABILIS_SHUTDOWN_SECONDS",
        key: "shutdown_seconds",
        example: "20",
        what: "How long requests under way may still take when the service stops.",
    },
    Documented {
        variable: "HABILIS_LEAVING_SECONDS",
        key: "leaving_seconds",
        example: "10",
        what: "How long /health/ready is red after SIGTERM while requests are still taken: longer than a proxy takes to look twice.",
    },
];
