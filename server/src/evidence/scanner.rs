//! The operator's scanner: a program that reads a file on its standard input and ends with 0 if it may be kept.

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

/// A scanner at work, or none.
pub(super) struct Scanner {
    child: Option<Child>,
}

impl Scanner {
    /// Starts the program, where the operator set one.
    pub(super) fn start(program: Option<&Path>) -> std::io::Result<Self> {
        let Some(program) = program else { return Ok(Self { child: None }) };
        let mut command = Command::new(program);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        Ok(Self { child: Some(command.spawn()?) })
    }

    /// Gives it more. One that has read enough and closed its input gives its verdict all the same.
    pub(super) async fn write(&mut self, bytes: &[u8]) {
        if let Some(input) = self.child.as_mut().and_then(|child| child.stdin.as_mut())
            && input.write_all(bytes).await.is_err()
            && let Some(child) = &mut self.child
        {
            child.stdin = None;
        }
    }

    /// Whether the file may be kept.
    pub(super) async fn verdict(self) -> std::io::Result<bool> {
        let Some(mut child) = self.child else { return Ok(true) };
        drop(child.stdin.take());
        // 0: keep, 1: found something; anything else is no verdict.
        match child.wait().await?.code() {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            other => Err(std::io::Error::other(format!("the scanner ended with {other:?}"))),
        }
    }
}
