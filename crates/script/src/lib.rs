//! The script runtime: TSX in, film out.
//!
//! The headline is [`record`]: it runs a project once and hands each frame's
//! drawing to a [`FilmSink`]. What a script may reach outside of itself it asks
//! through a [`Host`]; what its author did wrong comes back as [`Diagnostic`]s
//! that name the file, line and column.
//!
//! This crate never decodes media, opens a socket or draws a pixel, and a
//! script has no access to files, processes or the network but through its host.
//!
//! **The decision behind it:** the API that scenes import is TypeScript of our
//! own, compiled to bytecode when this crate is built, and the nodes that it
//! makes are mirrored on a stage in Rust, to which changed properties are
//! pushed once a frame. The price is a boundary that each property crosses; it
//! is crossed in one call a frame.

mod css;
mod diagnostic;
mod engine;
mod env_file;
mod error;
mod fence;
mod files;
mod film;
mod fonts;
mod glob;
mod globals;
mod graph;
mod guard;
mod heap;
mod host;
mod lch;
mod loader;
mod native;
mod options;
mod record;
mod resolve;
mod run;
mod runtime;
mod shader;
mod stage_bridge;
mod stylesheets;
mod trace;
mod transpile;
mod tsconfig;
mod world;
mod wrap;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use error::ScriptError;
pub use fence::{Fence, FilesBelow};
pub use film::{AssetUse, FilmSink, FontUse, NodeTrack, Recorded, Recording, SceneSpan, TimeEvent};
pub use fonts::{BUNDLED_FALLBACKS, bundled_family, bundled_font, generic_family, is_bundled};
pub use host::{
    Host, HostAsset, LogLevel, PictureKind, Pixels, ScriptRequest, ScriptResponse, Watch,
};
pub use options::{Limits, ScriptOptions, own_folder, project_root};
pub use record::record;
pub use run::{run_module, run_runtime_test};

/// The JavaScript of a browser's TypeScript module: its types are taken out, the rest is
/// left as it is.
///
/// # Errors
/// All mistakes of the parser, each in a line.
pub fn to_javascript(source: &str, path: &std::path::Path) -> Result<String, String> {
    let done = transpile::transpile(source, path, &transpile::Dialect::default());
    done.map(|done| done.code).map_err(|faults| {
        let faults = faults.iter().map(|fault| fault.message.as_str());
        faults.collect::<Vec<_>>().join("\n")
    })
}

/// What editors and `tsc` read of the modules that scripts find built in: for each the path
/// of its module without an ending (`2d/components/Rect` is `@revideo/2d/lib/components/Rect`)
/// and the text of its `.d.ts`.
pub const DECLARATIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/declarations.rs"));
