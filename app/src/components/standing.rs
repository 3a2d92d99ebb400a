//! Standing marks: never a colour or a mark alone, always the words beside it.

use domain::standing::Status;
use leptos::prelude::*;
use text::Text;

use crate::words::on_day::OnDay;
use crate::words::standing::Marked;

/// A mark with its words.
pub fn marked(said: Marked) -> AnyView {
    let class = if said.bound { "standing bound" } else { "standing" };
    view! {
        <span class=class>
            <span class="mark" aria-hidden="true">{said.mark}</span>
            " "
            <span>{said.words}</span>
        </span>
    }
    .into_any()
}

/// "On that day: ICCPR ● party · Budapest Convention ○ not a party", as a list.
pub fn on_that_day(lead: String, standings: &[OnDay]) -> AnyView {
    let items: Vec<(String, Marked)> =
        standings.iter().map(|one| (one.treaty.clone(), one.short.clone())).collect();
    view! {
        <div class="on-that-day">
            <p class="lead-in">{lead}</p>
            <ul class="inline">
                {items
                    .into_iter()
                    .map(|(treaty, said)| {
                        view! {
                            <li>
                                <span class="treaty">{treaty}</span>
                                " "
                                {marked(said)}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// The line that teaches what the marks do not say.
pub fn teach(text: Text) -> AnyView {
    view! { <p class="note teach">{text.say("standing-teach")}</p> }.into_any()
}

/// What each mark means.
pub fn legend(text: Text) -> AnyView {
    let statuses = [
        Status::Party,
        Status::ContractingState,
        Status::Signatory,
        Status::NotAParty,
        Status::Denounced,
        Status::ProvisionallyApplying,
        Status::ByExtension,
        Status::Addressed,
    ];
    let mut rows: Vec<(&'static str, String, String)> = statuses
        .into_iter()
        .map(|status| {
            let slug = status.slug();
            (status.mark(), text.say(&format!("status-{slug}")), text.say(&format!("standing-legend-{slug}")))
        })
        .collect();
    rows.push(("◔", text.say("status-open"), text.say("standing-legend-open")));
    rows.push(("–", text.say("status-did-not-exist-yet"), text.say("standing-legend-closed")));
    rows.push(("◌", text.say("status-no-record"), text.say("standing-legend-no-record")));
    view! {
        <details class="legend">
            <summary>{text.say("standing-legend")}</summary>
            <dl>
                {rows
                    .into_iter()
                    .map(|(mark, word, meaning)| {
                        view! {
                            <div>
                                <dt>
                                    <span class="mark" aria-hidden="true">{mark}</span>
                                    " "
                                    {word}
                                </dt>
                                <dd>{meaning}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </details>
    }
    .into_any()
}
