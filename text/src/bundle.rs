//! The catalogues, parsed once per language and kept.
//!
//! A catalogue that does not parse, or a key that stands twice, stops the program at the first
//! sentence in a debug build; the tests read every catalogue, so it does not get that far.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{Arg, Language, numbers};

/// (language code, file name, content) of each catalogue.
static CATALOGUES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

type Bundle = FluentBundle<FluentResource>;

/// The keys of the messages that a language's own catalogues hold, sorted. Terms are not among them.
pub fn keys(language: Language) -> Vec<String> {
    let mut keys: Vec<String> = catalogues(language)
        .flat_map(|(_, content)| content.lines().filter_map(key_of))
        .map(str::to_owned)
        .collect();
    keys.sort();
    keys
}

/// The sentence, or what is wrong with asking for it.
pub(crate) fn format(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> Result<String, String> {
    let bundle = speaker(language, key).ok_or_else(|| format!("no message {key:?}"))?;
    let pattern = bundle
        .get_message(key)
        .and_then(|message| message.value())
        .ok_or_else(|| format!("message {key:?} has no value"))?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        let value = match arg {
            Arg::Text(words) => FluentValue::from(words.as_ref()),
            Arg::Number(number) => FluentValue::from(*number),
        };
        values.set(*name, value);
    }
    let mut problems = Vec::new();
    let sentence = bundle.format_pattern(pattern, Some(&values), &mut problems);
    match problems.first() {
        None => Ok(sentence.into_owned()),
        Some(problem) => Err(format!("message {key:?}: {problem}")),
    }
}

/// Whether the message can be said.
pub(crate) fn has(language: Language, key: &str) -> bool {
    speaker(language, key).is_some()
}

/// The bundle that holds the message: the language's own, else English.
fn speaker(language: Language, key: &str) -> Option<&'static Bundle> {
    [language, Language::English].into_iter().map(bundle).find(|bundle| bundle.has_message(key))
}

fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    BUNDLES[language as usize].get_or_init(|| read(language))
}

fn read(language: Language) -> Bundle {
    let id: LanguageIdentifier = language.code().parse().expect("two-letter codes are language identifiers");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Marks that isolate a number or name from its sentence matter only where both directions mix.
    bundle.set_use_isolating(language.is_right_to_left());
    let formatter = match language {
        Language::English => |value: &FluentValue<'_>, _: &_| written(Language::English, value),
        Language::French => |value: &FluentValue<'_>, _: &_| written(Language::French, value),
        Language::Spanish => |value: &FluentValue<'_>, _: &_| written(Language::Spanish, value),
        Language::Arabic => |value: &FluentValue<'_>, _: &_| written(Language::Arabic, value),
    };
    bundle.set_formatter(Some(formatter));
    for (name, content) in catalogues(language) {
        let resource = match FluentResource::try_new(content.to_owned()) {
            Ok(resource) => resource,
            Err((resource, problems)) => {
                debug_assert!(problems.is_empty(), "text: {name} does not parse: {problems:?}");
                resource
            }
        };
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "text: {name} says a key again: {added:?}");
    }
    bundle
}

fn written(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.options.minimum_fraction_digits.is_none() => {
            Some(numbers::in_sentence(language, number.value))
        }
        _ => None,
    }
}

fn catalogues(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    CATALOGUES
        .iter()
        .filter(move |(code, _, _)| *code == language.code())
        .map(|(_, name, content)| (*name, *content))
}

/// The key of a line that begins a message (`key = …` at its very start), as Fluent's grammar has it.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end_matches(' ');
    let begins = key.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    (begins && key.chars().all(rest)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::Entry;
    use std::collections::HashMap;

    #[test]
    fn every_catalogue_parses_and_says_no_key_twice() {
        assert!(!CATALOGUES.is_empty());
        for language in Language::ALL {
            let mut seen: HashMap<String, &str> = HashMap::new();
            for (name, content) in catalogues(language) {
                let parsed = fluent_syntax::parser::parse(content)
                    .unwrap_or_else(|(_, problems)| panic!("{name} does not parse: {problems:?}"));
                for entry in parsed.body {
                    let key = match entry {
                        Entry::Message(message) => message.id.name.to_owned(),
                        Entry::Term(term) => format!("-{}", term.id.name),
                        _ => continue,
                    };
                    if let Some(first) = seen.insert(key.clone(), name) {
                        panic!("{key} stands in {first} and in {name}");
                    }
                }
            }
            let mut messages: Vec<String> = seen.into_keys().filter(|key| !key.starts_with('-')).collect();
            messages.sort();
            assert_eq!(keys(language), messages, "keys() agrees with the parser");
        }
    }

    #[test]
    fn every_folder_is_a_language() {
        for (code, name, _) in CATALOGUES {
            assert!(Language::from_code(code).is_some(), "{code}/{name}");
        }
    }

    /// What Fluent cannot see is a reference to a message or term that is not there.
    #[test]
    fn no_message_refers_to_a_missing_one() {
        for language in Language::ALL {
            for key in keys(language) {
                if let Err(problem) = format(language, &key, &[]) {
                    // Without arguments only an unknown *variable* may be missed.
                    assert!(problem.to_lowercase().contains("variable"), "{problem}");
                }
            }
        }
    }
}
