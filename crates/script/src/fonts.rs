use std::sync::{Arc, LazyLock};

use kinora_film::AssetId;

use crate::FontUse;

static FONTS: LazyLock<Vec<FontUse>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../fonts/Roboto-Regular.ttf"),
        include_bytes!("../fonts/Roboto-Bold.ttf"),
        include_bytes!("../fonts/Roboto-Italic.ttf"),
        include_bytes!("../fonts/Roboto-BoldItalic.ttf"),
    ];
    files
        .into_iter()
        .map(|bytes| FontUse {
            family: "Roboto".to_owned(),
            id: AssetId::of(bytes),
            bytes: Arc::new(bytes),
        })
        .collect()
});

/// The fonts that every film can use: Roboto, upright and italic, in two weights.
pub fn bundled_fonts() -> &'static [FontUse] {
    &FONTS
}
