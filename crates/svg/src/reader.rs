use std::collections::BTreeSet;

use kinora_film::{AssetId, Drawing};
use resvg::usvg::{
    self, ImageHrefResolver, ImageKind, Options, Size, Tree,
    roxmltree::{self, Document, Node, ParsingOptions, TextPos},
};

use crate::{Fonts, SvgError, convert::Converter, fonts, limit, raster, size::Natural};

/// An SVG file as a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// Pixels across that the file has of itself, at least 1.
    pub width: u32,
    /// Pixels down that the file has of itself, at least 1.
    pub height: u32,
    /// What it shows, from the top left corner to `width` and `height`; what lies
    /// outside is cut off.
    pub drawing: Drawing,
    /// The pictures that the drawing shows.
    pub pictures: Vec<AssetId>,
    /// What of the file is not drawn, each a sentence without a stop.
    pub remarks: Vec<String>,
}

/// Keeps a picture's file, which is then known by its hash.
///
/// The error says why it is no picture that can be kept.
pub type Keep<'a> = dyn FnMut(Vec<u8>) -> Result<AssetId, String> + 'a;

/// Whether a file's beginning is that of an SVG file.
pub fn is_svg(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    let text = start.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<')
        || text
            .get(..14)
            .is_some_and(|it| it.eq_ignore_ascii_case("<!doctype html"))
    {
        return false;
    }
    text.contains("<svg") || text.contains("http://www.w3.org/2000/svg")
}

/// The drawing of an SVG file.
///
/// # Errors
/// When it is not well-formed, no SVG, or larger than what is drawn.
pub fn read(bytes: &[u8], fonts: &mut dyn Fonts, keep: &mut Keep<'_>) -> Result<Vector, SvgError> {
    let (tree, natural, remarks) = parse(bytes, fonts)?;
    let (width, height) = natural.rounded();
    let mut converter = Converter::new(keep, remarks);
    let drawing = converter.picture(&tree, &natural, (f64::from(width), f64::from(height)));
    Ok(Vector {
        width,
        height,
        drawing,
        pictures: converter.pictures,
        remarks: converter.remarks.into_iter().collect(),
    })
}

/// A PNG file of an SVG file in its own size.
///
/// # Errors
/// As [`read`], and when it has too many pixels.
pub fn pixels(bytes: &[u8], fonts: &mut dyn Fonts) -> Result<Vec<u8>, SvgError> {
    let (tree, natural, _) = parse(bytes, fonts)?;
    let (width, height) = natural.rounded();
    raster::whole(
        &tree,
        natural.placed(&tree, (f64::from(width), f64::from(height))),
        width,
        height,
    )
}

fn parse(
    bytes: &[u8],
    fonts: &mut dyn Fonts,
) -> Result<(Tree, Natural, BTreeSet<String>), SvgError> {
    if bytes.len() > limit::LARGEST {
        return Err(SvgError::Large(format!(
            "more than {} MiB",
            limit::LARGEST >> 20
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| SvgError::Encoding)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let offset = bytes.len() - text.len();
    let lines_before = bytes[..offset]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count() as u32;
    let document = Document::parse_with_options(text, parse_options())
        .map_err(|error| malformed(&error, lines_before))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(SvgError::Root(root.tag_name().name().to_owned()));
    }
    if root.tag_name().namespace() != Some("http://www.w3.org/2000/svg") {
        return Err(SvgError::Namespace);
    }
    limit::check(root)?;
    let natural = Natural::of(root)?;
    let sized = sized(text, root, &natural);
    let document = match &sized {
        Some(text) => Document::parse_with_options(text, parse_options())
            .map_err(|error| malformed(&error, lines_before))?,
        None => document,
    };
    let remarks = std::sync::Mutex::new(BTreeSet::new());
    let options = Options {
        default_size: Size::from_wh(300.0, 150.0).ok_or(SvgError::Namespace)?,
        font_family: "serif".to_owned(),
        font_size: 16.0,
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(embedded),
            resolve_string: Box::new(|address, _| {
                let address: String = address.chars().take(60).collect();
                let remark = format!(
                    "its `<image>` shows `{address}`, which lies outside of the file and is not drawn"
                );
                if let Ok(mut remarks) = remarks.lock() {
                    remarks.insert(remark);
                }
                None
            }),
        },
        font_resolver: fonts::resolver(fonts),
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| match error {
        usvg::Error::ParsingFailed(error) => malformed(&error, lines_before),
        usvg::Error::InvalidSize => SvgError::Empty("zero or not a number".to_owned()),
        other => SvgError::Large(other.to_string()),
    })?;
    drop(options);
    Ok((tree, natural, remarks.into_inner().unwrap_or_default()))
}

/// The text of a file that does not say how large it is with the size that it has, which is
/// what percentages in it are of; `None` where nothing is to be said.
fn sized(text: &str, root: Node<'_, '_>, natural: &Natural) -> Option<String> {
    if natural.has_view_box || natural.is_told {
        return None;
    }
    let mut told: Vec<_> = ["width", "height"]
        .iter()
        .filter_map(|name| root.attribute_node(*name))
        .map(|attribute| attribute.range())
        .collect();
    told.sort_by_key(|range| range.start);
    let name = root.range().start + 1;
    let end = text[name..].find(|c: char| c.is_whitespace() || c == '/' || c == '>')?;
    let size = format!(" width=\"{}\" height=\"{}\"", natural.width, natural.height);
    let mut whole = String::with_capacity(text.len() + size.len());
    whole.push_str(&text[..name + end]);
    whole.push_str(&size);
    let mut from = name + end;
    for range in told {
        whole.push_str(&text[from..range.start]);
        from = range.end;
    }
    whole.push_str(&text[from..]);
    Some(whole)
}

/// Pictures within pictures are drawn as pictures, whatever they show themselves.
fn embedded(kind: &str, data: std::sync::Arc<Vec<u8>>, options: &Options<'_>) -> Option<ImageKind> {
    if kind == "image/svg+xml" || is_svg(&data) {
        let text = std::str::from_utf8(&data).ok()?;
        let document = Document::parse(text).ok()?;
        limit::check(document.root_element()).ok()?;
    }
    ImageHrefResolver::default_data_resolver()(kind, data, options)
}

pub fn parse_options<'input>() -> ParsingOptions<'input> {
    ParsingOptions {
        allow_dtd: true,
        nodes_limit: limit::MOST_ELEMENTS as u32 * 4,
        ..ParsingOptions::default()
    }
}

pub fn malformed(error: &roxmltree::Error, lines_before: u32) -> SvgError {
    let TextPos { row, col } = error.pos();
    let text = error.to_string();
    // The place stands in the message as well, at its end.
    let cause = text
        .rsplit_once(" at ")
        .map_or(text.as_str(), |(cause, _)| cause);
    SvgError::Malformed {
        line: row + lines_before,
        column: col,
        cause: cause.to_owned(),
    }
}
