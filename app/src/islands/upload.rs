//! Upload: a wrapper around the server's form that sends its files one by one and shows how far each has come.
//!
//! The form works without it. With it, files that have arrived are not sent again when the connection is lost in the
//! middle of the next; the page keeps the choice and says what is missing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use serde::{Deserialize, Serialize};
use web_sys::{
    Event, File, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, SubmitEvent, XmlHttpRequest,
};

/// The sentences that the wrapper shows, ready-made in the page's language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct UploadWords {
    /// Before a file is sent.
    pub waiting: String,
    /// While it is; `{percent}` stands for how far.
    pub sending: String,
    /// Sent whole: it is being encrypted and written.
    pub keeping: String,
    /// It is kept.
    pub kept: String,
    /// The connection was lost.
    pub offline: String,
    /// The session has ended.
    pub signed_out: String,
    /// The server does not take it, and does not say why.
    pub refused: String,
}

/// Sends the files of the form inside it.
#[island]
pub fn Upload(
    /// The address of the page to show when all are kept.
    then: String,
    /// The sentences to show.
    words: UploadWords,
    /// The server's form.
    children: Children,
) -> impl IntoView {
    let lines = RwSignal::new(Vec::<Line>::new());
    let sender = Rc::new(Sender { then, lines, at: Cell::new(None), form: RefCell::new(None) });
    let words = StoredValue::new(words);
    Effect::new({
        let sender = Rc::clone(&sender);
        move |_| {
            let sender = Rc::clone(&sender);
            let _leave = window_event_listener(leptos::ev::beforeunload, move |event| {
                if sender.at.get().is_some() {
                    event.prevent_default();
                    event.set_return_value("sending");
                }
            });
        }
    });
    let on_submit = {
        let sender = Rc::clone(&sender);
        move |event: SubmitEvent| sender.submitted(&event)
    };
    // Another choice is another list.
    let on_change = move |_: Event| lines.set(Vec::new());
    view! {
        <div class="upload" on:submit=on_submit on:change=on_change>
            {children()}
            <ul class="upload-files" aria-live="polite">
                {move || {
                    lines
                        .get()
                        .into_iter()
                        .map(|line| {
                            let percent = line.percent();
                            let said = words.with_value(|words| line.sentence(words));
                            view! {
                                <li data-state=line.state.name()>
                                    <span dir="auto">{line.name.clone()}</span>
                                    <progress max="100" value=percent aria-label=line.name></progress>
                                    <span>{said}</span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Waiting,
    Sending(f64),
    Keeping,
    Kept,
    Offline,
    SignedOut,
    Refused(Option<String>),
}

impl State {
    /// For styles and tests.
    fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending(_) => "sending",
            Self::Keeping => "keeping",
            Self::Kept => "kept",
            Self::Offline => "offline",
            Self::SignedOut => "signed-out",
            Self::Refused(_) => "refused",
        }
    }

    /// What an answer means; one that cannot be read is never taken for "kept".
    fn of(status: u16, text: &str) -> Self {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Said {
            added: Vec<String>,
            refused: Vec<String>,
        }
        let said: Said = serde_json::from_str(text).unwrap_or_default();
        match status {
            200 if said.added.len() == 1 => Self::Kept,
            401 => Self::SignedOut,
            0 | 200 | 408 | 425 | 429 | 500.. => Self::Offline,
            _ => Self::Refused(said.refused.into_iter().next()),
        }
    }
}

#[derive(Clone, Debug)]
struct Line {
    name: String,
    state: State,
}

impl Line {
    fn percent(&self) -> String {
        let percent = match self.state {
            State::Sending(share) => (share * 100.0).floor(),
            State::Keeping | State::Kept => 100.0,
            _ => 0.0,
        };
        percent.to_string()
    }

    fn sentence(&self, words: &UploadWords) -> String {
        match &self.state {
            State::Waiting => words.waiting.clone(),
            State::Sending(_) => words.sending.replace("{percent}", &self.percent()),
            State::Keeping => words.keeping.clone(),
            State::Kept => words.kept.clone(),
            State::Offline => words.offline.clone(),
            State::SignedOut => words.signed_out.clone(),
            State::Refused(said) => said.clone().unwrap_or_else(|| words.refused.clone()),
        }
    }
}

/// The wrapper's state in the browser.
struct Sender {
    then: String,
    lines: RwSignal<Vec<Line>>,
    /// The file on its way.
    at: Cell<Option<usize>>,
    form: RefCell<Option<HtmlFormElement>>,
}

impl Sender {
    fn submitted(self: &Rc<Self>, event: &SubmitEvent) {
        let Some(form) = event.target().and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) else { return };
        let files = files_of(&form);
        // With nothing chosen the server says what is missing, as it does without scripts.
        if files.is_empty() {
            return;
        }
        event.prevent_default();
        if self.at.get().is_some() {
            return;
        }
        if self.lines.read_untracked().len() != files.len() {
            let line = |file: &File| Line { name: file.name(), state: State::Waiting };
            self.lines.set(files.iter().map(line).collect());
        }
        *self.form.borrow_mut() = Some(form);
        self.next(0);
    }

    /// Sends the first file from `from` on that has not arrived yet.
    fn next(self: &Rc<Self>, from: usize) {
        let form = self.form.borrow().clone();
        let files = form.as_ref().map(files_of).unwrap_or_default();
        let waits = self
            .lines
            .read_untracked()
            .iter()
            .enumerate()
            .skip(from)
            .find(|(_, line)| !matches!(line.state, State::Kept))
            .map(|(at, _)| at);
        let (Some(form), Some(at)) = (form, waits) else { return self.ended() };
        let Some(file) = files.get(at) else { return self.ended() };
        self.at.set(Some(at));
        if self.send(&form, file, at).is_err() {
            self.answered(at, State::Offline);
        }
    }

    fn ended(&self) {
        self.at.set(None);
        if self.lines.read_untracked().iter().all(|line| line.state == State::Kept) {
            let _ = window().location().set_href(&self.then);
        }
    }

    fn set(&self, at: usize, state: State) {
        self.lines.update(|lines| {
            if let Some(line) = lines.get_mut(at) {
                line.state = state;
            }
        });
    }

    fn answered(self: &Rc<Self>, at: usize, state: State) {
        // Without a connection or a session the next would fare no better.
        let stops = matches!(state, State::Offline | State::SignedOut);
        self.set(at, state);
        if stops { self.at.set(None) } else { self.next(at + 1) }
    }

    fn send(
        self: &Rc<Self>,
        form: &HtmlFormElement,
        file: &File,
        at: usize,
    ) -> Result<(), leptos::wasm_bindgen::JsValue> {
        let body = FormData::new_with_form(form)?;
        body.delete("files");
        body.append_with_blob_and_filename("files", file, &file.name())?;
        let request = XmlHttpRequest::new()?;
        request.open("POST", &form.action())?;
        request.set_request_header("Accept", "application/json")?;
        let sender = Rc::clone(self);
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() {
                let share = event.loaded() / event.total().max(1.0);
                sender.set(at, if share < 1.0 { State::Sending(share) } else { State::Keeping });
            }
        });
        request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        progress.forget();
        let (sender, asked) = (Rc::clone(self), request.clone());
        let ended = Closure::once_into_js(move |_: Event| {
            let status = asked.status().unwrap_or_default();
            let text = asked.response_text().ok().flatten().unwrap_or_default();
            sender.answered(at, State::of(status, &text));
        });
        request.set_onloadend(Some(ended.unchecked_ref()));
        self.set(at, State::Sending(0.0));
        request.send_with_opt_form_data(Some(&body))
    }
}

fn files_of(form: &HtmlFormElement) -> Vec<File> {
    let input = form.elements().named_item("files").and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    let list = input.and_then(|input| input.files());
    list.map(|list| (0..list.length()).filter_map(|n| list.get(n)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_the_server_named_is_kept() {
        assert_eq!(State::of(200, r#"{"added":["a.jpg"],"refused":[]}"#), State::Kept);
        assert_eq!(State::of(200, "<html>a captive portal</html>"), State::Offline);
        assert_eq!(State::of(0, ""), State::Offline);
        assert_eq!(State::of(503, ""), State::Offline);
        assert_eq!(State::of(401, r#"{"error":"signed-out"}"#), State::SignedOut);
        let refused = State::of(422, r#"{"added":[],"refused":["a.jpg is empty."]}"#);
        assert_eq!(refused, State::Refused(Some("a.jpg is empty.".to_owned())));
        assert_eq!(State::of(403, "no JSON"), State::Refused(None));
    }
}
