use std::sync::{Arc, Mutex};

use resvg::usvg::{
    Font, FontFamily, FontResolver, FontStyle,
    fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight},
};

/// A font file's bytes.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Where the fonts of a picture's text come from.
pub trait Fonts: Send {
    /// The files of a family, best first; generic names (`serif`) are asked for as well.
    fn family(&mut self, name: &str) -> Vec<FontBytes>;

    /// Files of which one may have a character that the others lack.
    fn fallback(&mut self, character: char) -> Vec<FontBytes>;
}

/// No fonts: text is not drawn.
#[derive(Clone, Copy, Debug)]
pub struct NoFonts;

impl Fonts for NoFonts {
    fn family(&mut self, _: &str) -> Vec<FontBytes> {
        Vec::new()
    }

    fn fallback(&mut self, _: char) -> Vec<FontBytes> {
        Vec::new()
    }
}

/// What finds the fonts of one picture.
pub(crate) fn resolver<'a>(fonts: &'a mut dyn Fonts) -> FontResolver<'a> {
    let fonts = Arc::new(Mutex::new(fonts));
    let others = fonts.clone();
    FontResolver {
        select_font: Box::new(move |font, database| {
            let fonts = &mut **fonts.lock().ok()?;
            let own = font.families().iter().map(name);
            own.chain(["serif", "sans-serif"])
                .find_map(|family| select(fonts, family, font, database))
        }),
        select_fallback: Box::new(move |character, used, database| {
            let files = others.lock().ok()?.fallback(character);
            let found = files.into_iter().flat_map(|file| load(file, database));
            let found: Vec<ID> = found.collect();
            found.into_iter().find(|id| !used.contains(id))
        }),
    }
}

fn name(family: &FontFamily) -> &str {
    match family {
        FontFamily::Serif => "serif",
        FontFamily::SansSerif => "sans-serif",
        FontFamily::Cursive => "cursive",
        FontFamily::Fantasy => "fantasy",
        FontFamily::Monospace => "monospace",
        FontFamily::Named(name) => name,
    }
}

/// The face of a family that comes closest to what `font` asks for.
fn select(
    fonts: &mut dyn Fonts,
    family: &str,
    font: &Font,
    database: &mut Arc<Database>,
) -> Option<ID> {
    let files = fonts.family(family).into_iter();
    let faces: Vec<ID> = files.flat_map(|file| load(file, database)).collect();
    let name = database.face(*faces.first()?)?.families.first()?.0.clone();
    let query = Query {
        families: &[Family::Name(&name)],
        weight: Weight(font.weight()),
        stretch: Stretch::Normal,
        style: match font.style() {
            FontStyle::Normal => Style::Normal,
            FontStyle::Italic => Style::Italic,
            FontStyle::Oblique => Style::Oblique,
        },
    };
    database.query(&query).or(faces.first().copied())
}

/// The faces of a file, which is loaded once.
fn load(file: FontBytes, database: &mut Arc<Database>) -> Vec<ID> {
    let bytes = (*file).as_ref();
    // Other kinds of sources are there if another crate asks the database for them.
    #[allow(unreachable_patterns)]
    let known = |source: &Source| match source {
        Source::Binary(known) => std::ptr::addr_eq((**known).as_ref(), bytes),
        _ => false,
    };
    let faces = database.faces().filter(|face| known(&face.source));
    let faces: Vec<ID> = faces.map(|face| face.id).collect();
    if !faces.is_empty() {
        return faces;
    }
    let database = Arc::make_mut(database);
    database
        .load_font_source(Source::Binary(Arc::new(Held(file))))
        .to_vec()
}

/// A file's bytes as the database takes them.
struct Held(FontBytes);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}
