use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use fontdb::{Database, FaceInfo, Source, Style};
use kinora_film::AssetId;
use kinora_script::Fence;
use kinora_stage::{FontFile, FontSource};
use skrifa::{FontRef, MetadataProvider as _};

/// The fonts of a project's `public/` and of the system, looked through when the
/// first family is asked for that the project did not register.
pub struct SystemFonts {
    public: PathBuf,
    fence: Fence,
    database: Option<Database>,
}

impl SystemFonts {
    /// The fonts of the project whose root is `root`, and of the system.
    pub fn new(root: &Path) -> Self {
        Self {
            public: root.join("public"),
            fence: Fence::open(),
            database: None,
        }
    }

    /// The same; of `public/` those only that lie within a fence.
    pub fn within(self, fence: Fence) -> Self {
        Self { fence, ..self }
    }

    /// How many fonts there are.
    pub fn count(mut self) -> usize {
        self.faces().len()
    }

    fn faces(&mut self) -> Vec<&FaceInfo> {
        let (public, fence) = (&self.public, &self.fence);
        let database = self.database.get_or_insert_with(|| {
            let mut database = Database::new();
            load_files(&mut database, fence, public);
            database.load_system_fonts();
            database
        });
        let mut faces: Vec<&FaceInfo> = database.faces().collect();
        // The system's order is that of its folders: without meaning, and not the
        // same everywhere.
        faces.sort_by_key(|face| {
            let path = path(face).map(Path::to_owned);
            let own = path.as_ref().is_some_and(|path| path.starts_with(public));
            (!own, path, face.index)
        });
        faces
    }

    fn named(&mut self, name: &str) -> Vec<FontFile> {
        let of_family = |face: &&FaceInfo| {
            face.families
                .iter()
                .any(|(family, _)| family.eq_ignore_ascii_case(name))
        };
        let faces = self.faces();
        let mut paths: Vec<&Path> = faces
            .into_iter()
            .filter(of_family)
            .filter_map(path)
            .collect();
        paths.dedup();
        paths.into_iter().filter_map(read).collect()
    }
}

impl FontSource for SystemFonts {
    fn family(&mut self, name: &str) -> Vec<FontFile> {
        stand_ins(name)
            .iter()
            .map(|name| self.named(name))
            .find(|files| !files.is_empty())
            .unwrap_or_else(|| self.named(name))
    }

    fn fallback(&mut self, character: char) -> Vec<FontFile> {
        let mut faces = self.faces();
        // Upright faces of ordinary weight first; the order is otherwise kept.
        faces.sort_by_key(|face| (face.style != Style::Normal, face.weight.0.abs_diff(400)));
        let mut seen: Vec<&Path> = Vec::new();
        for face in faces {
            let Some(path) = path(face) else { continue };
            if seen.contains(&path) {
                continue;
            }
            seen.push(path);
            let Some(file) = read(path) else { continue };
            let has_glyph = FontRef::from_index((*file.bytes).as_ref(), face.index)
                .is_ok_and(|font| font.charmap().map(character).is_some());
            if has_glyph {
                return vec![file];
            }
        }
        Vec::new()
    }
}

/// Adds the font files below `folder` that may be read.
fn load_files(database: &mut Database, fence: &Fence, folder: &Path) {
    const ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];
    // A folder that cannot be read holds nothing, as one that is not there.
    let found = fence.files_below(folder).unwrap_or_default();
    for file in found.files {
        let ending = file.extension().and_then(|it| it.to_str()).unwrap_or("");
        if ENDINGS.iter().any(|it| it.eq_ignore_ascii_case(ending)) {
            // One that cannot be read is as good as not there.
            let _ = database.load_font_file(&file);
        }
    }
}

fn path(face: &FaceInfo) -> Option<&Path> {
    match &face.source {
        Source::File(path) => Some(path),
        _ => None,
    }
}

/// The file, if it can be read: one that cannot is as good as not installed.
fn read(path: &Path) -> Option<FontFile> {
    let bytes = std::fs::read(path).ok()?;
    Some(FontFile {
        id: AssetId::of(&bytes),
        bytes: Arc::new(bytes),
        family_override: None,
    })
}

/// Families that a generic name of CSS stands for, best first.
fn stand_ins(name: &str) -> &'static [&'static str] {
    match name {
        "serif" | "ui-serif" => &[
            "Times New Roman",
            "Liberation Serif",
            "Noto Serif",
            "DejaVu Serif",
        ],
        "monospace" | "ui-monospace" => &[
            "Liberation Mono",
            "DejaVu Sans Mono",
            "Noto Sans Mono",
            "Courier New",
        ],
        "emoji" => &["Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"],
        "cursive" => &["Comic Neue", "Comic Sans MS"],
        "math" => &["STIX Two Math", "Latin Modern Math"],
        _ => &[],
    }
}
