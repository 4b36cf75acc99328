use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use fontdb::{Database, FaceInfo, Source, Style};
use kinora_film::AssetId;
use kinora_script::{BUNDLED_FALLBACKS, Fence, FontUse, bundled_family, generic_family};
use kinora_stage::{FontFile, FontSource};
use skrifa::{FontRef, MetadataProvider as _};

/// The fonts that a project's texts may be set in: those of its `public/`, those that
/// come with Kinora and, only if it is said, those of this machine. Folders are looked
/// through when the first font is asked for.
pub struct ProjectFonts {
    public: PathBuf,
    fence: Fence,
    with_system: bool,
    own: Option<Vec<Face>>,
    system: Option<Vec<Face>>,
}

/// A font of a file.
#[derive(Clone)]
struct Face {
    path: PathBuf,
    index: u32,
    families: Vec<String>,
    /// How far it is from an upright face of ordinary weight.
    oddness: (bool, u16),
}

impl ProjectFonts {
    /// The fonts of the project whose root is `root`, and Kinora's.
    pub fn new(root: &Path) -> Self {
        Self {
            public: root.join("public"),
            fence: Fence::open(),
            with_system: false,
            own: None,
            system: None,
        }
    }

    /// The same; of `public/` those only that lie within a fence.
    pub fn within(self, fence: Fence) -> Self {
        Self { fence, ..self }
    }

    /// The same, with this machine's if `with_system`.
    pub fn with_system(self, with_system: bool) -> Self {
        Self {
            with_system,
            ..self
        }
    }

    /// How many fonts this machine has.
    pub fn of_system() -> usize {
        system().len()
    }

    fn own(&mut self) -> &[Face] {
        let (fence, public) = (&self.fence, &self.public);
        self.own.get_or_insert_with(|| {
            let mut database = Database::new();
            load_files(&mut database, fence, public);
            faces(&database)
        })
    }

    fn system(&mut self) -> &[Face] {
        self.system.get_or_insert_with(system)
    }

    /// The files of a family, the project's before the machine's.
    fn named(&mut self, name: &str) -> Vec<FontFile> {
        let own = files_of(self.own(), name);
        match own.is_empty() && self.with_system {
            true => files_of(self.system(), name),
            false => own,
        }
    }
}

impl FontSource for ProjectFonts {
    fn family(&mut self, name: &str) -> Vec<FontFile> {
        // A generic name is the same family on every machine.
        let found = match name {
            "emoji" => EMOJI
                .iter()
                .map(|name| files_of(self.own(), name))
                .find(|files| !files.is_empty()),
            _ if generic_family(name).is_some() => None,
            _ => {
                let mut names = stand_ins(name).iter().copied().chain([name]);
                names.find_map(|name| Some(self.named(name)).filter(|files| !files.is_empty()))
            }
        };
        found.unwrap_or_else(|| bundled(name))
    }

    fn fallback(&mut self, character: char) -> Vec<FontFile> {
        let [text, pictures] = BUNDLED_FALLBACKS;
        let with_system = self.with_system;
        // A picture is what a character is if no font has it as a letter or sign.
        for (coloured, family) in [(false, text), (true, pictures)] {
            let found = first_with(self.own(), character, coloured)
                .or_else(|| {
                    let files = bundled(family);
                    let has = files.iter().any(|file| has_glyph(file, 0, character));
                    has.then_some(files)
                })
                .or_else(|| with_system.then(|| first_with(self.system(), character, coloured))?);
            if let Some(files) = found {
                return files;
            }
        }
        Vec::new()
    }

    fn withholds(&mut self, name: &str) -> bool {
        !self.with_system && self.system().iter().any(|face| face.is_of(name))
    }
}

impl Face {
    fn is_of(&self, family: &str) -> bool {
        let mut families = self.families.iter();
        families.any(|name| name.eq_ignore_ascii_case(family))
    }
}

/// The fonts that come with Kinora under a name.
fn bundled(name: &str) -> Vec<FontFile> {
    let file = |font: FontUse| FontFile {
        id: font.id,
        bytes: font.bytes,
        family_override: Some(font.family),
    };
    bundled_family(name).into_iter().map(file).collect()
}

/// The files of a family among some faces.
fn files_of(faces: &[Face], family: &str) -> Vec<FontFile> {
    let of_family = faces.iter().filter(|face| face.is_of(family));
    let mut paths: Vec<&Path> = of_family.map(|face| face.path.as_path()).collect();
    paths.dedup();
    paths.into_iter().filter_map(read).collect()
}

/// The file of the first face with a glyph for a character, upright ones of ordinary
/// weight first.
fn first_with(faces: &[Face], character: char, coloured: bool) -> Option<Vec<FontFile>> {
    let mut faces: Vec<&Face> = faces.iter().collect();
    faces.sort_by_key(|face| face.oddness);
    let mut seen: Vec<&Path> = Vec::new();
    for face in faces {
        if seen.contains(&face.path.as_path()) {
            continue;
        }
        seen.push(&face.path);
        let Some(file) = read(&face.path) else {
            continue;
        };
        if file.is_coloured() == coloured && has_glyph(&file, face.index, character) {
            return Some(vec![file]);
        }
    }
    None
}

fn has_glyph(file: &FontFile, index: u32, character: char) -> bool {
    FontRef::from_index((*file.bytes).as_ref(), index)
        .is_ok_and(|font| font.charmap().map(character).is_some())
}

/// The fonts of this machine.
fn system() -> Vec<Face> {
    let mut database = Database::new();
    database.load_system_fonts();
    faces(&database)
}

/// The faces of a database by their files: its own order is that of folders, without
/// meaning, and not the same everywhere.
fn faces(database: &Database) -> Vec<Face> {
    let face = |face: &FaceInfo| {
        let Source::File(path) = &face.source else {
            return None;
        };
        Some(Face {
            path: path.clone(),
            index: face.index,
            families: face.families.iter().map(|(name, _)| name.clone()).collect(),
            oddness: (face.style != Style::Normal, face.weight.0.abs_diff(400)),
        })
    };
    let mut faces: Vec<Face> = database.faces().filter_map(face).collect();
    faces.sort_by(|a, b| (&a.path, a.index).cmp(&(&b.path, b.index)));
    faces
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

/// The file, if it can be read: one that cannot is as good as not installed.
fn read(path: &Path) -> Option<FontFile> {
    let bytes = std::fs::read(path).ok()?;
    Some(FontFile {
        id: AssetId::of(&bytes),
        bytes: Arc::new(bytes),
        family_override: None,
    })
}

/// Families of emoji that a project may have of its own, best first.
const EMOJI: [&str; 5] = [
    "Noto Color Emoji",
    "Apple Color Emoji",
    "Segoe UI Emoji",
    "Twemoji",
    "OpenMoji",
];

/// Families that a generic name of CSS stands for which comes with none of Kinora's, best
/// first.
fn stand_ins(name: &str) -> &'static [&'static str] {
    match name {
        "cursive" => &["Comic Neue", "Comic Sans MS"],
        "math" => &["STIX Two Math", "Latin Modern Math"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts(files: &[(&str, &str)]) -> (tempfile::TempDir, ProjectFonts) {
        let root = tempfile::tempdir().unwrap();
        let public = root.path().join("public");
        std::fs::create_dir(&public).unwrap();
        for (name, family) in files {
            let found = bundled(family);
            std::fs::write(public.join(name), (*found[0].bytes).as_ref()).unwrap();
        }
        let fonts = ProjectFonts::new(root.path());
        (root, fonts)
    }

    fn names(files: &[FontFile]) -> Vec<String> {
        let mut database = Database::new();
        for file in files {
            database.load_font_data((*file.bytes).as_ref().to_vec());
        }
        let name = |face: &FaceInfo| face.families[0].0.clone();
        let mut names: Vec<String> = database.faces().map(name).collect();
        names.dedup();
        names
    }

    #[test]
    fn an_empty_project_has_what_comes_with_kinora() {
        let (_root, mut fonts) = fonts(&[]);
        assert_eq!(names(&fonts.family("serif")), ["Liberation Serif"]);
        assert_eq!(names(&fonts.family("Arial")), ["Liberation Sans"]);
        assert_eq!(fonts.family("Arial").len(), 4);
        assert!(fonts.family("cursive").is_empty());
        assert!(fonts.family("No Such Family").is_empty());
    }

    #[test]
    fn a_sign_is_looked_for_among_letters_before_pictures() {
        // The project's own font of pictures has it too.
        let (_root, mut fonts) = fonts(&[("a.ttf", "emoji")]);
        assert_eq!(names(&fonts.fallback('❤')), ["DejaVu Sans"]);
        assert_eq!(names(&fonts.fallback('🦀')), ["Noto Color Emoji"]);
        assert!(fonts.fallback('中').is_empty());
        let (_root, mut fonts) = self::fonts(&[("a.ttf", "Liberation Mono")]);
        assert_eq!(names(&fonts.fallback('→')), ["Liberation Mono"]);
    }

    #[test]
    fn what_a_project_brings_comes_before_what_has_its_name_elsewhere() {
        let (root, mut fonts) = fonts(&[("a.ttf", "Liberation Sans")]);
        let found = fonts.family("Liberation Sans");
        let file = std::fs::read(root.path().join("public/a.ttf")).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, AssetId::of(&file));
        // A generic name does not change for it.
        assert_eq!(fonts.family("sans-serif").len(), 4);
    }
}
