//! Programs that others have written, which tests of several crates run.

use std::path::{Path, PathBuf};
use std::process::Command;

use kinora_emulator::Emulator;

/// A tool that the test needs; without it the test is skipped, told loudly, but
/// fails where it has to run: in CI and with `KINORA_REQUIRE_FOREIGN=1`.
pub fn tool(variable: &str, name: &str, check: &[&str], install: &str) -> Option<PathBuf> {
    let program = std::env::var_os(variable).unwrap_or_else(|| name.into());
    let works = Command::new(&program)
        .args(check)
        .output()
        .is_ok_and(|output| output.status.success());
    if works {
        return Some(program.into());
    }
    let is_required =
        |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let what = format!(
        "`{}` does not work: {install}",
        Path::new(&program).display()
    );
    assert!(
        !is_required("CI") && !is_required("KINORA_REQUIRE_FOREIGN"),
        "{what}"
    );
    eprintln!("skipped: {what}");
    None
}

/// A program with the emulator's variables and nothing of this machine's settings.
pub fn command(program: &Path, emulator: &Emulator) -> Command {
    let mut command = Command::new(program);
    command
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_PAGER", "")
        .env("AWS_MAX_ATTEMPTS", "1")
        .env_remove("AWS_PROFILE")
        .env_remove("AWS_SESSION_TOKEN")
        .envs(emulator.environment());
    command
}
