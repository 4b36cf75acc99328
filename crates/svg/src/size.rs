//! The size that a picture has of itself, as Chromium gives it to an `<img>`.

use resvg::usvg::roxmltree::Node;

use crate::SvgError;

/// What a picture without proportions is as large as.
const DEFAULT: (f64, f64) = (300.0, 150.0);
/// No side of a picture is longer.
const LONGEST: f64 = 1e6;

/// Width and height in pixels, not rounded.
pub struct Natural {
    pub width: f64,
    pub height: f64,
    /// Whether the picture fills its box whatever the proportions.
    pub stretches: bool,
    /// Whether both sides stand in the file as lengths.
    pub is_told: bool,
    /// Whether the picture is scaled into its box at all.
    pub has_view_box: bool,
}

impl Natural {
    /// Of a file with this root.
    pub fn of(root: Node<'_, '_>) -> Result<Self, SvgError> {
        let width = root.attribute("width").and_then(pixels);
        let height = root.attribute("height").and_then(pixels);
        let is_told = width.is_some() && height.is_some();
        let view_box = root.attribute("viewBox").and_then(view_box);
        let aspect = root.attribute("preserveAspectRatio").unwrap_or("");
        let stretches = aspect.split_whitespace().next() == Some("none");
        let ratio = view_box.filter(|_| !stretches).map(|(w, h)| w / h);
        let (width, height) = match (width, height, ratio) {
            (Some(width), Some(height), _) => (width, height),
            (Some(width), None, Some(ratio)) => (width, width / ratio),
            (None, Some(height), Some(ratio)) => (height * ratio, height),
            (Some(width), None, None) => (width, DEFAULT.1),
            (None, Some(height), None) => (DEFAULT.0, height),
            (None, None, Some(ratio)) if ratio > DEFAULT.0 / DEFAULT.1 => {
                (DEFAULT.0, DEFAULT.0 / ratio)
            }
            (None, None, Some(ratio)) => (DEFAULT.1 * ratio, DEFAULT.1),
            (None, None, None) => DEFAULT,
        };
        if width <= 0.0 || height <= 0.0 {
            return Err(SvgError::Empty(format!("{width}×{height}")));
        }
        if width > LONGEST || height > LONGEST {
            return Err(SvgError::Large(format!(
                "a size of {width}×{height} pixels"
            )));
        }
        Ok(Self {
            width,
            height,
            stretches,
            is_told,
            has_view_box: view_box.is_some(),
        })
    }

    /// In whole pixels, at least one.
    pub fn rounded(&self) -> (u32, u32) {
        let whole = |side: f64| side.round().max(1.0) as u32;
        (whole(self.width), whole(self.height))
    }
}

/// Whether a file says how large it is, or in which proportions.
pub fn is_sized(root: Node<'_, '_>) -> bool {
    let length = |name| root.attribute(name).and_then(pixels).is_some();
    length("width") || length("height") || root.attribute("viewBox").and_then(view_box).is_some()
}

/// A length in pixels; `None` for what is relative or no length.
fn pixels(text: &str) -> Option<f64> {
    let text = text.trim();
    // An exponent is one if digits follow it; `2em` has none.
    let is_number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let at = (0..=text.len())
        .rev()
        .filter(|at| text.is_char_boundary(*at))
        .find(|at| {
            text[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.')
                && is_number(&text[..*at]).is_some()
        })?;
    let number = is_number(&text[..at])?;
    let unit = match text[at..].to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "em" | "rem" => 16.0,
        // Times New Roman's, in which a browser sets what has no font
        "ex" => 7.343_75,
        "ch" => 8.0,
        _ => return None,
    };
    (number >= 0.0).then_some(number * unit)
}

/// Width and height of a view box that has an area.
fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers = text.split([',', ' ', '\t', '\n', '\r']);
    let numbers = numbers.filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use resvg::usvg::roxmltree::Document;

    use super::*;

    fn size(attributes: &str) -> (u32, u32) {
        let text = format!("<svg {attributes}/>");
        let document = Document::parse(&text).unwrap();
        Natural::of(document.root_element()).unwrap().rounded()
    }

    /// Measured in Chromium 156.
    #[test]
    fn sizes_are_those_of_an_image_in_chromium() {
        for (attributes, expected) in [
            ("width='80' height='40'", (80, 40)),
            ("viewBox='0 0 2 1'", (300, 150)),
            ("viewBox='0 0 1 1'", (150, 150)),
            ("viewBox='0 0 4 1'", (300, 75)),
            ("viewBox='0 0 1 4'", (38, 150)),
            ("", (300, 150)),
            ("width='100%' height='100%'", (300, 150)),
            ("width='1in' height='12mm'", (96, 45)),
            ("width='60' viewBox='0 0 2 1'", (60, 30)),
            ("height='60' viewBox='0,0,2,1'", (120, 60)),
            ("width='60'", (60, 150)),
            ("height='60'", (300, 60)),
            ("width='2em' height='1.5e1px'", (32, 15)),
            ("width='10ex' height='10ex'", (73, 73)),
        ] {
            assert_eq!(size(attributes), expected, "{attributes}");
        }
    }

    #[test]
    fn a_size_of_nothing_and_a_huge_one_are_refused() {
        for attributes in ["width='0' height='5'", "width='1e30' height='5'"] {
            let text = format!("<svg {attributes}/>");
            let document = Document::parse(&text).unwrap();
            assert!(
                Natural::of(document.root_element()).is_err(),
                "{attributes}"
            );
        }
    }
}
