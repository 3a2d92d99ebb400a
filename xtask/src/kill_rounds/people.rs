//! The people: each works without a pause until the program answers no more, and writes down what it acknowledged.

use std::{
    convert::Infallible,
    io::Read,
    process::Stdio,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Error, Result, bail};

use super::check::{Acknowledged, AddedFile};
use crate::{
    dist::sha256,
    live::{Browser, Copy, Team},
    terminal::program,
};

/// Work that only an error ends.
pub(super) type Work<'a> = Box<dyn FnOnce() -> Result<Infallible, Error> + Send + 'a>;

/// Types into a case of their own: title and narrative together, each time with the same mark.
pub(super) fn types(
    browser: &Browser,
    kept: &Mutex<Acknowledged>,
    round: u32,
    person: u32,
) -> Result<Infallible, Error> {
    let id = browser.new_case()?;
    hold(kept).opened(&id);
    let mut revision = 1;
    for save in 1.. {
        let mark = format!("round {round} person {person} save {save}");
        let narrative =
            format!("{mark}. {}", "A made-up court of this test had a messenger blocked. ".repeat(30));
        hold(kept).sent(&id, &mark);
        revision = browser.autosave(&id, revision, &[("title", &mark), ("narrative", &narrative)])?;
        hold(kept).saved(&id, &mark);
    }
    unreachable!("nobody saves so often")
}

/// Brings case after case through to the public.
pub(super) fn publishes(team: &Team, kept: &Mutex<Acknowledged>, round: u32) -> Result<Infallible, Error> {
    let mut number = round as usize;
    loop {
        number += 1;
        team.publish_one(number, |id, step| hold(kept).came_to(id, step))?;
    }
}

/// Adds files to a case of their own, most of them small.
pub(super) fn adds_files(
    browser: &Browser,
    kept: &Mutex<Acknowledged>,
    round: u32,
) -> Result<Infallible, Error> {
    let case = browser.new_case()?;
    hold(kept).opened(&case);
    for number in 1.. {
        let most = match fastrand::u8(0..50) {
            0 => 6 << 20,
            1..15 => 200 << 10,
            _ => 20 << 10,
        };
        let bytes: Vec<u8> =
            std::iter::repeat_with(|| fastrand::u8(..)).take(fastrand::usize(1..most)).collect();
        let name = format!("round-{round}-file-{number}.bin");
        browser.upload(&case, &name, &bytes)?;
        hold(kept).files.push(AddedFile { case: case.clone(), name, sha256: sha256(&bytes) });
        std::thread::sleep(Duration::from_millis(20));
    }
    unreachable!("nobody adds so many")
}

/// Exchanges the sealing key again and again, in a program of its own, which is killed with the other.
pub(super) fn exchanges_keys(copy: &Copy, killed: &AtomicBool) -> Result<()> {
    while !killed.load(Ordering::SeqCst) {
        let mut command = program(&copy.program);
        command.args(["keys", "rotate", "--data"]).arg(&copy.data).envs(copy.settings());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let status = loop {
            if killed.load(Ordering::SeqCst) {
                child.kill()?;
                child.wait()?;
                return Ok(());
            }
            match child.try_wait()? {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(3)),
            }
        };
        if !status.success() {
            let mut said = String::new();
            child.stderr.take().context("its errors")?.read_to_string(&mut said)?;
            bail!("exchanging the key: {said}");
        }
    }
    Ok(())
}

fn hold(kept: &Mutex<Acknowledged>) -> MutexGuard<'_, Acknowledged> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
