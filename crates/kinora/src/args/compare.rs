use std::path::PathBuf;

use clap::Args;

use super::{ProjectArgs, variable};

/// Variants of a project's variables.
#[derive(Args, Debug)]
pub struct CompareArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// A variant: the project with this variable so; the value is taken as JSON where it is
    /// JSON, else as text. May be given more than once, a row each
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable,
          required_unless_present = "variants")]
    pub vary: Vec<(String, serde_json::Value)>,

    /// A JSON file with a list of objects of variables, a row each
    #[arg(long, value_name = "FILE.json")]
    pub variants: Option<PathBuf>,

    /// Frames of each variant, spread over its film
    #[arg(long, value_name = "N", default_value_t = 3,
          value_parser = clap::value_parser!(u16).range(1..=100))]
    pub columns: u16,

    /// Pixels across of each picture
    #[arg(long, value_name = "PIXELS", default_value_t = 320,
          value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub width: u32,

    /// The file to write, .png, .jpg or .webp
    #[arg(short, long, value_name = "FILE", default_value = "variants.png")]
    pub output: String,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
