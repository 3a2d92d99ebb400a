//! What is still to be saved: the bookkeeping of autosave, without a browser.
//!
//! Invariant: a field that was changed is in exactly one of three sets (changed, being sent, in conflict) until the
//! server has acknowledged it; so nothing typed is ever taken for saved when it is not.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::Deserialize;

/// How long to wait before the first try after a failure; doubled with each further one.
const FIRST_RETRY: Duration = Duration::from_secs(2);
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// The fields on their way to the server.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The revision that the changes are based on.
    pub(super) revision: i64,
    pub(super) fields: Vec<String>,
}

/// A field that somebody else has changed as well.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Conflict {
    pub(super) field: String,
    pub(super) mine: String,
    pub(super) theirs: String,
}

/// What came of one attempt to save.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Kept, under a new revision, at a time of day as the server writes it; with the parts of the page that are
    /// different now, by their ids.
    Saved { revision: i64, saved_at: String, parts: BTreeMap<String, String> },
    /// Nothing of the batch was kept: these fields were changed by somebody else since.
    Conflict { revision: i64, conflicts: Vec<Conflict> },
    /// The session has ended.
    SignedOut,
    /// The server does not take it.
    Refused,
    /// No answer, or one that says "later".
    Unreachable,
}

/// What to do after an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing, until something changes.
    Rest,
    /// There is more to send.
    Send,
    /// Try again after a while.
    Retry(Duration),
}

/// The bookkeeping for one form.
#[derive(Debug)]
pub(super) struct Queue {
    revision: i64,
    changed: BTreeSet<String>,
    sending: BTreeSet<String>,
    in_conflict: BTreeSet<String>,
    failures: u32,
}

impl Queue {
    pub(super) fn new(revision: i64) -> Self {
        Self {
            revision,
            changed: BTreeSet::new(),
            sending: BTreeSet::new(),
            in_conflict: BTreeSet::new(),
            failures: 0,
        }
    }

    /// A field was edited. Editing a field in conflict, having seen both texts, decides the conflict.
    pub(super) fn change(&mut self, field: String) {
        self.in_conflict.remove(&field);
        self.changed.insert(field);
    }

    /// The next batch, if there is something to send and nothing on its way.
    pub(super) fn take(&mut self) -> Option<Batch> {
        if self.is_sending() || self.changed.is_empty() {
            return None;
        }
        self.sending = std::mem::take(&mut self.changed);
        Some(Batch { revision: self.revision, fields: self.sending.iter().cloned().collect() })
    }

    /// Takes note of what came of the batch.
    pub(super) fn answer(&mut self, answer: &Answer) -> Next {
        let sent = std::mem::take(&mut self.sending);
        self.failures = match answer {
            Answer::Unreachable => self.failures.saturating_add(1),
            _ => 0,
        };
        match answer {
            Answer::Saved { revision, .. } => {
                self.revision = *revision;
                if self.changed.is_empty() { Next::Rest } else { Next::Send }
            }
            Answer::Conflict { revision, conflicts } => {
                let disputed = |field: &String| conflicts.iter().any(|conflict| conflict.field == *field);
                let (conflicting, others): (BTreeSet<_>, BTreeSet<_>) = sent.into_iter().partition(disputed);
                // Sent again only when the next batch is smaller, or this would never end.
                let progress = !conflicting.is_empty();
                self.revision = if progress { *revision } else { self.revision };
                self.changed.extend(others);
                // What was typed meanwhile was typed without having seen the other text.
                self.changed.retain(|field| !conflicting.contains(field));
                self.in_conflict.extend(conflicting);
                if progress && !self.changed.is_empty() { Next::Send } else { Next::Rest }
            }
            Answer::SignedOut | Answer::Refused => {
                self.changed.extend(sent);
                Next::Rest
            }
            Answer::Unreachable => {
                self.changed.extend(sent);
                let doublings = self.failures.saturating_sub(1).min(10);
                Next::Retry(FIRST_RETRY.saturating_mul(1 << doublings).min(LONGEST_RETRY))
            }
        }
    }

    pub(super) fn is_sending(&self) -> bool {
        !self.sending.is_empty()
    }

    /// Whether a field waits to be sent.
    pub(super) fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Whether leaving the page now would lose something.
    pub(super) fn has_unsaved(&self) -> bool {
        self.is_sending() || self.has_changes() || self.has_conflicts()
    }

    pub(super) fn has_conflicts(&self) -> bool {
        !self.in_conflict.is_empty()
    }

    /// Whether the field is unsaved because of a conflict, or was decided but not acknowledged yet.
    pub(super) fn is_unsaved(&self, field: &str) -> bool {
        [&self.changed, &self.sending, &self.in_conflict].iter().any(|set| set.contains(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(revision: i64) -> Answer {
        Answer::Saved { revision, saved_at: "14:03".into(), parts: BTreeMap::new() }
    }

    fn conflict(revision: i64, fields: &[&str]) -> Answer {
        let conflicts = fields.iter().map(|field| Conflict {
            field: (*field).into(),
            mine: "mine".into(),
            theirs: "theirs".into(),
        });
        Answer::Conflict { revision, conflicts: conflicts.collect() }
    }

    fn queue(fields: &[&str]) -> Queue {
        let mut queue = Queue::new(1);
        for field in fields {
            queue.change((*field).into());
        }
        queue
    }

    #[test]
    fn each_changed_field_is_sent_once() {
        let mut queue = queue(&["title", "start", "title"]);
        assert_eq!(queue.take(), Some(Batch { revision: 1, fields: vec!["start".into(), "title".into()] }));
        assert_eq!(queue.take(), None, "one at a time");
        assert_eq!(queue.answer(&saved(2)), Next::Rest);
        assert!(!queue.has_unsaved());
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn what_is_typed_while_a_save_is_under_way_is_sent_next_on_the_new_revision() {
        let mut queue = queue(&["title"]);
        queue.take().expect("a batch");
        queue.change("title".into());
        assert_eq!(queue.answer(&saved(2)), Next::Send);
        assert_eq!(queue.take(), Some(Batch { revision: 2, fields: vec!["title".into()] }));
    }

    #[test]
    fn without_a_connection_nothing_is_forgotten_and_the_tries_get_rarer() {
        let mut queue = queue(&["title"]);
        let mut waits = Vec::new();
        for _ in 0..8 {
            queue.take().expect("the same batch again");
            let Next::Retry(wait) = queue.answer(&Answer::Unreachable) else { panic!("must try again") };
            waits.push(wait.as_secs());
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(queue.has_unsaved());
        queue.take().expect("still there");
        queue.answer(&saved(2));
        queue.change("title".into());
        queue.take().expect("a batch");
        assert_eq!(
            queue.answer(&Answer::Unreachable),
            Next::Retry(FIRST_RETRY),
            "counted anew after a success"
        );
    }

    #[test]
    fn a_field_in_conflict_waits_for_a_decision_and_the_others_go_on() {
        let mut queue = queue(&["narrative", "start"]);
        queue.take().expect("a batch");
        assert_eq!(queue.answer(&conflict(5, &["narrative"])), Next::Send);
        assert_eq!(queue.take(), Some(Batch { revision: 5, fields: vec!["start".into()] }));
        assert_eq!(queue.answer(&saved(6)), Next::Rest);
        assert!(queue.has_unsaved() && queue.has_conflicts() && queue.is_unsaved("narrative"));
        queue.change("narrative".into());
        assert_eq!(queue.take(), Some(Batch { revision: 6, fields: vec!["narrative".into()] }));
        assert!(queue.is_unsaved("narrative"));
        queue.answer(&saved(7));
        assert!(!queue.has_unsaved());
    }

    #[test]
    fn text_typed_before_the_conflict_was_shown_does_not_decide_it() {
        let mut queue = queue(&["narrative"]);
        queue.take().expect("a batch");
        queue.change("narrative".into());
        assert_eq!(queue.answer(&conflict(5, &["narrative"])), Next::Rest);
        assert_eq!(queue.take(), None);
        assert!(queue.has_conflicts());
    }

    #[test]
    fn a_conflict_that_names_nothing_we_sent_does_not_loop() {
        let mut queue = queue(&["title"]);
        queue.take().expect("a batch");
        assert_eq!(queue.answer(&conflict(9, &["other"])), Next::Rest);
        assert!(queue.has_changes());
        assert_eq!(queue.take().expect("kept").revision, 1);
    }

    #[test]
    fn a_refusal_or_an_ended_session_keeps_the_change_for_later() {
        for answer in [Answer::Refused, Answer::SignedOut] {
            let mut queue = queue(&["title"]);
            queue.take().expect("a batch");
            assert_eq!(queue.answer(&answer), Next::Rest);
            assert!(queue.has_changes());
        }
    }
}
