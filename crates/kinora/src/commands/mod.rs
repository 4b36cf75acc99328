//! One command a file.

mod batch;
mod bundle;
mod check;
mod compare;
mod completion;
mod declarations;
mod docs;
mod doctor;
mod frame;
mod inspect;
mod job;
mod lambda;
mod mcp;
mod media;
mod new;
mod open;
mod part;
mod player;
mod render;
mod run;
mod scopes;
mod scripted;
mod serve;
mod skill;
mod studio;
mod verify;

use crate::{args::Command, failure::Failure};

/// Does what the command line asks for.
///
/// # Errors
/// When it cannot be done.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Render(args) => render::command(&args),
        Command::Batch(args) => batch::command(&args),
        Command::Doctor(args) => doctor::command(&args),
        Command::Completion(args) => completion::completion(&args),
        Command::Man(args) => completion::man(&args),
        Command::Frame(args) => frame::command(&args),
        Command::Inspect(args) => inspect::command(&args),
        Command::Check(args) => check::command(&args),
        Command::Serve(args) => serve::command(&args),
        Command::Scopes(args) => scopes::command(&args),
        Command::Compare(args) => compare::command(&args),
        Command::Docs(args) => docs::command(&args),
        Command::Mcp => mcp::command(),
        Command::Skill(args) => skill::command(&args),
        Command::Studio(args) => studio::command(&args),
        Command::Run(args) => run::command(&args),
        Command::New(args) => new::command(&args),
        Command::Bundle(args) => bundle::command(&args),
        Command::Part(args) => part::command(&args),
        Command::Open(args) => open::command(&args),
        Command::Verify(args) => verify::command(&args),
        Command::Media(command) => media::command(&command),
        Command::Job(command) => job::command(&command),
        Command::Worker(args) => job::worker(&args),
        Command::Lambda(command) => lambda::run(command),
        Command::Player(args) => player::command(&args),
        Command::Types(args) => declarations::command(&args),
    }
}
