//! Finding something by any of its spellings, and saying which are near when it cannot be found: countries, treaties,
//! provisions.

use std::collections::BTreeMap;

/// Spellings, and what each stands for. Compared folded, word by word.
#[derive(Clone, Debug)]
pub struct Spellings<K> {
    /// Names and codes of its own: the first to have one keeps it.
    own: BTreeMap<String, K>,
    /// What else it is called: several may be called alike.
    others: BTreeMap<String, Vec<K>>,
    /// Every spelling with the name to show for it.
    all: Vec<(String, K, String)>,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Nothing was typed.
    Nothing,
    /// Nothing is called so; these names are near it.
    Unknown(Vec<String>),
    /// Several are called so: these.
    Several(Vec<String>),
}

impl<K> Default for Spellings<K> {
    fn default() -> Self {
        Self { own: BTreeMap::new(), others: BTreeMap::new(), all: Vec::new() }
    }
}

impl<K: Copy + PartialEq> Spellings<K> {
    /// Adds what is shown as `name`: spelt `own`, and `others` where nothing else has that spelling as its own.
    pub fn add<'a>(
        &mut self,
        key: K,
        name: &str,
        own: impl IntoIterator<Item = &'a str>,
        others: impl IntoIterator<Item = &'a str>,
    ) {
        for spelling in own.into_iter().map(folded).filter(|s| !s.is_empty()) {
            self.own.entry(spelling.clone()).or_insert(key);
            self.all.push((spelling, key, name.to_owned()));
        }
        for spelling in others.into_iter().map(folded).filter(|s| !s.is_empty()) {
            let same = self.others.entry(spelling.clone()).or_default();
            if !same.contains(&key) {
                same.push(key);
            }
            self.all.push((spelling, key, name.to_owned()));
        }
    }

    /// What `typed` stands for.
    pub fn find(&self, typed: &str) -> Result<K, Miss> {
        let typed = folded(typed);
        if typed.is_empty() {
            return Err(Miss::Nothing);
        }
        if let Some(key) = self.own.get(&typed) {
            return Ok(*key);
        }
        match self.others.get(&typed).map(Vec::as_slice) {
            Some([key]) => Ok(*key),
            Some(several) => Err(Miss::Several(several.iter().map(|key| self.name_of(*key)).collect())),
            None => Err(Miss::Unknown(self.near(&typed))),
        }
    }

    fn name_of(&self, key: K) -> String {
        self.all.iter().find(|(_, k, _)| *k == key).map(|(_, _, name)| name.clone()).unwrap_or_default()
    }

    /// Up to three names near `typed`: those that begin with it or hold all its words before those that look alike.
    fn near(&self, typed: &str) -> Vec<String> {
        let short: String = typed.chars().take(80).collect();
        let holds = |spelling: &str| short.split(' ').all(|word| spelling.split(' ').any(|w| w == word));
        let mut scored: Vec<(f64, &str)> = self
            .all
            .iter()
            .map(|(spelling, _, name)| {
                let begins = if spelling.starts_with(&short) || holds(spelling) { 1.0 } else { 0.0 };
                (begins + strsim::jaro_winkler(&short, spelling), name.as_str())
            })
            .filter(|(score, _)| *score > 0.8)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut near: Vec<String> = Vec::new();
        for (_, name) in scored {
            if near.len() < 3 && !near.iter().any(|n| n == name) {
                near.push(name.to_owned());
            }
        }
        near
    }
}

fn folded(spelling: &str) -> String {
    crate::fold::words(spelling).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings() -> Spellings<u8> {
        let mut all = Spellings::default();
        all.add(1, "Republic of Examplia", ["XEX", "Republic of Examplia"], ["South Examplia", "The Isles"]);
        all.add(2, "People’s Examplia", ["XPE", "People’s Examplia"], ["North Examplia", "The Isles", "XEX"]);
        all
    }

    #[test]
    fn any_spelling_finds_and_ones_own_comes_before_what_another_is_called() {
        let all = spellings();
        for typed in ["xex", " REPUBLIC of examplia ", "south  examplia", "Republic of Éxamplia"] {
            assert_eq!(all.find(typed), Ok(1), "{typed}");
        }
        assert_eq!(all.find("Peoples Examplia"), Err(Miss::Unknown(vec!["People’s Examplia".into()])));
    }

    #[test]
    fn what_is_said_of_several_is_refused_with_all_of_them() {
        let both = vec!["Republic of Examplia".to_owned(), "People’s Examplia".to_owned()];
        assert_eq!(spellings().find("the isles"), Err(Miss::Several(both.clone())));
        let Err(Miss::Unknown(mut near)) = spellings().find("Examplia") else { panic!("found") };
        near.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(near, both, "a word that two names hold names both");
        assert_eq!(spellings().find(" ,"), Err(Miss::Nothing));
        assert_eq!(spellings().find("Zzzz"), Err(Miss::Unknown(Vec::new())));
    }
}
