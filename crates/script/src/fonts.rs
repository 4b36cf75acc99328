use std::sync::{Arc, LazyLock, OnceLock};

use kinora_film::AssetId;

use crate::{FontUse, stylesheets::unpacked};

/// A font file that comes with Kinora.
struct Bundled {
    family: &'static str,
    /// As it lies in the program: a font, or one packed as WOFF2.
    file: &'static [u8],
    id: OnceLock<AssetId>,
    unpacked: OnceLock<FontUse>,
}

macro_rules! fonts {
    ($($family:literal: $($file:literal),+;)+) => {
        [$($(($family, include_bytes!(concat!("../fonts/", $file)))),+),+]
    };
}

const FILES: [(&str, &[u8]); 19] = fonts! {
    "Roboto": "Roboto-Regular.ttf", "Roboto-Bold.ttf", "Roboto-Italic.ttf",
        "Roboto-BoldItalic.ttf";
    "Liberation Sans": "LiberationSans-Regular.woff2", "LiberationSans-Bold.woff2",
        "LiberationSans-Italic.woff2", "LiberationSans-BoldItalic.woff2";
    "Liberation Serif": "LiberationSerif-Regular.woff2", "LiberationSerif-Bold.woff2",
        "LiberationSerif-Italic.woff2", "LiberationSerif-BoldItalic.woff2";
    "Liberation Mono": "LiberationMono-Regular.woff2", "LiberationMono-Bold.woff2";
    "DejaVu Sans": "DejaVuSans.woff2", "DejaVuSans-Bold.woff2";
    "DejaVu Sans Mono": "DejaVuSansMono.woff2", "DejaVuSansMono-Bold.woff2";
    "Noto Color Emoji": "NotoColorEmoji.woff2";
};

static FONTS: LazyLock<Vec<Bundled>> = LazyLock::new(|| {
    let bundled = |(family, file)| Bundled {
        family,
        file,
        id: OnceLock::new(),
        unpacked: OnceLock::new(),
    };
    FILES.into_iter().map(bundled).collect()
});

/// The families in which characters are looked for that a text's own fonts lack: of
/// letters and signs, then of pictures.
pub const BUNDLED_FALLBACKS: [&str; 2] = ["DejaVu Sans", "Noto Color Emoji"];

/// The family that a generic name of CSS, which no font has for its own, stands for on every
/// machine; none if it is another name.
pub fn generic_family(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "system-ui" | "ui-sans-serif" | "ui-rounded" | "-apple-system" | "blinkmacsystemfont" => {
            "Roboto"
        }
        "sans-serif" => "Liberation Sans",
        "serif" | "ui-serif" => "Liberation Serif",
        "monospace" | "ui-monospace" => "DejaVu Sans Mono",
        "emoji" => "Noto Color Emoji",
        _ => return None,
    })
}

/// The family of those that come with Kinora that a name stands for: its own, or that of a
/// font whose letters are as wide.
fn alike(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "roboto" => "Roboto",
        "liberation sans" | "arial" | "helvetica" | "arimo" => "Liberation Sans",
        "liberation serif" | "times new roman" | "times" | "tinos" => "Liberation Serif",
        "liberation mono" | "courier new" | "courier" | "cousine" => "Liberation Mono",
        "dejavu sans mono" => "DejaVu Sans Mono",
        "dejavu sans" => "DejaVu Sans",
        "noto color emoji" => "Noto Color Emoji",
        _ => return None,
    })
}

/// The fonts that come with Kinora of a family, which may be named by one that looks like
/// it or by a generic name of CSS; empty if there are none.
///
/// ```
/// let found = kinora_script::bundled_family("Times New Roman");
/// assert_eq!(found[0].family, "Liberation Serif");
/// assert!(kinora_script::bundled_family("Comic Sans MS").is_empty());
/// ```
pub fn bundled_family(name: &str) -> Vec<FontUse> {
    let Some(family) = generic_family(name).or_else(|| alike(name)) else {
        return Vec::new();
    };
    let of_family = FONTS.iter().filter(|font| font.family == family);
    of_family.map(Bundled::font).collect()
}

/// The font that comes with Kinora under this id; `None` if none does.
pub fn bundled_font(id: AssetId) -> Option<FontUse> {
    let found = FONTS.iter().find(|font| font.id() == id);
    found.map(Bundled::font)
}

/// Whether a font comes with Kinora.
pub fn is_bundled(id: AssetId) -> bool {
    FONTS.iter().any(|font| font.id() == id)
}

impl Bundled {
    /// The hash of the file as it is packed, so that the id is known before it is unpacked.
    fn id(&self) -> AssetId {
        *self.id.get_or_init(|| AssetId::of(self.file))
    }

    fn font(&self) -> FontUse {
        let make = || FontUse {
            family: self.family.to_owned(),
            id: self.id(),
            bytes: match self.file {
                [b'w', b'O', ..] => {
                    Arc::new(unpacked(self.file.to_vec()).expect("a test unpacks each of them"))
                }
                font => Arc::new(font),
            },
        };
        self.unpacked.get_or_init(make).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_can_be_unpacked_and_found_by_their_ids() {
        for font in FONTS.iter() {
            let used = bundled_font(font.id()).unwrap();
            let bytes = (*used.bytes).as_ref();
            assert_eq!(bytes[..4], [0, 1, 0, 0], "{}", used.family);
            assert!(bytes.len() >= font.file.len() && is_bundled(used.id));
        }
        assert!(!is_bundled(AssetId::of(b"another")));
    }

    #[test]
    fn every_family_is_found_by_its_own_name_with_all_its_files() {
        let mut files = 0;
        let mut families: Vec<&str> = FONTS.iter().map(|font| font.family).collect();
        families.dedup();
        for family in families {
            let found = bundled_family(family);
            assert!(found.iter().all(|font| font.family == family));
            files += found.len();
        }
        assert_eq!(files, FILES.len());
    }

    #[test]
    fn generic_names_stand_for_families() {
        for (name, family) in [
            ("Sans-Serif", "Liberation Sans"),
            ("serif", "Liberation Serif"),
            ("monospace", "DejaVu Sans Mono"),
            ("system-ui", "Roboto"),
            ("emoji", "Noto Color Emoji"),
        ] {
            assert_eq!(bundled_family(name)[0].family, family);
        }
        for family in BUNDLED_FALLBACKS {
            assert_eq!(bundled_family(family)[0].family, family);
        }
        assert!(bundled_family("cursive").is_empty());
    }
}
