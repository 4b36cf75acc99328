//! How much a file may come to: `use`, patterns and markers draw parts of it again and
//! again, so that a small file can be an endless picture.

use std::collections::{HashMap, HashSet};

use resvg::usvg::roxmltree::Node;

use crate::SvgError;

/// Elements drawn, each as often as it is.
pub const MOST_ELEMENTS: u64 = 200_000;
/// How deep elements may lie within one another, `use` followed.
pub const DEEPEST: u32 = 200;
/// Bytes of a file.
pub const LARGEST: usize = 32 << 20;

/// What of a file refers to more of it.
struct Count<'a, 'input> {
    by_id: HashMap<&'a str, Node<'a, 'input>>,
    /// What parts come to, by their ids: elements and depth.
    known: HashMap<&'a str, (u64, u32)>,
    /// Parts that are being counted: one that refers to itself is not drawn there.
    open: HashSet<&'a str>,
    /// What one element comes to through a style sheet, at most.
    styled: u64,
}

/// Refuses a file that comes to more than what is drawn.
pub fn check(root: Node<'_, '_>) -> Result<(), SvgError> {
    check_depth(root)?;
    let elements = || root.descendants().filter(Node::is_element);
    let mut count = Count {
        by_id: elements()
            .filter_map(|node| Some((node.attribute("id")?, node)))
            .collect(),
        known: HashMap::new(),
        open: HashSet::new(),
        styled: 0,
    };
    let sheets =
        elements().filter(|node| node.has_tag_name("style") || node.tag_name().name() == "style");
    let sheets: Vec<&str> = sheets.filter_map(|node| node.text()).collect();
    let styled = sheets.iter().flat_map(|sheet| references(sheet));
    let styled: HashSet<&str> = styled.collect();
    count.styled = styled
        .iter()
        .map(|id| count.part(id, 0).0)
        .max()
        .unwrap_or(0);
    count.known.clear();
    let (elements, depth) = count.node(root, 0);
    if elements > MOST_ELEMENTS {
        return Err(SvgError::Large(format!(
            "more than {MOST_ELEMENTS} elements, those counted that are used again"
        )));
    }
    if depth > DEEPEST {
        return Err(too_deep());
    }
    Ok(())
}

fn too_deep() -> SvgError {
    SvgError::Large(format!(
        "elements that lie more than {DEEPEST} deep in one another"
    ))
}

/// Looks without recursion, so that the counting may recurse.
fn check_depth(root: Node<'_, '_>) -> Result<(), SvgError> {
    let mut waiting = vec![(root, 0)];
    while let Some((node, depth)) = waiting.pop() {
        if depth > DEEPEST {
            return Err(too_deep());
        }
        waiting.extend(node.children().map(|child| (child, depth + 1)));
    }
    Ok(())
}

impl<'a, 'input> Count<'a, 'input> {
    fn node(&mut self, node: Node<'a, 'input>, depth: u32) -> (u64, u32) {
        if !node.is_element() || is_flat(node) || depth > DEEPEST {
            return (0, depth);
        }
        let (mut elements, mut deepest) = (1 + self.styled, depth);
        let mut add = |(more, deep): (u64, u32), times: u64| {
            elements = elements.saturating_add(more.saturating_mul(times));
            deepest = deepest.max(deep);
        };
        for attribute in node.attributes() {
            if attribute.name() == "href" {
                if let Some(id) = attribute.value().trim().strip_prefix('#') {
                    add(self.part(id, depth), 1);
                }
                continue;
            }
            let is_marker = attribute.name().starts_with("marker");
            for id in references(attribute.value()) {
                // a marker stands at each point, and a point takes some letters
                let points = node.attribute("d").or(node.attribute("points"));
                let times = match is_marker || attribute.name() == "style" {
                    true => 1 + points.map_or(2, |points| points.len() as u64 / 2),
                    false => 1,
                };
                add(self.part(id, depth), times);
            }
        }
        for child in node.children() {
            add(self.node(child, depth + 1), 1);
        }
        (elements, deepest)
    }

    /// What the element with this id comes to where it is used at a depth.
    fn part(&mut self, id: &str, depth: u32) -> (u64, u32) {
        let Some((&id, &node)) = self.by_id.get_key_value(id) else {
            return (0, depth);
        };
        if let Some((elements, deep)) = self.known.get(id) {
            return (*elements, depth + deep);
        }
        if !self.open.insert(id) {
            return (0, depth);
        }
        let (elements, deepest) = self.node(node, depth + 1);
        self.open.remove(id);
        self.known.insert(id, (elements, deepest - depth));
        (elements, deepest)
    }
}

/// Whether nothing of it is drawn once for each use.
fn is_flat(node: Node<'_, '_>) -> bool {
    ["linearGradient", "radialGradient"].contains(&node.tag_name().name())
}

/// The ids of `url(#id)` in a text.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let inner = rest.split(')').next()?;
        inner
            .trim()
            .trim_matches(['"', '\''])
            .trim()
            .strip_prefix('#')
    })
}

#[cfg(test)]
mod tests {
    use resvg::usvg::roxmltree::Document;

    use super::*;

    fn refused(text: &str) -> Option<String> {
        let document = Document::parse(text).unwrap();
        check(document.root_element())
            .err()
            .map(|error| error.to_string())
    }

    /// Each level draws the one below ten times.
    fn bomb(one: impl Fn(usize) -> String) -> String {
        let levels: String = (1..12)
            .map(|level| format!("<g id='l{level}'>{}</g>", one(level - 1).repeat(10)))
            .collect();
        format!("<svg><defs><rect id='l0'/>{levels}</defs>{}</svg>", one(11))
    }

    #[test]
    fn what_multiplies_is_refused_and_so_is_what_is_deep() {
        let uses = bomb(|level| format!("<use href='#l{level}'/>"));
        assert!(refused(&uses).unwrap().contains("200000 elements"));
        let fills = bomb(|level| format!("<rect fill='url(#l{level})'/>"));
        assert!(refused(&fills).unwrap().contains("200000 elements"));
        let deep = format!("<svg>{}{}</svg>", "<g>".repeat(300), "</g>".repeat(300));
        assert!(refused(&deep).unwrap().contains("200 deep"));
        let chain: String = (1..300)
            .map(|n| format!("<g id='c{n}'><use href='#c{}'/></g>", n - 1))
            .collect();
        assert!(
            refused(&format!("<svg>{chain}</svg>"))
                .unwrap()
                .contains("deep")
        );
    }

    #[test]
    fn ordinary_files_and_circles_are_not() {
        assert_eq!(
            refused("<svg><g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>"),
            None
        );
        let gradient = "<linearGradient id='g'><stop/><stop/></linearGradient>";
        let shapes = "<rect fill='url(#g)'/>".repeat(10_000);
        assert_eq!(refused(&format!("<svg>{gradient}{shapes}</svg>")), None);
    }
}
