//! References: `TW-2016-0001`, given when an incident is first published, never changed or used again.

/// Whether `text` is written like a reference, and does not only begin like one.
pub fn is_reference(text: &str) -> bool {
    let digits = |part: &str| (4..10).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts = text.strip_prefix("TW-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(year, number)| digits(year) && digits(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_references_are_references() {
        assert!(is_reference("TW-2016-0001") && is_reference("TW-2016-12345"));
        for odd in [
            "",
            "TW",
            "TW-2016",
            "tw-2016-0001",
            "TW-16-0001",
            "TW-2016-0001-2",
            "TW-2016-0001234567",
            "TW-2016-00x1",
            "TW-2016-0001 ",
        ] {
            assert!(!is_reference(odd), "{odd:?}");
        }
    }
}
