use resvg::usvg::{
    Options, Tree,
    roxmltree::{self, Node},
};

use crate::{
    SvgError, limit, path,
    reader::{malformed, parse_options},
    size::is_sized,
};

const SVG: &str = "http://www.w3.org/2000/svg";
const LINK: &str = "http://www.w3.org/1999/xlink";

/// The elements of a file, as they stand there.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The outermost `svg`.
    pub root: Element,
    /// Left, top, width and height of all that is drawn, of a file that does not say
    /// how large it is.
    pub bounds: Option<[f64; 4]>,
}

/// An element of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its name, without a namespace.
    pub name: String,
    /// Names, without a namespace, and values.
    pub attributes: Vec<(String, String)>,
    /// What is in it, texts aside.
    pub children: Vec<Element>,
}

/// The elements of the first `svg` in a text, be there something around it or not.
/// As in a page, its namespaces need not be told.
///
/// # Errors
/// When there is none, it is not well-formed, or larger than what is drawn.
pub fn document(text: &str) -> Result<Document, SvgError> {
    let start = text.find("<svg").ok_or(SvgError::Missing)?;
    let end = match text.rfind("</svg>") {
        Some(end) if end > start => end + "</svg>".len(),
        _ => text.len(),
    };
    let inner = text[start..end].trim_end();
    let (before, after) = inner.split_at("<svg".len());
    let head = after.split('>').next().unwrap_or("");
    let mut told = String::new();
    if !head.contains("xmlns=") {
        told += &format!(" xmlns=\"{SVG}\"");
    }
    if after.contains("xlink:") && !head.contains("xmlns:xlink") {
        told += &format!(" xmlns:xlink=\"{LINK}\"");
    }
    let whole = format!("{before}{told}{after}");
    let above = &text[..start];
    let lines = above.matches('\n').count() as u32;
    let left = above.rsplit('\n').next().unwrap_or("").chars().count() as u32;
    let document =
        roxmltree::Document::parse_with_options(&whole, parse_options()).map_err(|error| {
            let (first, shift) = (error.pos().row == 1, told.len() as u32);
            match malformed(&error, lines) {
                SvgError::Malformed {
                    line,
                    column,
                    cause,
                } if first => SvgError::Malformed {
                    line,
                    column: column.saturating_sub(shift).max(1) + left,
                    cause,
                },
                other => other,
            }
        })?;
    let root = document.root_element();
    limit::check(root)?;
    let bounds = match is_sized(root) {
        true => None,
        false => bounds(&document),
    };
    Ok(Document {
        root: element(root),
        bounds,
    })
}

fn bounds(document: &roxmltree::Document<'_>) -> Option<[f64; 4]> {
    let tree = Tree::from_xmltree(document, &Options::default()).ok()?;
    let drawn = path::rect(tree.root().abs_bounding_box());
    (drawn.area() > 0.0).then(|| [drawn.x0, drawn.y0, drawn.width(), drawn.height()])
}

fn element(node: Node<'_, '_>) -> Element {
    let attributes = node.attributes();
    let children = node.children().filter(Node::is_element);
    Element {
        name: node.tag_name().name().to_owned(),
        attributes: attributes
            .map(|it| (it.name().to_owned(), it.value().to_owned()))
            .collect(),
        children: children.map(element).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_svg_counts_and_namespaces_need_not_be_told() {
        let text = "<?xml version=\"1.0\"?>\n<!-- a --> <svg><g id='a'><use xlink:href='#b'/>text</g></svg>\n";
        let document = document(text).unwrap();
        assert_eq!(document.root.name, "svg");
        let group = &document.root.children[0];
        assert_eq!(group.attributes, [("id".to_owned(), "a".to_owned())]);
        assert_eq!(
            group.children[0].attributes[0],
            ("href".to_owned(), "#b".to_owned())
        );
    }

    #[test]
    fn a_fault_has_the_place_that_it_has_in_the_text() {
        let place = |text: &str| match document(text) {
            Err(SvgError::Malformed { line, column, .. }) => (line, column),
            other => panic!("{other:?}"),
        };
        assert_eq!(place("\n  <svg a=1></svg>"), (2, 10));
        assert_eq!(place("<svg>\n<g>\n</svg>"), (3, 1));
        assert_eq!(document("nothing"), Err(SvgError::Missing));
    }

    #[test]
    fn only_what_has_no_size_is_measured() {
        let bounds = |root: &str| {
            let text = format!("<svg {root}><rect x='1' y='2' width='3' height='4'/></svg>");
            document(&text).unwrap().bounds
        };
        assert_eq!(bounds(""), Some([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(bounds("viewBox='0 0 9 9'"), None);
        assert_eq!(bounds("width='9'"), None);
    }
}
