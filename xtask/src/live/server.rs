//! The program as a child, on a port of its own.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    terminal::{capture, program as command},
    test::free_port,
};

/// A running server; it is ended when dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
    /// From its start to the line that says it is ready.
    pub(crate) ready_in: Duration,
    /// What it said until then.
    pub(crate) said: Vec<String>,
}

impl Server {
    /// Starts it and waits until it says that it is ready.
    pub(crate) fn start(program: &Path, data: &Path, settings: &[(&str, &str)]) -> Result<Self> {
        Self::start_with(program, data, settings, &[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(
        program: &Path,
        data: &Path,
        settings: &[(&str, &str)],
        more: &[&str],
    ) -> Result<Self> {
        let port = free_port()?;
        let begun = Instant::now();
        let mut child = command(program)
            .args(["serve", "--addr", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .args(more)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let output = child.stdout.take().context("its output")?;
        let mut server = Self { child, port, ready_in: Duration::ZERO, said: Vec::new() };
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            let line = line?;
            let is_ready = line.starts_with("Treatywatch is ready at ");
            server.said.push(line);
            if is_ready {
                server.ready_in = begun.elapsed();
                // What it says from now on is of no interest, but it must be able to say it.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(server);
            }
        }
        bail!("the server ended before it was ready");
    }

    /// The address of a page.
    pub(crate) fn url(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}{page}", self.port)
    }

    /// The bytes of a page, uncompressed.
    pub(crate) fn get(&self, page: &str) -> Result<Vec<u8>> {
        get(self.port, page)
    }

    /// What it holds in memory, as the system counts it.
    pub(crate) fn memory_in_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kibibytes * 1024.0 / 1e6)
    }

    /// Ends it as a power cut would: at once, with nothing said to it.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Ends it as an operator would.
    pub(crate) fn stop(&mut self) -> Result<()> {
        capture(command("kill").arg(self.child.id().to_string()))?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already, or there was an error: then no more than this can be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One plain request; fails on any status but 200.
pub(crate) fn get(port: u16, page: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(stream, "GET {page} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let body = body_of(&answer).with_context(|| format!("{page}: {}", first_line(&answer)))?;
    Ok(body.to_vec())
}

/// The body of a 200 that says its length.
fn body_of(answer: &[u8]) -> Option<&[u8]> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let whole = head.starts_with("http/1.1 200 ") && head.contains("content-length:");
    whole.then_some(&answer[end..])
}

fn first_line(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer).lines().next().unwrap_or("no answer").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_200_counts() {
        assert_eq!(body_of(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), Some(b"hi".as_slice()));
        assert_eq!(body_of(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nhi"), None);
        assert_eq!(body_of(b""), None);
    }
}
