//! Commands around rendering.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What is here.
#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Completion of words in a shell.
#[derive(Args, Debug)]
pub struct CompletionArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Manual pages.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// The folder to write them into; it is made if absent
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// A new project.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// What it begins with
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Template::Hello)]
    pub template: Template,
}

/// What a project begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// A text and shapes that move
    Hello,
    /// Captions word by word, from a JSON file of words and times
    Captions,
    /// Pictures with titles that fade into one another
    Slideshow,
    /// A walk through code that changes
    Code,
    /// Bars that follow a table, in a variant for each row of another (`kinora batch`)
    Data,
}
