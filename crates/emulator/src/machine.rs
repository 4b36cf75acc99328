use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::cgroup::{Ability, Cgroups};
use crate::{EmulatorError, EmulatorOptions, Enforce};

/// Megabytes of memory that go with one processor.
const MEMORY_PER_PROCESSOR: f64 = 1769.0;

/// What this machine offers for sandboxes, as far as it is wanted.
pub struct Machine {
    pub cgroups: Arc<Cgroups>,
    /// Binds a process's life to ours.
    pub setpriv: Option<PathBuf>,
    /// Gives a process a file system of its own.
    pub bwrap: Option<PathBuf>,
    /// Limits the processors that a process sees, if there are more than it should.
    pub taskset: Option<PathBuf>,
    /// Processors of this machine.
    pub processors: usize,
    /// Whether the share of CPU holds.
    pub cpu: bool,
    /// Whether the memory limit holds.
    pub memory: bool,
    /// Whether sandboxes stand still between calls.
    pub freeze: bool,
    /// What does not hold, or not quite.
    pub warnings: Vec<String>,
}

impl Machine {
    /// Looks at the machine; fails if it lacks what has to be.
    pub fn find(options: &EmulatorOptions) -> Result<Self, EmulatorError> {
        let (limits, function) = (&options.limits, &options.function);
        allow_open_files();
        let mut warnings = Vec::new();
        let cgroups = Arc::new(if limits.control_groups {
            Cgroups::find()
        } else {
            Cgroups::default()
        });
        let setpriv = find_program("setpriv");
        if setpriv.is_none() {
            warnings.push(
                "`setpriv` is missing: sandboxes outlive an emulator that is killed".to_owned(),
            );
        }
        let wanted = limits.files != Enforce::Off || function.rootfs.is_some();
        let bwrap = if wanted {
            bubblewrap()
        } else {
            Err("not wanted".to_owned())
        };
        if let (Some(rootfs), Err(why)) = (&function.rootfs, &bwrap) {
            let message = format!(
                "the root file system `{}` needs bubblewrap: {why}",
                rootfs.display()
            );
            return Err(EmulatorError::NotEnforceable(message));
        }
        if let (true, Err(why)) = (options.faults.needs_own_tmp(), &bwrap) {
            let message =
                format!("a full `/tmp` needs the limit on files, which needs bubblewrap: {why}");
            return Err(EmulatorError::NotEnforceable(message));
        }
        let mut hold = |limit: Enforce, possible: bool, missing: String| match limit {
            Enforce::Off => Ok(false),
            _ if possible => Ok(true),
            Enforce::On => Err(EmulatorError::NotEnforceable(missing)),
            Enforce::WherePossible => {
                warnings.push(missing);
                Ok(false)
            }
        };
        let why = bwrap.as_ref().err().cloned().unwrap_or_default();
        let files = "/tmp has no limit and is this machine's own, other folders may be written to"
            .to_owned();
        hold(limits.files, bwrap.is_ok(), format!("{files}: {why}"))?;
        let cpu = hold(
            limits.cpu,
            cgroups.can(Ability::Cpu),
            "the share of CPU does not hold: no control group for it can be made (try as root)"
                .to_owned(),
        )?;
        let memory = limits.memory != Enforce::Off;
        if memory && !cgroups.can(Ability::Memory) {
            hold(
                limits.memory,
                false,
                "the memory limit is only watched, so it may be passed for a moment: no control group for it \
                 can be made (try as root)"
                    .to_owned(),
            )?;
        }
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let sees = seen_processors(function.memory_mb);
        let taskset = if cpu && processors > sees {
            find_program("taskset")
        } else {
            None
        };
        if cpu && processors > sees && taskset.is_none() {
            warnings.push(format!(
                "`taskset` is missing: the function sees {processors} processors, not {sees}"
            ));
        }
        Ok(Self {
            cgroups,
            setpriv,
            bwrap: bwrap.ok(),
            taskset,
            processors,
            cpu,
            memory,
            freeze: limits.freeze != Enforce::Off,
            warnings,
        })
    }

    /// The share of processors that a sandbox may use.
    pub fn share(&self, memory_mb: u32) -> f64 {
        f64::from(memory_mb) / MEMORY_PER_PROCESSOR
    }
}

/// As many as this process may have: a sandbox takes half a dozen of ours.
fn allow_open_files() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where that is not granted, fewer sandboxes fit.
    let _ = setrlimit(Resource::Nofile, limit);
}

/// How many processors Lambda lets a function of this memory see.
pub fn seen_processors(memory_mb: u32) -> usize {
    match memory_mb {
        0..=3008 => 2,
        3009..=5307 => 3,
        5308..=7076 => 4,
        7077..=8845 => 5,
        8846.. => 6,
    }
}

/// Bubblewrap, if it works here.
fn bubblewrap() -> Result<PathBuf, String> {
    let bwrap = find_program("bwrap")
        .ok_or("bubblewrap is not installed (Debian: `apt install bubblewrap`)")?;
    let trial = Command::new(&bwrap)
        .args([
            "--ro-bind",
            "/",
            "/",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
            "--unshare-pid",
            "true",
        ])
        .output()
        .map_err(|error| format!("bubblewrap does not start: {error}"))?;
    if trial.status.success() {
        return Ok(bwrap);
    }
    let why = String::from_utf8_lossy(&trial.stderr);
    Err(format!("bubblewrap does not work here: {}", why.trim()))
}

/// A program on the path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program: &PathBuf| Path::is_file(program))
}
