use kinora_film::kurbo::{Point, Rect};
use kinora_session::FrameTree;
use serde_json::Value;

/// What shows something that is meant to be seen, beside texts.
pub const PICTURES: [&str; 6] = ["Img", "Video", "Icon", "SVG", "Latex", "Code"];
/// Those of them that usually let nothing through.
const SOLID: [&str; 2] = ["Img", "Video"];

/// The nodes of one frame that was looked at.
pub struct Glance {
    /// The project's frame.
    pub frame: u64,
    /// The nodes in tree order.
    pub nodes: Vec<Seen>,
}

/// What of a node the rules need.
pub struct Seen {
    pub key: String,
    pub class: String,
    pub depth: usize,
    /// What it draws itself, as it lies on the canvas.
    pub own: Option<Rect>,
    /// Pixels of the canvas a unit of the node.
    pub scale: f64,
    /// With those above.
    pub opacity: f64,
    /// The place of its letters on the canvas, of an outermost text with some.
    pub letters: Option<Rect>,
    pub text: String,
    pub font_size: f64,
    /// Its fill, if that is one colour.
    pub fill: Option<[u8; 4]>,
    /// Whether it has an outline or a shadow, by which it stands out.
    pub stands_out: bool,
    pub place: Value,
}

impl Glance {
    /// What a tree of nodes tells.
    pub fn of(tree: &FrameTree) -> Self {
        let nodes = tree.nodes.as_array().into_iter().flatten();
        Self {
            frame: tree.number,
            nodes: nodes.map(Seen::of).collect(),
        }
    }

    /// Whether something that is drawn later, and lets nothing through, lies over all of a
    /// node's letters.
    pub fn is_covered(&self, index: usize) -> bool {
        let Some(letters) = self.nodes[index].letters else {
            return false;
        };
        self.nodes[index + 1..].iter().any(|node| {
            let is_solid = SOLID.contains(&node.class.as_str())
                || node.letters.is_none() && node.fill.is_some_and(|fill| fill[3] == 255);
            let over = |own: Rect| own.intersect(letters) == letters;
            is_solid && node.opacity > 0.95 && node.own.is_some_and(over)
        })
    }

    /// The nodes above one, nearest first.
    pub fn above(&self, index: usize) -> impl Iterator<Item = &Seen> {
        let mut depth = self.nodes[index].depth;
        self.nodes[..index].iter().rev().filter(move |node| {
            let is_above = node.depth < depth;
            depth = depth.min(node.depth);
            is_above
        })
    }
}

impl Seen {
    fn of(node: &Value) -> Self {
        let text = |name: &str| node[name].as_str().unwrap_or_default().to_owned();
        let properties = node["properties"].as_array();
        let property = |name: &str| {
            let mut properties = properties.into_iter().flatten();
            let found = properties.find(|property| property["name"] == name);
            found.and_then(|property| property["value"].as_str())
        };
        let number = |name: &str| property(name).and_then(|text| text.parse::<f64>().ok());
        let lines = node["lines"].as_array();
        let lines: Vec<&str> = lines
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let outlined = property("stroke")
            .and_then(color)
            .is_some_and(|stroke| stroke[3] > 0)
            && number("lineWidth").is_some_and(|width| width > 0.0);
        let shadowed = property("shadowColor")
            .and_then(color)
            .is_some_and(|shadow| shadow[3] > 0);
        Self {
            key: text("key"),
            class: text("class"),
            depth: node["depth"].as_u64().unwrap_or(0) as usize,
            own: bounds(&node["own"]),
            scale: node["scale"].as_f64().unwrap_or(1.0),
            opacity: node["opacity"].as_f64().unwrap_or(1.0),
            letters: bounds(&node["letters"])
                .filter(|_| lines.iter().any(|line| !line.trim().is_empty())),
            text: lines.join(" "),
            font_size: number("fontSize").unwrap_or(0.0),
            fill: property("fill").and_then(color),
            stands_out: outlined || shadowed,
            place: node["place"].clone(),
        }
    }

    /// Whether it can be seen where it lies on the canvas.
    pub fn is_visible(&self) -> bool {
        self.opacity > 0.05
    }
}

/// The box around four corners; none of nothing.
fn bounds(corners: &Value) -> Option<Rect> {
    let corners = corners
        .as_array()?
        .iter()
        .filter_map(|corner| Some(Point::new(corner[0].as_f64()?, corner[1].as_f64()?)));
    let corners: Vec<Point> = corners.collect();
    let (first, rest) = corners.split_first()?;
    let start = Rect::from_points(*first, *first);
    let around = rest.iter().fold(start, |rect, point| rect.union_pt(*point));
    (around.width() > 0.0 && around.height() > 0.0).then_some(around)
}

/// A colour as properties tell it: `#rrggbb`, `#rrggbbaa`, `rgb(r, g, b)` or `rgba(r, g, b, a)`.
pub fn color(text: &str) -> Option<[u8; 4]> {
    if let Some(digits) = text.strip_prefix('#') {
        let doubled: String = match digits.len() {
            3 | 4 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        let byte = |at: usize| u8::from_str_radix(doubled.get(at..at + 2)?, 16).ok();
        let alpha = if doubled.len() == 8 { byte(6)? } else { 255 };
        return Some([byte(0)?, byte(2)?, byte(4)?, alpha]);
    }
    let inner = text.split_once('(')?.1.strip_suffix(')')?;
    let parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let parts: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
    let channel = |value: f64| value.round().clamp(0.0, 255.0) as u8;
    match parts[..] {
        [r, g, b] => Some([channel(r), channel(g), channel(b), 255]),
        [r, g, b, a] => Some([channel(r), channel(g), channel(b), channel(a * 255.0)]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        for (text, wanted) in [
            ("#fff", Some([255; 4])),
            ("#10203040", Some([16, 32, 48, 64])),
            ("rgb(1, 2, 3)", Some([1, 2, 3, 255])),
            ("rgba(1,2,3,0.5)", Some([1, 2, 3, 128])),
            ("red", None),
            ("#12", None),
        ] {
            assert_eq!(color(text), wanted, "{text}");
        }
    }
}
