//! Treaties and their provisions, found by any of their spellings: a title, a number of a series, "article 19, paragraph 3".

use std::collections::BTreeMap;

use super::{Provision, ProvisionNumber, Treaty, TreatySlug};
use crate::error::Problem;
use crate::fold::words;
use crate::spelling::{Miss, Spellings};

/// What is on record of treaties and provisions, by its spellings.
#[derive(Clone, Debug, Default)]
pub struct Library {
    titles: Spellings<usize>,
    shelf: Vec<Volume>,
}

#[derive(Clone, Debug)]
struct Volume {
    slug: TreatySlug,
    title: String,
    provisions: Vec<(ProvisionNumber, String)>,
    headings: Spellings<usize>,
}

/// Numbers in the depositary's series, and what else a treaty is called that its titles do not say.
const ALSO_CALLED: &[(&str, &[&str])] = &[
    ("budapest", &["CETS 185", "ETS 185", "Budapest", "Cybercrime Convention", "BCC"]),
    (
        "budapest-protocol-1",
        &["CETS 189", "ETS 189", "Budapest Protocol 1", "Protocol on xenophobia and racism"],
    ),
    ("budapest-protocol-2", &["CETS 224", "Budapest Protocol 2", "Protocol on electronic evidence"]),
    ("convention-108", &["CETS 108", "ETS 108"]),
    ("convention-108-plus", &["CETS 223", "Convention 108 plus"]),
    (
        "iccpr",
        &[
            "Civil and political rights covenant",
            "PIDCP",
            "CCPR",
            "العهد الدولي الخاص بالحقوق المدنية والسياسية",
        ],
    ),
    ("iccpr-op1", &["First Optional Protocol", "OP1"]),
    ("malabo", &["Malabo"]),
    ("un-cybercrime", &["UNCC", "UN Convention against Cybercrime", "Hanoi"]),
];

impl Library {
    /// Of what is on record.
    pub fn new<'a>(treaties: &[Treaty], provisions: impl IntoIterator<Item = &'a Provision>) -> Self {
        let mut by_treaty: BTreeMap<&str, Vec<&Provision>> = BTreeMap::new();
        for provision in provisions {
            by_treaty.entry(provision.treaty.as_str()).or_default().push(provision);
        }
        let mut library = Self::default();
        for (at, treaty) in treaties.iter().enumerate() {
            let (slug, short) = (treaty.slug.as_str(), treaty.short_title.as_str());
            let also =
                ALSO_CALLED.iter().filter(|(of, _)| *of == slug).flat_map(|(_, names)| *names).copied();
            // "UN Cybercrime Convention (Hanoi Convention)" is called by each of the two.
            let within = short.split(['(', ')']).chain(treaty.official_title.split(';').take(1));
            library.titles.add(at, short, [slug, short, &treaty.official_title], within.chain(also));
            let mut volume = Volume {
                slug: treaty.slug.clone(),
                title: short.to_owned(),
                provisions: Vec::new(),
                headings: Spellings::default(),
            };
            for (n, provision) in by_treaty.remove(slug).into_iter().flatten().enumerate() {
                let number = provision.number.as_str();
                volume.headings.add(n, number, [], [provision.heading.as_str()]);
                volume.provisions.push((provision.number.clone(), provision.heading.clone()));
            }
            library.shelf.push(volume);
        }
        library
    }

    /// The treaty that `typed` names.
    pub fn treaty(&self, typed: &str) -> Result<&TreatySlug, Problem> {
        let value = || typed.trim().chars().take(80).collect();
        if typed.trim().is_empty() {
            return Err(Problem::Missing);
        }
        // "Convention 108+" and "Convention 108" differ in a sign that folding passes over.
        let exact = |volume: &&Volume| volume.title == typed.trim() || volume.slug.as_str() == typed.trim();
        if let Some(volume) = self.shelf.iter().find(exact) {
            return Ok(&volume.slug);
        }
        match self.titles.find(typed) {
            Ok(at) => Ok(&self.shelf[at].slug),
            Err(Miss::Nothing) => Err(Problem::Missing),
            Err(Miss::Unknown(near)) => Err(Problem::UnknownTreaty { value: value(), near }),
            Err(Miss::Several(near)) => Err(Problem::SeveralTreaties { value: value(), near }),
        }
    }

    /// The provision of the treaty that `typed` names: by its number in any writing, or by its heading. A paragraph of an
    /// article on record is taken as its treaty would number it; of a treaty without provisions on record, any number is.
    pub fn provision(&self, treaty: &TreatySlug, typed: &str) -> Result<ProvisionNumber, Problem> {
        if typed.trim().is_empty() {
            return Err(Problem::Missing);
        }
        let unknown =
            |near| Err(Problem::UnknownProvision { value: typed.trim().chars().take(80).collect(), near });
        let Some(volume) = self.volume(treaty.as_str()) else { return unknown(Vec::new()) };
        let on_record = |number: &str| {
            volume.provisions.iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(number))
        };
        let number = number(typed);
        if let Some((known, _)) = number.as_deref().and_then(on_record) {
            return Ok(known.clone());
        }
        match volume.headings.find(typed) {
            Ok(at) => return Ok(volume.provisions[at].0.clone()),
            Err(Miss::Several(near)) => return unknown(near),
            Err(Miss::Unknown(near)) if number.is_none() => return unknown(near),
            Err(_) => {}
        }
        let number = number.unwrap_or_default();
        let article = number.split('(').next().unwrap_or_default();
        let of_article =
            |(known, _): &&(ProvisionNumber, String)| known.article().eq_ignore_ascii_case(article);
        if volume.provisions.is_empty() || volume.provisions.iter().any(|one| of_article(&one)) {
            return number.parse();
        }
        unknown(Vec::new())
    }

    /// A treaty's short title.
    pub fn title(&self, treaty: &str) -> Option<&str> {
        self.volume(treaty).map(|volume| volume.title.as_str())
    }

    /// Every treaty's short title, in the record's order.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.shelf.iter().map(|volume| volume.title.as_str())
    }

    /// A treaty's provisions with their headings, in its order.
    pub fn provisions(&self, treaty: &str) -> &[(ProvisionNumber, String)] {
        self.volume(treaty).map_or(&[], |volume| &volume.provisions)
    }

    fn volume(&self, treaty: &str) -> Option<&Volume> {
        self.shelf.iter().find(|volume| volume.slug.as_str() == treaty)
    }
}

/// What stands before or between the numbers of a provision, folded.
const NUMBERED_BY: &[&str] = &[
    "article",
    "articles",
    "art",
    "arts",
    "articulo",
    "artigo",
    "artikel",
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "par",
    "paragraphe",
    "parrafo",
    "alinea",
    "no",
    "of",
    "the",
    "norm",
    "المادة",
    "الماده",
    "الفقرة",
    "الفقره",
];

/// "Article 19, paragraph 3", "art. 19.3" and "19 (3)" as "19(3)"; nothing for what is no number.
fn number(typed: &str) -> Option<String> {
    let parts: Vec<String> =
        words(typed).into_iter().filter(|word| !NUMBERED_BY.contains(&word.as_str())).collect();
    let is_part = |part: &String| {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let letters = &part[digits..];
        letters.chars().all(|c| c.is_ascii_lowercase())
            && digits <= 3
            && letters.len() <= if digits > 0 { 3 } else { 2 }
    };
    let (article, rest) = parts.split_first()?;
    if parts.len() > 4 || !parts.iter().all(is_part) {
        return None;
    }
    Some(rest.iter().fold(article.clone(), |number, part| format!("{number}({part})")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::tests::treaty;

    fn library() -> Library {
        let mut first = treaty("example");
        first.short_title = "Example Convention (Sampletown Convention)".to_owned();
        first.official_title = "Convention of Examples; with Samples".to_owned();
        let mut second = treaty("example-protocol-1");
        second.short_title = "First Protocol".to_owned();
        let bare = treaty("iccpr");
        let provision = |number: &str, heading: &str| Provision {
            treaty: "example".parse().unwrap(),
            number: number.parse().unwrap(),
            heading: heading.to_owned(),
            heading_is_ours: false,
            topics: Vec::new(),
            binding_words: String::new(),
            checked: true,
            checked_on: None,
            source_url: String::new(),
            note: String::new(),
        };
        let provisions = [
            provision("19", "Freedom of samples"),
            provision("19(3)", "Restrictions of samples"),
            provision("a", "A norm"),
        ];
        Library::new(&[first, second, bare], &provisions)
    }

    #[test]
    fn a_treaty_is_found_by_any_of_its_titles_and_what_is_near_is_named() {
        let library = library();
        for typed in ["EXAMPLE", "sampletown convention", "Example Convention", "convention of examples"] {
            assert_eq!(library.treaty(typed).map(TreatySlug::as_str), Ok("example"), "{typed}");
        }
        assert_eq!(library.treaty("PIDCP").map(TreatySlug::as_str), Ok("iccpr"));
        let Err(Problem::UnknownTreaty { near, .. }) = library.treaty("Exampel Convention") else { panic!() };
        assert_eq!(near[0], "Example Convention (Sampletown Convention)");
        assert_eq!(library.treaty(" "), Err(Problem::Missing));
    }

    #[test]
    fn a_provision_is_found_by_its_number_however_written_or_by_its_heading() {
        let (library, treaty) = (library(), "example".parse().unwrap());
        for typed in [
            "19(3)",
            "Article 19 (3)",
            "art. 19, para. 3",
            "19.3",
            "§ 19 (3)",
            "المادة 19 الفقرة 3",
            "restrictions of SAMPLES",
        ] {
            assert_eq!(library.provision(&treaty, typed).unwrap().as_str(), "19(3)", "{typed}");
        }
        assert_eq!(library.provision(&treaty, "norm A").unwrap().as_str(), "a");
        assert_eq!(
            library.provision(&treaty, "art. 19(2)(b)").unwrap().as_str(),
            "19(2)(b)",
            "of an article on record"
        );
        let none = |typed: &str| library.provision(&treaty, typed).unwrap_err();
        assert!(matches!(none("99"), Problem::UnknownProvision { near, .. } if near.is_empty()));
        assert!(matches!(none("samples"), Problem::UnknownProvision { near, .. } if near == ["19", "19(3)"]));
        let bare = "iccpr".parse().unwrap();
        assert_eq!(
            library.provision(&bare, "Article 99").unwrap().as_str(),
            "99",
            "nothing on record says no"
        );
    }
}
