//! Autosave: a wrapper around the server's form that posts what changed.
//!
//! Problem: people write under bad connections and on phones, and must not lose what they typed; and the same form has
//! to work where no script runs. Choice: the form stays the server's. The wrapper listens to the events that bubble up
//! from it and posts the changed fields to an address beside the form's own. Invariants: it binds no field and carries
//! no draft in its props; nothing is written to the browser's storage; a text is called saved only when the server has
//! said so; and a field that two people changed is never overwritten before both texts were shown.

mod form;
mod part;
mod post;
mod queue;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    time::Duration,
};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use serde::{Deserialize, Serialize};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, SubmitEvent};

use queue::{Answer, Conflict, Next, Queue};

/// Quiet time after a keystroke before a save.
const PAUSE: Duration = Duration::from_millis(800);
/// Who types without a pause is saved all the same after this time.
const LONGEST_WAIT_MS: f64 = 5_000.0;

/// The sentences that the wrapper shows, ready-made in the page's language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AutosaveWords {
    /// While a save is under way.
    pub saving: String,
    /// After a save; `{time}` stands for the time of day.
    pub saved_at: String,
    /// No connection: the text is kept in the open page, and saving is tried again.
    pub offline: String,
    /// The session has ended: the text is kept in the open page.
    pub signed_out: String,
    /// Somebody else changed the same field: both texts follow.
    pub conflict: String,
    /// Before the member's own text.
    pub mine: String,
    /// Before the other text.
    pub theirs: String,
    /// The server does not take the change.
    pub refused: String,
}

/// Saves the form inside it while it is being filled in.
///
/// The form carries a hidden field `revision` (with `autocomplete="off"`). The answers that it expects of `action` are
/// 200 `{"revision":8,"saved_at":"14:03"}` (with `"parts"`, HTML by the id that it belongs to, where what was saved
/// changes more of the form), 409 `{"revision":9,"conflicts":[{"field","mine","theirs"}]}` with nothing
/// of the post kept, 401 when the session has ended. Fields of the same name are posted whole, an empty group as one
/// empty value; files are left to the form.
#[island]
pub fn Autosave(
    /// The address that changes are posted to.
    action: String,
    /// The revision that the form was rendered from.
    revision: i64,
    /// The sentences to show.
    words: AutosaveWords,
    /// The server's form.
    children: Children,
) -> impl IntoView {
    let status = RwSignal::new(Status::Idle);
    let conflicts = RwSignal::new(Vec::<ShownConflict>::new());
    let frame = NodeRef::<leptos::html::Div>::new();
    let saver = Rc::new(Saver::new(action, revision, status, conflicts));

    Effect::new({
        let saver = Rc::clone(&saver);
        move |_| {
            if let Some(frame) = frame.get() {
                saver.wake(&frame);
            }
        }
    });

    let on_input = {
        let saver = Rc::clone(&saver);
        move |event: Event| saver.typed(&event)
    };
    let on_change = {
        let saver = Rc::clone(&saver);
        move |event: Event| saver.left(&event)
    };
    let on_submit = move |event: SubmitEvent| saver.submitted(&event);
    let (mine, theirs) = (StoredValue::new(words.mine.clone()), StoredValue::new(words.theirs.clone()));

    view! {
        <div class="autosave" node_ref=frame on:input=on_input on:change=on_change on:submit=on_submit>
            {children()}
            <p class="autosave-status" role="status" data-state=move || status.read().name()>
                {move || status.read().sentence(&words)}
            </p>
            <div class="autosave-conflicts">
                {move || {
                    conflicts
                        .get()
                        .into_iter()
                        .map(|conflict| {
                            view! {
                                <dl data-field=conflict.field>
                                    <dt>{conflict.label}</dt>
                                    <dd><b>{mine.get_value()}</b>" "<span>{conflict.mine}</span></dd>
                                    <dd><b>{theirs.get_value()}</b>" "<span>{conflict.theirs}</span></dd>
                                </dl>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Status {
    Idle,
    Saving,
    Saved(String),
    Offline,
    SignedOut,
    Conflict,
    Refused,
}

impl Status {
    /// For styles and tests.
    fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Saving => "saving",
            Self::Saved(_) => "saved",
            Self::Offline => "offline",
            Self::SignedOut => "signed-out",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
        }
    }

    fn sentence(&self, words: &AutosaveWords) -> String {
        match self {
            Self::Idle => String::new(),
            Self::Saving => words.saving.clone(),
            Self::Saved(time) => words.saved_at.replace("{time}", time),
            Self::Offline => words.offline.clone(),
            Self::SignedOut => words.signed_out.clone(),
            Self::Conflict => words.conflict.clone(),
            Self::Refused => words.refused.clone(),
        }
    }
}

#[derive(Clone, Debug)]
struct ShownConflict {
    field: String,
    label: String,
    mine: String,
    theirs: String,
}

/// The wrapper's state in the browser.
struct Saver {
    action: String,
    status: RwSignal<Status>,
    conflicts: RwSignal<Vec<ShownConflict>>,
    queue: RefCell<Queue>,
    form: RefCell<Option<HtmlFormElement>>,
    /// The fields with an `input` event since they were last left.
    typed_in: RefCell<BTreeSet<String>>,
    timer: Cell<Option<TimeoutHandle>>,
    waiting_since: Cell<Option<f64>>,
    /// A press on a button of the form that waits for the save under way; with the button.
    submission: RefCell<Option<Option<HtmlElement>>>,
    /// The form itself is on its way: nothing is lost by leaving.
    leaving: Cell<bool>,
}

impl Saver {
    fn new(
        action: String,
        revision: i64,
        status: RwSignal<Status>,
        conflicts: RwSignal<Vec<ShownConflict>>,
    ) -> Self {
        Self {
            action,
            status,
            conflicts,
            queue: RefCell::new(Queue::new(revision)),
            form: RefCell::new(None),
            typed_in: RefCell::new(BTreeSet::new()),
            timer: Cell::new(None),
            waiting_since: Cell::new(None),
            submission: RefCell::new(None),
            leaving: Cell::new(false),
        }
    }

    /// Once, when the island comes to life: what was typed before, and the window's events.
    fn wake(self: &Rc<Self>, frame: &Element) {
        for (form, field) in form::fields_edited_already(frame) {
            self.changed(form, field);
        }
        let saver = Rc::clone(self);
        let _online = window_event_listener(leptos::ev::online, move |_| saver.save());
        // Back from the tab in which one signed in again.
        let saver = Rc::clone(self);
        let _focus = window_event_listener(leptos::ev::focus, move |_| saver.save());
        // Back from the browser's own memory of the page, after the form was sent.
        let saver = Rc::clone(self);
        let _shown = window_event_listener(leptos::ev::pageshow, move |_| saver.leaving.set(false));
        let saver = Rc::clone(self);
        let _leave = window_event_listener(leptos::ev::beforeunload, move |event| {
            if !saver.leaving.get() && saver.queue.borrow().has_unsaved() {
                event.prevent_default();
                event.set_return_value("unsaved");
            }
        });
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        if let Some((form, field)) = form::changed_field(event) {
            self.typed_in.borrow_mut().insert(field.clone());
            self.changed(form, field);
        }
    }

    /// A `change` mostly follows an `input` that was dealt with, once the field is left. It is news only where there
    /// was none; taken for an edit, it would decide a conflict that nobody has looked at.
    fn left(self: &Rc<Self>, event: &Event) {
        if let Some((form, field)) = form::changed_field(event)
            && !self.typed_in.borrow_mut().remove(&field)
        {
            self.changed(form, field);
        }
    }

    fn changed(self: &Rc<Self>, form: HtmlFormElement, field: String) {
        self.form.replace(Some(form));
        self.queue.borrow_mut().change(field);
        let now = js_sys::Date::now();
        let since = self.waiting_since.get().unwrap_or(now);
        self.waiting_since.set(Some(since));
        let rest = (LONGEST_WAIT_MS - (now - since)).max(0.0);
        self.save_in(PAUSE.min(Duration::from_secs_f64(rest / 1_000.0)));
    }

    fn save_in(self: &Rc<Self>, wait: Duration) {
        self.stop_timer();
        let saver = Rc::clone(self);
        self.timer.set(set_timeout_with_handle(move || saver.save(), wait).ok());
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }

    /// Sends what there is to send, unless something is on its way: its answer then sends the rest.
    fn save(self: &Rc<Self>) {
        self.stop_timer();
        if self.leaving.get() {
            return;
        }
        let Some(form) = self.form.borrow().clone() else { return };
        let Some(batch) = self.queue.borrow_mut().take() else { return };
        self.waiting_since.set(None);
        self.status.set(Status::Saving);
        let saver = Rc::clone(self);
        spawn_local(async move {
            let answer = match form::body(&form, &batch.fields, batch.revision) {
                Ok(body) => post::post(&saver.action, &body).await,
                Err(_) => Answer::Refused,
            };
            saver.answered(&form, answer);
        });
    }

    fn answered(self: &Rc<Self>, form: &HtmlFormElement, answer: Answer) {
        let next = self.queue.borrow_mut().answer(&answer);
        let in_conflict = self.queue.borrow().has_conflicts();
        if let Answer::Saved { revision, .. } = &answer
            && !in_conflict
        {
            // While a conflict is open the form keeps the older revision, so that sending it cannot overwrite the
            // other text unseen.
            form::set_revision(form, *revision);
        }
        if let Answer::Saved { parts, .. } = &answer {
            for (id, html) in parts {
                part::put_in(form, id, html, |field| self.queue.borrow().is_unsaved(field));
            }
        }
        self.show_conflicts(form, &answer);
        let unreachable = answer == Answer::Unreachable;
        self.status.set(match answer {
            Answer::Saved { .. } | Answer::Conflict { .. } if in_conflict => Status::Conflict,
            Answer::Saved { saved_at, .. } => Status::Saved(saved_at),
            Answer::Conflict { .. } | Answer::Refused => Status::Refused,
            Answer::SignedOut => Status::SignedOut,
            Answer::Unreachable => Status::Offline,
        });
        // Without a connection the page stays, with the text in it and the reason in sight; the button can be pressed
        // again.
        if let Some(button) = self.submission.take()
            && !unreachable
        {
            return self.send_form(form, button.as_ref());
        }
        match next {
            Next::Rest => {}
            Next::Send => self.save_in(PAUSE),
            Next::Retry(wait) => self.save_in(wait),
        }
    }

    fn show_conflicts(&self, form: &HtmlFormElement, answer: &Answer) {
        let queue = self.queue.borrow();
        self.conflicts.update(|shown| {
            if let Answer::Conflict { conflicts, .. } = answer {
                for Conflict { field, mine, theirs } in conflicts.clone() {
                    shown.retain(|old| old.field != field);
                    shown.push(ShownConflict { label: form::label_of(form, &field), field, mine, theirs });
                }
            }
            shown.retain(|conflict| queue.is_unsaved(&conflict.field));
        });
    }

    /// The form is being sent. What is not yet saved goes first: without a connection the page then stays.
    fn submitted(self: &Rc<Self>, event: &SubmitEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(form) = target.as_ref().and_then(form::owned_form) else { return };
        if self.leaving.get() || event.default_prevented() {
            return;
        }
        let must_wait = {
            let queue = self.queue.borrow();
            queue.is_sending() || queue.has_changes()
        };
        if must_wait {
            event.prevent_default();
            let button = event.submitter().and_then(|button| button.dyn_into().ok());
            self.form.replace(Some(form));
            self.submission.replace(Some(button));
            self.save();
        } else {
            self.leave();
        }
    }

    fn send_form(&self, form: &HtmlFormElement, button: Option<&HtmlElement>) {
        self.leave();
        let sent = match button {
            Some(button) => form.request_submit_with_submitter(Some(button)),
            None => form.request_submit(),
        };
        if sent.is_err() {
            self.leaving.set(false);
        }
    }

    fn leave(&self) {
        self.stop_timer();
        self.leaving.set(true);
    }
}
