//! SVG files: what the project's own reader gives them of this machine.

use std::{collections::HashMap, path::Path, sync::Arc};

use kinora_film::AssetId;
use kinora_script::bundled_fonts;
use kinora_stage::FontSource as _;
use kinora_svg::{FontBytes, Fonts};

use crate::SystemFonts;

/// Bytes of a file's beginning that tell whether it is an SVG file.
pub const START: usize = 1 << 16;

/// The fonts of SVG files: the project's and the system's, and at last those that
/// every film can use. Each is read once.
pub struct PictureFonts {
    system: SystemFonts,
    families: HashMap<String, Vec<FontBytes>>,
    fallbacks: HashMap<char, Vec<FontBytes>>,
    files: HashMap<AssetId, FontBytes>,
}

impl PictureFonts {
    pub fn new(system: SystemFonts) -> Self {
        Self {
            system,
            families: HashMap::new(),
            fallbacks: HashMap::new(),
            files: HashMap::new(),
        }
    }

    fn file(&mut self, id: AssetId, bytes: FontBytes) -> FontBytes {
        self.files.entry(id).or_insert(bytes).clone()
    }
}

impl Fonts for PictureFonts {
    fn family(&mut self, name: &str) -> Vec<FontBytes> {
        if let Some(known) = self.families.get(name) {
            return known.clone();
        }
        let found = self.system.family(name);
        let mut found: Vec<_> = found
            .into_iter()
            .map(|file| (file.id, file.bytes))
            .collect();
        if found.is_empty() && (name == "Roboto" || name == "sans-serif") {
            let own = bundled_fonts().iter();
            found.extend(own.map(|font| (font.id, Arc::clone(&font.bytes))));
        }
        let files = found.into_iter().map(|(id, bytes)| self.file(id, bytes));
        let files: Vec<FontBytes> = files.collect();
        self.families.insert(name.to_owned(), files.clone());
        files
    }

    fn fallback(&mut self, character: char) -> Vec<FontBytes> {
        if let Some(known) = self.fallbacks.get(&character) {
            return known.clone();
        }
        let found = self.system.fallback(character);
        let files = found.into_iter().map(|font| self.file(font.id, font.bytes));
        let files: Vec<FontBytes> = files.collect();
        self.fallbacks.insert(character, files.clone());
        files
    }
}

/// Whether a file is an SVG file by how it begins; one that cannot be read is none.
pub fn is_vector(path: &Path) -> bool {
    use std::io::Read as _;
    let mut start = Vec::new();
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(START as u64).read_to_end(&mut start));
    read.is_ok() && kinora_svg::is_svg(&start)
}
