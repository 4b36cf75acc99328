use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Command;
use tokio::sync::watch;

use crate::cgroup::Cgroup;
use crate::log::Log;
use crate::machine::{Machine, seen_processors};
use crate::usage;

/// Files that a function may have open on Lambda.
const OPEN_FILES: u32 = 1024;

/// Puts itself into the control groups, then becomes the program.
const ENTER: &str = r#"count=$1; shift
while [ "$count" -gt 0 ]; do echo 0 >"$1/cgroup.procs" || exit 125; shift; count=$((count-1)); done
ulimit -n "$1"; shift
exec "$@""#;

/// What a sandbox's process is started with.
pub struct Launch<'a> {
    pub machine: &'a Machine,
    pub number: u32,
    pub command: &'a Path,
    pub arguments: &'a [String],
    pub env: &'a BTreeMap<String, String>,
    /// The program's folder, where it starts.
    pub directory: &'a Path,
    pub rootfs: Option<&'a PathBuf>,
    pub memory_mb: u32,
    /// The size of `/tmp` in bytes, where it has one.
    pub tmp_bytes: u64,
}

impl Launch<'_> {
    /// The whole command line: enter the groups, limit, enclose, run.
    fn words(&self, cgroup: Option<&Cgroup>) -> Vec<OsString> {
        let mut words: Vec<OsString> = ["/bin/sh", "-c", ENTER, "sandbox"]
            .map(OsString::from)
            .into();
        let folders: Vec<&Path> = cgroup.into_iter().flat_map(Cgroup::folders).collect();
        words.push(folders.len().to_string().into());
        words.extend(folders.into_iter().map(OsString::from));
        words.push(OPEN_FILES.to_string().into());
        if let Some(setpriv) = &self.machine.setpriv {
            words.push(setpriv.into());
            words.extend(["--pdeathsig", "KILL", "--"].map(OsString::from));
        }
        if let Some(taskset) = &self.machine.taskset {
            words.push(taskset.into());
            words.extend(["-c".into(), self.processors().into()]);
        }
        if let Some(bwrap) = &self.machine.bwrap {
            words.push(bwrap.into());
            words.extend(self.enclosure());
        }
        words.push(self.command.into());
        words.extend(self.arguments.iter().map(OsString::from));
        words
    }

    /// The processors that this sandbox sees: neighbours see others.
    fn processors(&self) -> String {
        let seen = seen_processors(self.memory_mb);
        let first = self.number as usize * seen;
        let list: Vec<String> = (first..first + seen)
            .map(|number| (number % self.machine.processors).to_string())
            .collect();
        list.join(",")
    }

    /// A read-only root with a `/tmp` of its own.
    fn enclosure(&self) -> Vec<OsString> {
        let mut words: Vec<OsString> = Vec::new();
        let mut add = |option: &[&OsStr]| words.extend(option.iter().map(OsString::from));
        let root = self
            .rootfs
            .map_or(OsStr::new("/"), |rootfs| rootfs.as_os_str());
        add(&["--ro-bind".as_ref(), root, "/".as_ref()]);
        // Lambda has no shared memory either.
        add(&["--dev", "/dev", "--remount-ro", "/dev", "--proc", "/proc"].map(OsStr::new));
        let size = self.tmp_bytes.to_string();
        add(&["--size", &size, "--tmpfs", "/tmp"].map(OsStr::new));
        let groups = Path::new("/sys/fs/cgroup");
        if self.rootfs.is_none() && groups.is_dir() {
            // On Lambda a program cannot see its share of CPU; it sees whole processors.
            add(&[
                "--tmpfs",
                "/sys/fs/cgroup",
                "--remount-ro",
                "/sys/fs/cgroup",
            ]
            .map(OsStr::new));
        }
        if self.rootfs.is_none() && self.command.starts_with("/tmp") {
            let shown = if self.directory == Path::new("/tmp") {
                self.command
            } else {
                self.directory
            };
            add(&["--ro-bind".as_ref(), shown.as_os_str(), shown.as_os_str()]);
        }
        add(&[
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--die-with-parent",
        ]
        .map(OsStr::new));
        add(&[
            "--chdir".as_ref(),
            self.directory.as_os_str(),
            "--".as_ref(),
        ]);
        words
    }
}

/// The process of a sandbox and all that it started; it ends with the value.
pub struct Process {
    group: Pid,
    exit: watch::Receiver<Option<ExitStatus>>,
    cgroup: Option<Cgroup>,
}

impl Process {
    pub fn start(launch: &Launch, cgroup: Option<Cgroup>, log: &Log) -> std::io::Result<Self> {
        let words = launch.words(cgroup.as_ref());
        let directory = if launch.rootfs.is_some() {
            Path::new("/")
        } else {
            launch.directory
        };
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .env_clear()
            .envs(launch.env)
            .current_dir(directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        log.follow(child.stdout.take().expect("stdout is piped"));
        log.follow(child.stderr.take().expect("stderr is piped"));
        let group = child
            .id()
            .and_then(|id| Pid::from_raw(id as i32))
            .ok_or_else(|| std::io::Error::other("the process has no id"))?;
        let (sender, exit) = watch::channel(None);
        tokio::spawn(async move {
            let status = child.wait().await.unwrap_or(ExitStatus::from_raw(0));
            let _ = sender.send(Some(status));
        });
        Ok(Self {
            group,
            exit,
            cgroup,
        })
    }

    /// Waits for its end.
    pub async fn exited(&self) -> ExitStatus {
        let mut exit = self.exit.clone();
        match exit.wait_for(Option::is_some).await {
            Ok(status) => status.unwrap_or(ExitStatus::from_raw(0)),
            Err(_) => ExitStatus::from_raw(0),
        }
    }

    pub fn is_running(&self) -> bool {
        self.exit.borrow().is_none()
    }

    /// Stops it, or lets it go on.
    pub fn freeze(&self, frozen: bool) {
        if self
            .cgroup
            .as_ref()
            .is_some_and(|cgroup| cgroup.freeze(frozen))
        {
            return;
        }
        self.signal(if frozen { Signal::STOP } else { Signal::CONT });
    }

    /// Kills it and all that it started.
    pub fn kill(&self) {
        match &self.cgroup {
            Some(cgroup) => cgroup.kill(),
            None => self.signal(Signal::KILL),
        }
    }

    fn signal(&self, signal: Signal) {
        if let Some(cgroup) = &self.cgroup {
            cgroup.signal(signal);
        } else {
            // Once it has been waited for, its number is its children's group at most.
            let _ = kill_process_group(self.group, signal);
        }
    }

    /// CPU time used so far, by all its processes.
    pub fn cpu_time(&self) -> Duration {
        let counted = self.cgroup.as_ref().and_then(Cgroup::cpu_time);
        counted.unwrap_or_else(|| usage::cpu_time(self.group))
    }

    /// Memory held now, in bytes.
    pub fn memory(&self) -> u64 {
        let counted = self.cgroup.as_ref().and_then(Cgroup::memory);
        counted.unwrap_or_else(|| usage::memory(self.group))
    }

    /// Whether more memory than `bytes` is held; cheap while it is not.
    pub fn holds_more_than(&self, bytes: u64) -> bool {
        let charged = self.cgroup.as_ref().and_then(Cgroup::charged);
        charged.is_none_or(|charged| charged > bytes) && self.memory() > bytes
    }

    /// Whether the kernel has killed any of its processes for want of memory.
    pub fn memory_kills(&self) -> u64 {
        self.cgroup.as_ref().map_or(0, Cgroup::memory_kills)
    }

    /// Changes the share of CPU; `false` if it has none that could be changed.
    pub fn limit_cpu(&self, processors: Option<f64>) -> bool {
        let cgroup = self.cgroup.as_ref().filter(|cgroup| cgroup.can_limit_cpu());
        cgroup.is_some_and(|cgroup| cgroup.limit_cpu(processors).is_ok())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// As Lambda words it; without words for a process that just ended.
pub fn exit_words(status: ExitStatus) -> Option<String> {
    // An enclosing process tells a signal by 128 and its number.
    let told = status
        .code()
        .filter(|code| *code > 128)
        .map(|code| code - 128);
    let name = match status.signal().or(told) {
        Some(4) => "illegal instruction",
        Some(6) => "aborted",
        Some(7) => "bus error",
        Some(8) => "floating point exception",
        Some(9) => "killed",
        Some(11) => "segmentation fault",
        Some(15) => "terminated",
        Some(other) => return Some(format!("signal {other}")),
        None => {
            let code = status.code().unwrap_or(0);
            return (code != 0).then(|| format!("exit status {code}"));
        }
    };
    Some(format!("signal: {name}"))
}
