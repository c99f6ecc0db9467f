//! The peer: npm oidc-provider in a Node process of its own, with the same work to do (`peer.mjs`).

use super::program::{Lines, processor};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// What is compared with.
const PACKAGE: &str = "oidc-provider@9.13.3";

pub struct Peer {
    child: Child,
    pub address: SocketAddr,
    _folder: TempDir,
}

impl Peer {
    /// Starts it; none where there is no Node, or the package can't be had.
    pub fn start() -> Option<Self> {
        let modules = installed()?;
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/load/peer.mjs");
        let mut command = Command::new("node");
        command.arg(script).arg(folder.path()).env("HABILIS_LOAD_NODE", modules).env("NODE_ENV", "production");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = Lines::of(child.stdout.take().unwrap());
        let base = lines.next_with("http://");
        Some(Self { child, address: base.trim_start_matches("http://").parse().unwrap(), _folder: folder })
    }

    pub fn processor(&self) -> Duration {
        processor(self.child.id())
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder with the package, installed beside the build where it is missing.
fn installed() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peer");
    if folder.join("node_modules/oidc-provider/package.json").is_file() {
        return Some(folder);
    }
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("package.json"), "{\"private\":true}\n").unwrap();
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]).current_dir(&folder);
    let done = npm.stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success()).then_some(folder)
}
