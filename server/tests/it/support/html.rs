//! Reading a page as a browser without scripts does: its elements, its words, its links, its forms.
//!
//! Whatever somebody typed must come out as words, never as an element or an attribute; so this reads the bytes as the
//! HTML standard's tokeniser does, and not as we meant them.

/// An element's start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name, in lower case.
    pub(crate) name: String,
    /// Its attributes, names in lower case, values decoded.
    pub(crate) attributes: Vec<(String, String)>,
    /// The text inside, for elements whose content is text only.
    pub(crate) content: String,
}

/// A form as it stands on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Where it is sent.
    pub(crate) action: String,
    /// What it would send, in order.
    pub(crate) fields: Vec<(String, String)>,
    /// Its buttons.
    pub(crate) buttons: Vec<(String, String)>,
}

/// A page, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Its elements, in order.
    pub(crate) tags: Vec<Tag>,
    /// Its words, one space between them.
    pub(crate) words: String,
    /// Its forms.
    pub(crate) forms: Vec<Form>,
}

impl Tag {
    /// An attribute's value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

impl Form {
    /// Types into fields that stand there; a box or a select takes the value.
    #[track_caller]
    pub(crate) fn fill(&mut self, typed: &[(&str, &str)]) {
        for (name, value) in typed {
            let last = self.fields.iter().rposition(|(n, _)| n == name);
            let at = last.unwrap_or_else(|| panic!("no field {name} in {:?}", self.names()));
            self.fields[at].1 = (*value).to_owned();
        }
    }

    /// What a field holds.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|(name, _)| name.as_str()).collect()
    }
}

impl Page {
    /// The form that is sent to `action`.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Form {
        self.find_form(action).unwrap_or_else(|| panic!("no form to {action}: {:?}", self.forms))
    }

    /// The form that is sent to `action`, if the page offers it.
    pub(crate) fn find_form(&self, action: &str) -> Option<Form> {
        self.forms.iter().find(|form| form.action == action).cloned()
    }

    /// Where its links and pictures lead.
    pub(crate) fn links(&self) -> Vec<String> {
        let link =
            |tag: &Tag| tag.get("href").or(tag.get("src")).or(tag.get("xlink:href")).map(str::to_owned);
        self.tags.iter().filter_map(link).collect()
    }

    /// Reads a document.
    pub(crate) fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut words = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            words += &decoded(&rest[..at]);
            rest = &rest[at..];
            let second = rest[1..].chars().next().unwrap_or(' ');
            if rest.starts_with("<!--") {
                rest = after(rest, "-->");
            } else if second == '!' || second == '?' || second == '/' {
                rest = after(rest, ">");
                words.push(' ');
            } else if second.is_ascii_alphabetic() {
                let (mut tag, end) = tag(rest);
                rest = &rest[end..];
                if matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title") {
                    let close = format!("</{}", tag.name);
                    let at = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                    tag.content = decoded(&rest[..at]);
                    if tag.name == "title" {
                        words += &tag.content;
                    }
                    rest = &rest[at..];
                }
                words.push(' ');
                page.tags.push(tag);
            } else {
                words.push('<');
                rest = &rest[1..];
            }
        }
        words += &decoded(rest);
        page.words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        page.forms = forms(&page.tags);
        page
    }
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

/// The tag that `text` begins with, and where it ends.
fn tag(text: &str) -> (Tag, usize) {
    let bytes = text.as_bytes();
    let ends = |b: u8| b.is_ascii_whitespace() || b == b'>' || b == b'/';
    let mut at = 1;
    while at < bytes.len() && !ends(bytes[at]) {
        at += 1;
    }
    let mut tag = Tag { name: text[1..at].to_ascii_lowercase(), ..Tag::default() };
    loop {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
            at += 1;
        }
        if at >= bytes.len() || bytes[at] == b'>' {
            return (tag, (at + 1).min(text.len()));
        }
        let start = at;
        while at < bytes.len() && !ends(bytes[at]) && (bytes[at] != b'=' || at == start) {
            at += 1;
        }
        let name = text[start..at].to_ascii_lowercase();
        let mut value = String::new();
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            let quote = bytes.get(at).copied().filter(|b| matches!(b, b'"' | b'\''));
            let from = at + usize::from(quote.is_some());
            let length = match quote {
                Some(quote) => bytes[from..].iter().position(|b| *b == quote),
                None => bytes[from..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>'),
            };
            let to = from + length.unwrap_or(bytes.len() - from);
            value = decoded(&text[from..to]);
            at = (to + usize::from(quote.is_some())).min(bytes.len());
        }
        tag.attributes.push((name, value));
    }
}

fn decoded(text: &str) -> String {
    let mut out = text.to_owned();
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, character);
    }
    out
}

fn forms(tags: &[Tag]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut select: Option<(String, bool)> = None;
    for tag in tags {
        let of = |name: &str| tag.get(name).unwrap_or_default().to_owned();
        if tag.name == "form" {
            forms.push(Form { action: of("action"), ..Form::default() });
        }
        let Some(form) = forms.last_mut() else { continue };
        match tag.name.as_str() {
            "input" => {
                let is_tick = matches!(tag.get("type"), Some("checkbox" | "radio"));
                if !is_tick || tag.get("checked").is_some() {
                    form.fields.push((of("name"), of("value")));
                }
            }
            "textarea" => {
                // The parser drops one newline after the tag; a form sends CRLF.
                let typed = tag.content.strip_prefix('\n').unwrap_or(&tag.content);
                form.fields.push((of("name"), typed.replace("\r\n", "\n").replace('\n', "\r\n")));
            }
            "select" => select = Some((of("name"), false)),
            "option" => {
                let Some((name, sent)) = &mut select else { continue };
                let chosen = tag.get("selected").is_some();
                if chosen && *sent {
                    form.fields.pop();
                }
                if chosen || !*sent {
                    form.fields.push((name.clone(), of("value")));
                    *sent = true;
                }
            }
            "button" => form.buttons.push((of("name"), of("value"))),
            _ => {}
        }
    }
    forms
}

#[test]
fn a_page_is_read_as_a_browser_reads_it() {
    let page = Page::read(
        "<!DOCTYPE html><title>A &amp; B</title><!-- <b> --><form action=\"/x\"><input name=a value='1 &quot;'>\
         <input type=checkbox name=c value=yes><input type=checkbox name=d value=yes checked>\
         <textarea name=t>\n\nx</textarea><select name=s><option value=1><option value=2 selected></select>\
         <button name=do value=save>Go</button></form><a href=/y onclick=z>1 < 2</a>",
    );
    let form = page.form("/x");
    let pairs = [("a", "1 \""), ("d", "yes"), ("t", "\r\nx"), ("s", "2")];
    assert_eq!(form.fields, pairs.map(|(n, v)| (n.to_owned(), v.to_owned())));
    assert_eq!(form.buttons, [("do".to_owned(), "save".to_owned())]);
    assert_eq!(page.words, "A & B Go 1 < 2");
    assert_eq!(page.links(), ["/y"]);
    assert_eq!(page.tags.last().unwrap().get("onclick"), Some("z"));
}
