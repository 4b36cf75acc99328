use kinora_film::kurbo::{Point, Rect};
use kinora_session::FrameTree;
use serde_json::Value;

use crate::rules::shared;

/// What shows something that is meant to be seen, beside texts.
pub const PICTURES: [&str; 6] = ["Img", "Video", "Icon", "SVG", "Latex", "Code"];
/// Kinds of nodes that usually fill their box.
const FILLED: [&str; 3] = ["rect", "img", "video"];

/// The nodes of one frame that was looked at.
pub struct Glance {
    /// The project's frame.
    pub frame: u64,
    /// The nodes in tree order.
    pub nodes: Vec<Seen>,
    /// Of each node, how many are drawn before it.
    drawn: Vec<usize>,
}

/// What of a node the rules need.
pub struct Seen {
    pub key: String,
    pub class: String,
    pub depth: usize,
    /// What it is to the stage.
    pub kind: String,
    /// What it draws itself, as it lies on the canvas.
    pub own: Option<Rect>,
    /// How long that is across and down, in pixels of the canvas.
    pub sides: (f64, f64),
    /// Whether its sides are those of the canvas.
    is_upright: bool,
    /// Whether nothing of what is below it is seen beyond its box.
    clips: bool,
    /// The order of its siblings.
    z_index: f64,
    /// Whether it simply lies on what is below.
    is_plain: bool,
    /// The pixels of the file that it shows.
    pub source: Option<(f64, f64)>,
    /// Whether that is smoothed.
    pub smoothing: bool,
    /// Where a video that plays once stands, and how long it is, in seconds.
    pub clip: Option<(f64, f64)>,
    pub font_family: String,
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
        let nodes: Vec<Seen> = nodes.map(Seen::of).collect();
        let mut glance = Self {
            frame: tree.number,
            drawn: drawn(&nodes),
            nodes,
        };
        glance.forget_clipped();
        glance
    }

    /// Forgets the boxes of what boxes above it clip away altogether.
    fn forget_clipped(&mut self) {
        for index in 0..self.nodes.len() {
            let clips: Vec<Rect> = self
                .above(index)
                .filter(|above| above.clips)
                .filter_map(|above| above.own)
                .collect();
            let is_left = |bounds: &Rect| {
                let seen = clips
                    .iter()
                    .fold(*bounds, |seen, clip| seen.intersect(*clip));
                seen.width() > 0.0 && seen.height() > 0.0
            };
            if !clips.is_empty() {
                let node = &mut self.nodes[index];
                node.letters = node.letters.filter(is_left);
                node.own = node.own.filter(is_left);
            }
        }
    }

    /// The part of a node's letters, 0 to 1, over which something lies that is drawn later
    /// and lets nothing through; and what lies over most of it.
    pub fn cover(&self, index: usize) -> (f64, Option<usize>) {
        let Some(letters) = self.nodes[index].letters else {
            return (0.0, None);
        };
        let parts = self.nodes.iter().enumerate().filter_map(|(other, node)| {
            let is_above = self.drawn[other] > self.drawn[index] && node.is_solid();
            let seen = is_above.then(|| self.seen_of(other)).flatten()?;
            let part = shared(seen, letters) / letters.area();
            (part > 0.0).then_some((part, Some(other)))
        });
        parts.fold(
            (0.0, None),
            |most, part| {
                if part.0 > most.0 { part } else { most }
            },
        )
    }

    /// What is seen of a node's own box: those above may clip it.
    fn seen_of(&self, index: usize) -> Option<Rect> {
        let own = self.nodes[index].own?;
        let clips = self.above(index).filter(|above| above.clips);
        let seen = clips
            .filter_map(|above| above.own)
            .fold(own, |seen, clip| seen.intersect(clip));
        (seen.width() > 0.0 && seen.height() > 0.0).then_some(seen)
    }

    /// Whether something that is drawn later, and lets nothing through, lies over all of a
    /// node's letters.
    pub fn is_covered(&self, index: usize) -> bool {
        self.cover(index).0 > 0.999
    }

    /// The node of a key, if it is there.
    pub fn find(&self, key: &str) -> Option<&Seen> {
        self.nodes.iter().find(|node| node.key == key)
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
            kind: text("kind"),
            sides: sides(&node["own"]),
            is_upright: is_upright(&node["own"]),
            clips: property("clip") == Some("true"),
            z_index: number("zIndex").unwrap_or(0.0),
            is_plain: property("compositeOperation").is_none_or(|way| way == "source-over"),
            source: node["source"][0].as_f64().zip(node["source"][1].as_f64()),
            smoothing: property("smoothing") != Some("false"),
            clip: node["clip"]["time"]
                .as_f64()
                .zip(node["clip"]["duration"].as_f64())
                .filter(|_| node["clip"]["loops"] != true),
            font_family: property("fontFamily").unwrap_or_default().to_owned(),
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

    /// Whether nothing is seen through its box.
    fn is_solid(&self) -> bool {
        let filled = match self.kind.as_str() {
            "rect" => self.fill.is_some_and(|fill| fill[3] == 255),
            kind => FILLED.contains(&kind),
        };
        filled && self.is_upright && self.is_plain && self.opacity > 0.95
    }

    /// Whether it can be seen where it lies on the canvas.
    pub fn is_visible(&self) -> bool {
        self.opacity > 0.05
    }
}

/// Of each node, how many are drawn before it: siblings of a low `zIndex` come first.
fn drawn(nodes: &[Seen]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(nodes.len());
    let mut waiting: Vec<usize> = Vec::new();
    waiting.extend((!nodes.is_empty()).then_some(0));
    while let Some(index) = waiting.pop() {
        order.push(index);
        let depth = nodes[index].depth;
        let below = nodes[index + 1..]
            .iter()
            .zip(index + 1..)
            .take_while(|(node, _)| node.depth > depth);
        let mut children: Vec<usize> = below
            .filter(|(node, _)| node.depth == depth + 1)
            .map(|(_, child)| child)
            .collect();
        children.sort_by(|a, b| nodes[*a].z_index.total_cmp(&nodes[*b].z_index));
        waiting.extend(children.into_iter().rev());
    }
    let mut drawn = vec![0; nodes.len()];
    for (before, index) in order.into_iter().enumerate() {
        drawn[index] = before;
    }
    drawn
}

/// Corners that are told as pairs.
fn points(corners: &Value) -> Vec<Point> {
    let corners = corners.as_array().into_iter().flatten();
    corners
        .filter_map(|corner| Some(Point::new(corner[0].as_f64()?, corner[1].as_f64()?)))
        .collect()
}

/// How long the first two sides between four corners are.
fn sides(corners: &Value) -> (f64, f64) {
    match points(corners)[..] {
        [first, second, third, _] => (first.distance(second), second.distance(third)),
        _ => (0.0, 0.0),
    }
}

/// Whether each side between four corners is upright or level.
fn is_upright(corners: &Value) -> bool {
    let points = points(corners);
    points.len() == 4
        && points.windows(2).all(|side| {
            let (across, down) = (side[1].x - side[0].x, side[1].y - side[0].y);
            across.abs() < 0.5 || down.abs() < 0.5
        })
}

/// The box around four corners; none of nothing.
fn bounds(corners: &Value) -> Option<Rect> {
    let corners = points(corners);
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
