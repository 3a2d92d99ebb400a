//! What the words mean: treaties, standing on a day, drafts and incidents, review, rights, indicators.
//!
//! Pure: no input or output, no clock (the day is an argument), and it compiles to WebAssembly. Errors are
//! codes with parameters, never sentences; the crate `text` turns them into words.
//!
//! Three rules hold over everything here. *Unknown is a value*: dates have bounds, missing is never zero.
//! *Nothing is accused by implication*: who says so, and what bound whom on that day, stand beside every claim.
//! *Derived, never typed*: status, duration and grade are computed from records.

pub mod blur;
pub mod case;
pub mod country;
pub mod day;
pub mod error;
pub mod evidence;
pub mod fact;
pub mod fold;
pub mod form;
pub mod incident;
pub mod indicator;
pub mod lookup;
pub mod membership;
pub mod queue;
pub mod reply;
pub mod rights;
pub mod spelling;
pub mod standing;
pub mod stored;
pub mod treaty;

pub use day::{Day, DayBounds, PartialDate};
pub use error::{FieldError, Problem};
