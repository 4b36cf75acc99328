use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    sync::Arc,
};

use kinora_film::AssetId;
use parley::{
    FontContext, FontData, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions, FontInfo, FontInfoOverride},
};
use skrifa::{FontRef, Tag};

use crate::{glyph_pictures::too_large, lacking::Lacking};

/// A font file or collection.
#[derive(Clone)]
pub struct FontFile {
    /// The hash of its bytes, under which workers find it.
    pub id: AssetId,
    /// Its bytes.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// The family that it is to belong to, where not its own.
    pub family_override: Option<String>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontFile")
            .field("id", &self.id)
            .field("family_override", &self.family_override)
            .finish_non_exhaustive()
    }
}

impl FontFile {
    /// Whether its glyphs are pictures in colours of their own. Of a collection, the first
    /// font counts; what is no font has none.
    pub fn is_coloured(&self) -> bool {
        const PICTURES: [&[u8; 4]; 4] = [b"COLR", b"CBDT", b"sbix", b"SVG "];
        FontRef::from_index((*self.bytes).as_ref(), 0).is_ok_and(|font| {
            let has = |tag| font.table_data(Tag::new(tag)).is_some();
            PICTURES.into_iter().any(has)
        })
    }
}

/// Where fonts come from that nobody registered.
pub trait FontSource {
    /// The files of a family; empty if there is none. Asked once for each name
    /// that a text uses, among them CSS's generic ones (`serif`, `monospace`, …,
    /// `emoji`).
    fn family(&mut self, name: &str) -> Vec<FontFile>;

    /// Files with a glyph for a character that the text's fonts lack; empty if
    /// there is none. Asked once for each character.
    fn fallback(&mut self, character: char) -> Vec<FontFile>;

    /// Whether it has files of a family that it was told not to give.
    fn withholds(&mut self, _name: &str) -> bool {
        false
    }
}

/// Has no fonts.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFonts;

impl FontSource for NoFonts {
    fn family(&mut self, _: &str) -> Vec<FontFile> {
        Vec::new()
    }

    fn fallback(&mut self, _: char) -> Vec<FontFile> {
        Vec::new()
    }
}

/// The family that stands in for unknown ones.
const DEFAULT_FAMILY: &str = "Roboto";

const GENERIC: [&str; 13] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "emoji",
    "math",
    "fangsong",
];

/// All fonts at hand.
pub(crate) struct Fonts {
    source: Box<dyn FontSource>,
    pub context: FontContext,
    files: HashMap<u64, AssetId>,
    contents: HashMap<AssetId, Arc<dyn AsRef<[u8]> + Send + Sync>>,
    families: BTreeMap<AssetId, Vec<String>>,
    first_family: Option<String>,
    asked: HashMap<String, Vec<String>>,
    asked_characters: HashSet<char>,
    /// Weights (as bits) in which the default family was wanted.
    weights: HashSet<u64>,
    /// Whether the source was asked for more of it.
    is_complete: bool,
    /// Families that a character was found in; those of coloured glyphs apart, which come
    /// after all others.
    fallbacks: Vec<String>,
    coloured: Vec<String>,
    resolved: HashMap<String, Vec<String>>,
    warned: HashSet<String>,
    pub warnings: Vec<String>,
    /// The characters that no font has.
    pub lacking: Lacking,
    pub used: BTreeSet<AssetId>,
    /// Rises whenever a font is added: what was shaped before may be otherwise.
    pub generation: u64,
}

impl Fonts {
    pub fn new(source: Box<dyn FontSource>) -> Self {
        Self {
            source,
            context: FontContext {
                collection: Collection::new(CollectionOptions {
                    shared: false,
                    system_fonts: false,
                }),
                source_cache: Default::default(),
            },
            files: HashMap::new(),
            contents: HashMap::new(),
            families: BTreeMap::new(),
            first_family: None,
            asked: HashMap::new(),
            asked_characters: HashSet::new(),
            weights: HashSet::new(),
            is_complete: false,
            fallbacks: Vec::new(),
            coloured: Vec::new(),
            resolved: HashMap::new(),
            warned: HashSet::new(),
            warnings: Vec::new(),
            lacking: Lacking::default(),
            used: BTreeSet::new(),
            generation: 0,
        }
    }

    /// Adds a file; gives the names of its families.
    pub fn add(&mut self, file: FontFile, family: Option<&str>) -> Vec<String> {
        let family_name = family.or(file.family_override.as_deref());
        if let Some(names) = self.families.get(&file.id) {
            let same = |known: &String| family_name.is_none_or(|name| name == known);
            if names.iter().any(same) {
                return names.iter().filter(|known| same(known)).cloned().collect();
            }
        }
        if let Some((width, height)) = too_large((*file.bytes).as_ref()) {
            let name = family_name.map_or_else(|| file.id.to_string(), str::to_owned);
            let warning = format!(
                "the font file `{name}` is not used: it has a picture of {width}x{height} pixels"
            );
            if self.warned.insert(warning.clone()) {
                self.warnings.push(warning);
            }
            return Vec::new();
        }
        let blob = Blob::new(file.bytes.clone());
        let blob_id = blob.id();
        let overrides = FontInfoOverride {
            family_name,
            ..FontInfoOverride::default()
        };
        let ids: Vec<_> = self
            .context
            .collection
            .register_fonts(blob, Some(overrides))
            .into_iter()
            .map(|(family, _)| family)
            .collect();
        let names: Vec<String> = ids
            .into_iter()
            .filter_map(|id| self.context.collection.family_name(id).map(str::to_owned))
            .collect();
        if names.is_empty() {
            self.warnings
                .push(format!("the font file `{}` cannot be read", file.id));
        } else {
            self.files.insert(blob_id, file.id);
            self.contents.insert(file.id, file.bytes.clone());
            self.first_family.get_or_insert_with(|| names[0].clone());
        }
        self.families
            .entry(file.id)
            .or_default()
            .extend(names.clone());
        self.resolved.clear();
        self.generation += 1;
        names
    }

    /// The file that a shaped run took its glyphs from.
    pub fn file(&self, font: &FontData) -> Option<AssetId> {
        self.files.get(&font.data.id()).copied()
    }

    /// The bytes of a file that glyphs were taken from.
    pub fn bytes(&self, id: AssetId) -> Option<Arc<dyn AsRef<[u8]> + Send + Sync>> {
        self.contents.get(&id).cloned()
    }

    /// The families that a CSS list stands for, best first; the default family
    /// and all fallbacks come last.
    pub fn families(&mut self, css: &str) -> Vec<String> {
        if let Some(families) = self.resolved.get(css) {
            return families.clone();
        }
        let mut families = Vec::new();
        let mut unknown = Vec::new();
        for name in parse_list(css) {
            let known = self.family(&name);
            if known.is_empty() && families.is_empty() {
                unknown.push(name);
            }
            families.extend(known);
        }
        families.extend(self.default_family());
        for name in unknown {
            self.warn(&name, families.first().cloned());
        }
        families.extend(self.fallbacks.iter().chain(&self.coloured).cloned());
        let mut seen = HashSet::new();
        families.retain(|name| seen.insert(name.clone()));
        self.resolved.insert(css.to_owned(), families.clone());
        families
    }

    /// The emoji families, best first.
    pub fn emoji(&mut self) -> Vec<String> {
        self.family("emoji")
    }

    /// Finds a font for a character that no family has; tells whether one came.
    pub fn find_fallback(&mut self, character: char) -> bool {
        if !self.asked_characters.insert(character) {
            return false;
        }
        let mut found = false;
        for file in self.source.fallback(character) {
            let is_coloured = file.is_coloured();
            for name in self.add(file, None) {
                let known = match is_coloured {
                    true => &mut self.coloured,
                    false => &mut self.fallbacks,
                };
                if !known.contains(&name) {
                    known.push(name);
                    found = true;
                }
            }
        }
        if found {
            self.resolved.clear();
        }
        found
    }

    /// Asks the source for the other faces of the default family if it has none of this
    /// weight: those that Kinora brings are not all that there are. A family that the
    /// project declares is whole, as in a browser.
    pub fn complete(&mut self, weight: f64) {
        if self.is_complete || !self.weights.insert(weight.to_bits()) {
            return;
        }
        let is_of =
            |face: &FontInfo| f64::from(face.weight().value()) == weight || face.has_weight_axis();
        let known = self.context.collection.family_by_name(DEFAULT_FAMILY);
        if known.is_none_or(|known| known.fonts().iter().any(is_of)) {
            return;
        }
        self.is_complete = true;
        for file in self.source.family(DEFAULT_FAMILY) {
            if self.has_new_face(DEFAULT_FAMILY, &file) {
                self.add(file, Some(DEFAULT_FAMILY));
            }
        }
    }

    /// Whether a file has a face that a family has not.
    fn has_new_face(&mut self, family: &str, file: &FontFile) -> bool {
        let Some(known) = self.context.collection.family_by_name(family) else {
            return true;
        };
        let mut aside = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let found = aside.register_fonts(Blob::new(file.bytes.clone()), None);
        let same = |a: &FontInfo, b: &FontInfo| {
            (a.weight(), a.style(), a.width()) == (b.weight(), b.style(), b.width())
        };
        let is_new = |face: &FontInfo| {
            face.has_weight_axis() || !known.fonts().iter().any(|other| same(face, other))
        };
        found.iter().flat_map(|(_, faces)| faces).any(is_new)
    }

    /// The registered families that a name stands for.
    fn family(&mut self, name: &str) -> Vec<String> {
        if self.context.collection.family_id(name).is_some() {
            return vec![name.to_owned()];
        }
        // A CSS keyword is asked for as CSS spells it.
        let lower = name.to_lowercase();
        let asked = if GENERIC.contains(&lower.as_str()) {
            &lower
        } else {
            name
        };
        if let Some(names) = self.asked.get(asked) {
            return names.clone();
        }
        let mut names = Vec::new();
        for file in self.source.family(asked) {
            names.extend(self.add(file, None));
        }
        if self.context.collection.family_id(name).is_some() {
            names = vec![name.to_owned()];
        }
        names.dedup();
        self.asked.insert(asked.to_owned(), names.clone());
        names
    }

    fn default_family(&mut self) -> Option<String> {
        match self.context.collection.family_id(DEFAULT_FAMILY) {
            Some(_) => Some(DEFAULT_FAMILY.to_owned()),
            None => self.first_family.clone(),
        }
    }

    fn warn(&mut self, name: &str, instead: Option<String>) {
        let plain = ["sans-serif", "system-ui", "ui-sans-serif", "emoji"];
        if plain.contains(&name.to_lowercase().as_str()) || !self.warned.insert(name.to_owned()) {
            return;
        }
        let mut warning = match instead {
            Some(instead) => format!("unknown font family `{name}`, using `{instead}` instead"),
            None => format!("unknown font family `{name}`, and there is no font to use instead"),
        };
        if self.source.withholds(name) {
            warning
                .push_str("; this machine has it, whose fonts are used with `--system-fonts` only");
        }
        self.warnings.push(warning);
    }
}

/// Families as the shaper takes them.
pub(crate) fn family_list(names: &[String]) -> FontFamily<'static> {
    let names: Vec<FontFamilyName<'static>> = names
        .iter()
        .map(|name| FontFamilyName::Named(name.clone().into()))
        .collect();
    FontFamily::List(names.into())
}

/// The names in a CSS `font-family` list.
fn parse_list(css: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut quote = None;
    for character in css.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ',') => names.push(std::mem::take(&mut name)),
            _ => name.push(character),
        }
    }
    names.push(name);
    names
        .iter()
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Has a font of pictures for `1` and one of signs for all else.
    struct Both;

    impl FontSource for Both {
        fn family(&mut self, _: &str) -> Vec<FontFile> {
            Vec::new()
        }

        fn fallback(&mut self, character: char) -> Vec<FontFile> {
            let plain = include_bytes!("../../script/fonts/Roboto-Regular.ttf");
            let mut bytes = plain.to_vec();
            let family = match character {
                '1' => {
                    // One of its tables by another name.
                    let at = bytes.windows(4).position(|tag| tag == b"GDEF").unwrap();
                    bytes[at..at + 4].copy_from_slice(b"CBDT");
                    "Pictures"
                }
                _ => "Signs",
            };
            vec![FontFile {
                id: AssetId::of(&bytes),
                bytes: Arc::new(bytes),
                family_override: Some(family.to_owned()),
            }]
        }
    }

    #[test]
    fn fonts_of_pictures_come_after_all_others() {
        let mut fonts = Fonts::new(Box::new(Both));
        assert!(fonts.find_fallback('1') && fonts.find_fallback('2'));
        fonts.first_family = None;
        assert_eq!(fonts.families("x"), ["Signs", "Pictures"]);
    }

    #[test]
    fn css_lists_are_split_at_commas_outside_quotes() {
        assert_eq!(
            parse_list(r#"  "Font, One" , Two  Words,'x',, serif"#),
            ["Font, One", "Two Words", "x", "serif"]
        );
    }
}
