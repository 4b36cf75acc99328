//! SVG files: what the project's own reader gives them of this machine.

use std::{collections::HashMap, path::Path};

use kinora_film::AssetId;
use kinora_stage::FontSource as _;
use kinora_svg::{FontBytes, Fonts};

use crate::ProjectFonts;

/// Bytes of a file's beginning that tell whether it is an SVG file.
pub const START: usize = 1 << 16;

/// The fonts of SVG files, which are those of texts. Each is read once.
pub struct PictureFonts {
    project: ProjectFonts,
    families: HashMap<String, Vec<FontBytes>>,
    fallbacks: HashMap<char, Vec<FontBytes>>,
    files: HashMap<AssetId, FontBytes>,
}

impl PictureFonts {
    pub fn new(project: ProjectFonts) -> Self {
        Self {
            project,
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
        let found = self.project.family(name);
        let files = found.into_iter().map(|font| self.file(font.id, font.bytes));
        let files: Vec<FontBytes> = files.collect();
        self.families.insert(name.to_owned(), files.clone());
        files
    }

    fn fallback(&mut self, character: char) -> Vec<FontBytes> {
        if let Some(known) = self.fallbacks.get(&character) {
            return known.clone();
        }
        let found = self.project.fallback(character);
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
