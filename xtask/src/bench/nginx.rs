//! nginx with one file, as the measure of how fast bytes can be sent on this machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{live::get, terminal::program};

/// Debian's place for it.
pub(super) const PROGRAM: &str = "/usr/sbin/nginx";

/// A running nginx; it is ended when dropped.
pub(super) struct Nginx {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Nginx {
    /// Starts it on a folder of its own with the bytes as its only page.
    ///
    /// Its workers run as another user, who may not be able to reach the checkout: hence a temporary folder.
    pub(super) fn start(bytes: &[u8], port: u16) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("treatywatch-nginx-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("page.html"), bytes)?;
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, configuration_for(&folder, port))?;
        let child = program(PROGRAM)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&configuration)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context(PROGRAM)?;
        let nginx = Self { child, port, folder: folder.clone() };
        for _ in 0..100 {
            if nginx.get().is_ok() {
                return Ok(nginx);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        bail!("nginx does not answer: {log}");
    }

    /// The address of the page.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/page.html", self.port)
    }

    /// The page's bytes, as it serves them.
    pub(super) fn get(&self) -> Result<Vec<u8>> {
        get(self.port, "/page.html")
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master ends its workers when asked to terminate, not when it is killed.
        let _ = program("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// As one would set it up to be quick: no log, the file kept open, whole answers in one packet train.
fn configuration_for(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    format!(
        "daemon off;\nworker_processes auto;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  tcp_nodelay on;\n  keepalive_requests 1000000;\n\
         \x20 open_file_cache max=10;\n  types {{ text/html html; }}\n  charset utf-8;\n\
         \x20 client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxy;\n\
         \x20 fastcgi_temp_path {folder}/fastcgi;\n  uwsgi_temp_path {folder}/uwsgi;\n  scgi_temp_path {folder}/scgi;\n\
         \x20 server {{ listen 127.0.0.1:{port}; root {folder}; }}\n}}\n"
    )
}
