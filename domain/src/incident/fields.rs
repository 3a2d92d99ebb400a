//! Which fields a kind of incident asks for.
//!
//! Title, places, days, narrative, sources, who decided and why, and what publishing asks for belong to every kind. The
//! fields below are asked for by some kinds only; a draft of another kind may hold them all the same, and keeps them.

use super::lists::Kind;

/// The fields that only some kinds ask for, in the order of the form.
pub const SOMETIMES: &[&str] = &[
    "start_time",
    "end_time",
    "extent",
    "services",
    "networks",
    "aimed_at",
    "people_affected",
    "channel",
    "requesting_state",
    "requesting_authority",
    "requested_state",
    "requested_authority",
    "provider",
    "targets",
    "law",
    "article",
    "persons",
    "stages",
];

/// Those of [`SOMETIMES`] that `kind` asks for, in the order of the form.
pub fn fields_for(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::InternetShutdown | Kind::Throttling | Kind::PlatformBlocking => &[
            "start_time",
            "end_time",
            "extent",
            "services",
            "networks",
            "aimed_at",
            "people_affected",
            "law",
            "article",
        ],
        Kind::Prosecution | Kind::ArrestOrDetention | Kind::Reprisal => {
            &["law", "article", "persons", "stages"]
        }
        Kind::Surveillance | Kind::DataRequest => {
            &["services", "aimed_at", "people_affected", "provider", "law", "article", "persons"]
        }
        Kind::CooperationRequest => &[
            "channel",
            "requesting_state",
            "requesting_authority",
            "requested_state",
            "requested_authority",
            "provider",
            "law",
            "article",
            "persons",
        ],
        Kind::LawEnforcementOperation | Kind::PrivateHackBack => {
            &["networks", "people_affected", "targets", "law", "article"]
        }
        Kind::LawOrDraft => &["law", "article"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::incident::Draft;

    #[test]
    fn each_kind_asks_in_the_forms_order_for_fields_that_the_form_has_and_none_is_asked_for_by_nobody() {
        let mut asked = Vec::new();
        for kind in Kind::ALL {
            let fields = fields_for(*kind);
            let order: Vec<_> = SOMETIMES.iter().filter(|f| fields.contains(f)).copied().collect();
            assert_eq!(order, fields, "{kind:?}");
            asked.extend(fields);
        }
        for field in SOMETIMES {
            assert!(asked.contains(&field), "{field}");
            let text = form::TEXTS.contains(field) && form::flatten(&Draft::default()).contains_key(*field);
            assert!(text || form::GROUPS.contains(field), "{field}");
        }
    }
}
