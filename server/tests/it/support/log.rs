//! One listener for everything that the program logs: whatever holds the canary's mark is kept, and the database's
//! statements are counted for whoever asks.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::instrument::Instrument;
use tracing::{Event, Subscriber, span};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// Begins every marker, so that one look finds any of them.
pub(crate) const MARK: &str = "canary-7f31";

static LEAKS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Log lines that hold the mark.
pub(crate) fn leaks() -> Vec<String> {
    LEAKS.lock().unwrap().clone()
}

/// Begins to listen; once for all tests.
pub(crate) fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let filter = tracing_subscriber::EnvFilter::new("debug");
        let layers = tracing_subscriber::registry().with(filter).with(Listener);
        tracing::subscriber::set_global_default(layers).unwrap();
    });
}

/// How many statements the database is sent while `work` is done.
pub(crate) async fn counted<T>(work: impl Future<Output = T>) -> (T, u64) {
    let count = Arc::new(AtomicU64::new(0));
    let id = Arc::as_ptr(&count) as usize as u64;
    COUNTERS.lock().unwrap().push((id, count.clone()));
    let done = work.instrument(tracing::info_span!("counted", counter = id)).await;
    // The engine for files tells of a statement from its own thread, a moment after its answer.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    COUNTERS.lock().unwrap().retain(|(known, _)| *known != id);
    (done, count.load(Ordering::SeqCst))
}

static COUNTERS: Mutex<Vec<(u64, Arc<AtomicU64>)>> = Mutex::new(Vec::new());

struct Listener;
struct Counter(Arc<AtomicU64>);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &span::Id, context: Context<'_, S>) {
        let mut wanted = Number(None);
        attributes.record(&mut wanted);
        let counters = COUNTERS.lock().unwrap();
        let counter = wanted.0.and_then(|id| counters.iter().find(|(known, _)| *known == id));
        if let (Some((_, counter)), Some(span)) = (counter, context.span(id)) {
            span.extensions_mut().insert(Counter(counter.clone()));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        // What a new connection is told first is no question of the page's.
        if event.metadata().target() == "sqlx::query" && line.0.contains("SELECT") {
            // The engine for files works on a thread of its own and takes the asker's span along.
            for span in context.event_scope(event).into_iter().flatten() {
                if let Some(Counter(count)) = span.extensions().get::<Counter>() {
                    count.fetch_add(1, Ordering::SeqCst);
                }
            }
        }
        if line.0.contains(MARK) || super::world::NAMES.iter().any(|name| line.0.contains(name)) {
            LEAKS.lock().unwrap().push(line.0);
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

struct Number(Option<u64>);

impl Visit for Number {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "counter" {
            self.0 = Some(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
