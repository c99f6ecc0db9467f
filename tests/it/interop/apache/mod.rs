//! Apache as Debian packages it, with mod_auth_openidc and mod_oauth2: a page behind sign-in, services that take tokens, and
//! TLS in front of a Habilis for clients that want it.

mod resource_server;
mod sign_in;

use std::{
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// What every server here is made of; a test adds its own.
const MODULES: &[&str] = &[
    "mpm_event",
    "authn_core",
    "authz_core",
    "authz_user",
    "headers",
    "include",
    "mime",
    "proxy",
    "proxy_http",
    "socache_shmcb",
    "ssl",
    "auth_openidc",
    "oauth2",
];

/// A running Apache, stopped with the test.
pub struct Apache {
    child: Child,
    pub folder: TempDir,
}

impl Drop for Apache {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn program(names: &[&'static str]) -> &'static str {
    names.iter().find(|path| Path::new(path).exists()).copied().unwrap_or(names[0])
}

impl Apache {
    /// Starts one that listens on these ports; `lines` follow what every server needs, with `FOLDER` in place of its own.
    pub async fn start(ports: &[u16], lines: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // As root it serves as somebody else, who has to be let in.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let own = folder.path().display();
        let modules =
            MODULES.iter().map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
        let listen = ports.iter().map(|port| format!("Listen 127.0.0.1:{port}\n"));
        let config = format!(
            "ServerRoot {own}\nServerName localhost\nDefaultRuntimeDir {own}\nPidFile {own}/pid\nTypesConfig {own}/types\nErrorLog {own}/log\n\
             User www-data\nGroup www-data\n{}{}ThreadsPerChild 8\nMaxRequestWorkers 8\nOIDCCryptoPassphrase a-secret-of-this-server\n{}",
            modules.collect::<String>(),
            listen.collect::<String>(),
            lines.replace("FOLDER", &own.to_string()),
        );
        std::fs::write(folder.path().join("types"), "text/html shtml\n").unwrap();
        let file = folder.path().join("apache.conf");
        std::fs::write(&file, config).unwrap();
        let mut command = Command::new(program(&["/usr/sbin/apache2", "/usr/sbin/httpd"]));
        // One process, which goes with the test.
        command.args(["-X", "-f"]).arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("Apache: run tests/run, which installs it");
        let mut apache = Self { child, folder };
        apache.wait().await;
        apache
    }

    /// Until it has read its settings, and serves.
    async fn wait(&mut self) {
        for _ in 0..600 {
            assert!(self.child.try_wait().unwrap().is_none(), "Apache did not start: {}", self.log());
            if self.folder.path().join("pid").exists() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("Apache did not start: {}", self.log());
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A page that shows what the server knows of its reader, by names of its variables.
    pub fn page(&self, name: &str, variables: &[&str]) {
        let lines = variables.iter().map(|name| format!("{name}=<!--#echo var=\"{name}\" -->\n"));
        std::fs::write(self.folder.path().join(name), lines.collect::<String>()).unwrap();
    }
}

/// A certificate for this machine's own name that is its own authority: its file, and its key's.
pub fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl: run tests/run, which installs it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (certificate, key)
}

/// Lines for a server on `port` that speaks TLS and passes everything on to the Habilis at `base`.
pub fn tls_in_front_of(base: &str, port: u16, (certificate, key): &(PathBuf, PathBuf)) -> String {
    format!(
        "<VirtualHost 127.0.0.1:{port}>\nSSLEngine on\nSSLCertificateFile {}\nSSLCertificateKeyFile {}\n\
         ProxyPass / {base}/\nProxyPassReverse / {base}/\n</VirtualHost>\n",
        certificate.display(),
        key.display(),
    )
}
