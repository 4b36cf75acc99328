use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};

/// An element of an answer: attributes and namespaces say nothing that is of use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// What stands in it, outside of its children.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The outermost element of a document; none if it is no XML.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        // The document itself is the bottom.
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => open.push(Self::named(tag.local_name().as_ref())),
                Event::Empty(tag) => {
                    let child = Self::named(tag.local_name().as_ref());
                    open.last_mut()?.children.push(child);
                }
                Event::End(_) => {
                    let child = open.pop()?;
                    open.last_mut()?.children.push(child);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text.decode().ok()?),
                Event::CData(data) => {
                    let text = String::from_utf8_lossy(&data).into_owned();
                    open.last_mut()?.text.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let name = name.decode().ok()?;
                    open.last_mut()?.text.push_str(&reference(&name)?);
                }
                Event::Eof => return open.pop()?.children.into_iter().next(),
                _ => {}
            }
        }
    }

    fn named(name: &[u8]) -> Self {
        Self {
            name: String::from_utf8_lossy(name).into_owned(),
            ..Self::default()
        }
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the element that these names lead to, each within the one before.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        let mut element = self;
        for name in path {
            element = element.child(name)?;
        }
        Some(element.text.trim())
    }

    /// The `member` elements of the list that these names lead to.
    pub fn members(&self, path: &[&str]) -> &[Self] {
        let mut element = self;
        for name in path {
            match element.child(name) {
                Some(child) => element = child,
                None => return &[],
            }
        }
        &element.children
    }
}

/// What `&name;` stands for.
fn reference(name: &str) -> Option<String> {
    let code = match name.strip_prefix('#') {
        None => return resolve_predefined_entity(name).map(str::to_owned),
        Some(digits) => match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        },
    };
    char::from_u32(code.ok()?).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read() {
        let text = "<?xml version=\"1.0\"?><R xmlns=\"urn:x\"><S><member><A>1 &lt; 2&#x26;&#51;</A><B/></member>\
                    <member><A> x </A></member></S></R>";
        let root = Element::parse(text).unwrap();
        let members = root.members(&["S"]);
        assert_eq!(members[0].text_at(&["A"]), Some("1 < 2&3"));
        assert_eq!(members[0].text_at(&["B"]), Some(""));
        assert_eq!(members[1].text_at(&["A"]), Some("x"));
        assert_eq!(root.text_at(&["S", "T"]), None);
        assert_eq!(Element::parse("<a><b></a>"), None);
        assert_eq!(Element::parse("not XML"), None);
    }
}
