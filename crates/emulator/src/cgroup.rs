//! Control groups, of the first and the second version, through their files.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// The period over which a share of CPU is counted.
const PERIOD_US: u64 = 20_000;
/// The least that a group may run in a period, given by the kernel.
const LEAST_QUOTA_US: u64 = 1000;
/// How long a group's processes get to die.
const PATIENCE: Duration = Duration::from_secs(2);
/// What our folders are called, before the emulator's process id.
const PREFIX: &str = "kinora-emulator-";

/// What a group can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// Limits memory.
    Memory,
    /// Limits the share of CPU.
    Cpu,
    /// Counts the CPU time that was used.
    CpuTime,
    /// Stops all processes at once.
    Freeze,
}

const ABILITIES: [Ability; 4] = [
    Ability::Memory,
    Ability::Cpu,
    Ability::CpuTime,
    Ability::Freeze,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    One,
    Two,
}

/// The folder in which sandboxes get their groups, for some of the abilities.
#[derive(Debug)]
struct Hierarchy {
    version: Version,
    abilities: Vec<Ability>,
    folder: PathBuf,
}

/// The control groups that this machine lets us make.
#[derive(Debug, Default)]
pub struct Cgroups {
    hierarchies: Vec<Hierarchy>,
    /// Groups whose processes had not gone yet.
    left: Mutex<Vec<PathBuf>>,
}

/// A mounted hierarchy.
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    version: u8,
    controllers: Vec<String>,
    /// Where it is mounted.
    at: PathBuf,
    /// Which group is seen there as the topmost one.
    root: String,
}

impl Cgroups {
    /// Tries what can be made under the groups that we are in ourselves.
    pub fn find() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let (mounts, own) = (
            mounts(&read("/proc/self/mountinfo")),
            read("/proc/self/cgroup"),
        );
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "{PREFIX}{}-{}",
            std::process::id(),
            SERIAL.fetch_add(1, Relaxed)
        );
        let mut found = Self::default();
        for mount in &mounts {
            let own = own_group(mount, &own);
            let inside = mount.at.join(own.trim_start_matches('/'));
            // A group with processes in it cannot be divided (version 2): then better
            // beside it, where that is allowed.
            let mut parents = vec![inside, mount.at.clone()];
            parents.dedup();
            let missing = found.missing();
            let made = parents
                .iter()
                .filter_map(|parent| Hierarchy::make(mount, parent, &name, &missing));
            found.hierarchies.extend(most_able(made));
        }
        found
    }

    fn missing(&self) -> Vec<Ability> {
        ABILITIES
            .into_iter()
            .filter(|ability| !self.can(*ability))
            .collect()
    }

    pub fn can(&self, ability: Ability) -> bool {
        self.hierarchies
            .iter()
            .any(|hierarchy| hierarchy.abilities.contains(&ability))
    }

    /// A group for one sandbox.
    pub fn make(self: &Arc<Self>, name: &str) -> io::Result<Cgroup> {
        let mut parts = Vec::new();
        for hierarchy in &self.hierarchies {
            let folder = hierarchy.folder.join(name);
            std::fs::create_dir_all(&folder)?;
            let (version, abilities) = (hierarchy.version, hierarchy.abilities.clone());
            parts.push(Hierarchy {
                version,
                abilities,
                folder,
            });
        }
        Ok(Cgroup {
            parts,
            all: self.clone(),
        })
    }

    /// Removes the groups whose processes have gone by now.
    pub fn sweep(&self) {
        let mut left = self.left.lock().unwrap();
        left.retain(|folder| std::fs::remove_dir(folder).is_err() && folder.exists());
    }
}

impl Drop for Cgroups {
    fn drop(&mut self) {
        let end = Instant::now() + PATIENCE;
        self.sweep();
        while !self.left.lock().unwrap().is_empty() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
            self.sweep();
        }
        for hierarchy in &self.hierarchies {
            let _ = std::fs::remove_dir(&hierarchy.folder);
        }
    }
}

impl Hierarchy {
    /// Makes our folder in `parent` if it can do any of what is wanted there.
    fn make(mount: &Mount, parent: &Path, name: &str, wanted: &[Ability]) -> Option<Self> {
        let version = if mount.version == 1 {
            Version::One
        } else {
            Version::Two
        };
        let folder = parent.join(name);
        remove_stale(parent);
        if version == Version::Two {
            for controller in ["memory", "cpu"] {
                let _ = std::fs::write(
                    parent.join("cgroup.subtree_control"),
                    format!("+{controller}"),
                );
            }
        }
        std::fs::create_dir(&folder).ok()?;
        if version == Version::Two {
            for controller in ["memory", "cpu"] {
                let _ = std::fs::write(
                    folder.join("cgroup.subtree_control"),
                    format!("+{controller}"),
                );
            }
        }
        let trial = folder.join("trial");
        let made = std::fs::create_dir(&trial).is_ok();
        let abilities: Vec<Ability> = wanted
            .iter()
            .copied()
            .filter(|ability| {
                made && ability
                    .file(version)
                    .is_some_and(|file| is_writable(&trial.join(file)))
            })
            .collect();
        let _ = std::fs::remove_dir(&trial);
        if abilities.is_empty() {
            let _ = std::fs::remove_dir(&folder);
            return None;
        }
        Some(Self {
            version,
            abilities,
            folder,
        })
    }
}

impl Ability {
    /// The file that is there if a group has the ability.
    fn file(self, version: Version) -> Option<&'static str> {
        Some(match (self, version) {
            (Self::Memory, Version::One) => "memory.limit_in_bytes",
            (Self::Memory, Version::Two) => "memory.max",
            (Self::Cpu, Version::One) => "cpu.cfs_quota_us",
            (Self::Cpu, Version::Two) => "cpu.max",
            (Self::CpuTime, Version::One) => "cpuacct.usage",
            // Read only; that processes may be moved in decides.
            (Self::CpuTime, Version::Two) => "cgroup.procs",
            // What is frozen by version 1 cannot be killed, not even with us.
            (Self::Freeze, Version::One) => return None,
            (Self::Freeze, Version::Two) => "cgroup.freeze",
        })
    }
}

fn is_writable(path: &Path) -> bool {
    std::fs::OpenOptions::new().write(true).open(path).is_ok()
}

/// Removes what emulators left behind that were killed.
fn remove_stale(parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
            continue;
        };
        let pid = rest.split('-').next().unwrap_or("");
        if Path::new("/proc").join(pid).exists() {
            continue;
        }
        for group in std::fs::read_dir(entry.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            let _ = std::fs::remove_dir(group.path());
        }
        let _ = std::fs::remove_dir(entry.path());
    }
}

/// The first of those that can do most; the others' folders go.
fn most_able(made: impl Iterator<Item = Hierarchy>) -> Option<Hierarchy> {
    made.reduce(|best, next| {
        let (best, rest) = if next.abilities.len() > best.abilities.len() {
            (next, best)
        } else {
            (best, next)
        };
        let _ = std::fs::remove_dir(&rest.folder);
        best
    })
}

/// The hierarchies in a `mountinfo`.
fn mounts(text: &str) -> Vec<Mount> {
    let mount = |line: &str| {
        let (left, right) = line.split_once(" - ")?;
        let mut left = left.split(' ').skip(3);
        let (root, at) = (left.next()?, left.next()?);
        let mut right = right.split(' ');
        let version = match right.next()? {
            "cgroup" => 1,
            "cgroup2" => 2,
            _ => return None,
        };
        let controllers = right.nth(1)?.split(',').map(str::to_owned).collect();
        Some(Mount {
            version,
            controllers,
            at: at.into(),
            root: root.to_owned(),
        })
    };
    text.lines().filter_map(mount).collect()
}

/// The path of our own group below the mount, from `/proc/self/cgroup`.
fn own_group(mount: &Mount, text: &str) -> String {
    let line = text.lines().find_map(|line| {
        let mut fields = line.splitn(3, ':');
        let (number, controllers, path) = (fields.next()?, fields.next()?, fields.next()?);
        let ours = match mount.version {
            2 => number == "0" && controllers.is_empty(),
            _ => {
                !controllers.is_empty()
                    && controllers
                        .split(',')
                        .all(|controller| mount.controllers.iter().any(|known| known == controller))
            }
        };
        ours.then(|| path.to_owned())
    });
    let path = line.unwrap_or_default();
    path.strip_prefix(mount.root.trim_end_matches('/'))
        .unwrap_or(&path)
        .to_owned()
}

/// The group of one sandbox; it goes with the value.
pub struct Cgroup {
    parts: Vec<Hierarchy>,
    all: Arc<Cgroups>,
}

impl Cgroup {
    /// The folders into whose `cgroup.procs` a process writes itself.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.parts.iter().map(|part| part.folder.as_path())
    }

    fn part(&self, ability: Ability) -> Option<&Hierarchy> {
        self.parts
            .iter()
            .find(|part| part.abilities.contains(&ability))
    }

    /// Nothing beyond so many bytes; the kernel kills what wants more.
    pub fn limit_memory(&self, bytes: u64) -> io::Result<()> {
        let Some(part) = self.part(Ability::Memory) else {
            return Ok(());
        };
        match part.version {
            Version::One => {
                std::fs::write(part.folder.join("memory.limit_in_bytes"), bytes.to_string())?;
                // Not every kernel counts swap.
                let _ = std::fs::write(
                    part.folder.join("memory.memsw.limit_in_bytes"),
                    bytes.to_string(),
                );
            }
            Version::Two => {
                std::fs::write(part.folder.join("memory.max"), bytes.to_string())?;
                let _ = std::fs::write(part.folder.join("memory.swap.max"), "0");
            }
        }
        Ok(())
    }

    pub fn can_limit_cpu(&self) -> bool {
        self.part(Ability::Cpu).is_some()
    }

    /// So many processors' worth of time, or as much as there is.
    pub fn limit_cpu(&self, processors: Option<f64>) -> io::Result<()> {
        let Some(part) = self.part(Ability::Cpu) else {
            return Ok(());
        };
        let limit = processors.map(quota);
        let period = limit.map_or(PERIOD_US, |(_, period)| period);
        match part.version {
            Version::One => {
                let quota = limit.map_or("-1".to_owned(), |(quota, _)| quota.to_string());
                std::fs::write(part.folder.join("cpu.cfs_period_us"), period.to_string())?;
                std::fs::write(part.folder.join("cpu.cfs_quota_us"), quota)
            }
            Version::Two => {
                let quota = limit.map_or("max".to_owned(), |(quota, _)| quota.to_string());
                std::fs::write(part.folder.join("cpu.max"), format!("{quota} {period}"))
            }
        }
    }

    /// CPU time used so far.
    pub fn cpu_time(&self) -> Option<Duration> {
        let part = self.part(Ability::CpuTime)?;
        match part.version {
            Version::One => {
                let text = std::fs::read_to_string(part.folder.join("cpuacct.usage")).ok()?;
                Some(Duration::from_nanos(text.trim().parse().ok()?))
            }
            Version::Two => {
                field(&part.folder.join("cpu.stat"), "usage_usec").map(Duration::from_micros)
            }
        }
    }

    /// All that is charged to the group, files' pages too, in bytes: cheap to ask.
    pub fn charged(&self) -> Option<u64> {
        let part = self.part(Ability::Memory)?;
        let file = match part.version {
            Version::One => "memory.usage_in_bytes",
            Version::Two => "memory.current",
        };
        std::fs::read_to_string(part.folder.join(file))
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// What the processes hold themselves, in bytes.
    pub fn memory(&self) -> Option<u64> {
        let part = self.part(Ability::Memory)?;
        let name = match part.version {
            Version::One => "total_rss",
            Version::Two => "anon",
        };
        field(&part.folder.join("memory.stat"), name)
    }

    /// How many processes the kernel has killed for want of memory.
    pub fn memory_kills(&self) -> u64 {
        let Some(part) = self.part(Ability::Memory) else {
            return 0;
        };
        let file = match part.version {
            Version::One => "memory.oom_control",
            Version::Two => "memory.events",
        };
        field(&part.folder.join(file), "oom_kill").unwrap_or(0)
    }

    /// Stops all processes, or lets them go on; `false` if the group cannot.
    pub fn freeze(&self, frozen: bool) -> bool {
        let Some(part) = self.part(Ability::Freeze) else {
            return false;
        };
        std::fs::write(
            part.folder.join("cgroup.freeze"),
            if frozen { "1" } else { "0" },
        )
        .is_ok()
    }

    /// Sends a signal to each process.
    pub fn signal(&self, signal: Signal) {
        let Some(part) = self.parts.first() else {
            return;
        };
        let processes =
            std::fs::read_to_string(part.folder.join("cgroup.procs")).unwrap_or_default();
        for process in processes
            .lines()
            .filter_map(|line| Pid::from_raw(line.parse().ok()?))
        {
            // It may have gone meanwhile.
            let _ = kill_process(process, signal);
        }
    }

    /// Ends all processes.
    pub fn kill(&self) {
        self.freeze(false);
        for part in self
            .parts
            .iter()
            .filter(|part| part.version == Version::Two)
        {
            if std::fs::write(part.folder.join("cgroup.kill"), "1").is_ok() {
                return;
            }
        }
        self.signal(Signal::KILL);
    }
}

impl Drop for Cgroup {
    fn drop(&mut self) {
        self.kill();
        let folders = self.parts.iter().map(|part| part.folder.clone());
        self.all.left.lock().unwrap().extend(folders);
        self.all.sweep();
    }
}

/// Microseconds of running time in a period of microseconds.
fn quota(processors: f64) -> (u64, u64) {
    let mut period = PERIOD_US;
    // A small share wants a longer period.
    while (processors * period as f64) < LEAST_QUOTA_US as f64 && period < 1_000_000 {
        period = (period * 5).min(1_000_000);
    }
    (
        (processors * period as f64).max(LEAST_QUOTA_US as f64) as u64,
        period,
    )
}

/// The number after a name in a file of such lines.
fn field(file: &Path, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    line.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hierarchies_are_read_from_the_mounts() {
        let text = "\
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n\
            32 31 0:29 /docker/1a /sys/fs/cgroup/cpu rw,relatime master:9 - cgroup cgroup rw,cpu,cpuacct\n\
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate\n";
        let found = mounts(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].controllers, ["rw", "cpu", "cpuacct"]);
        assert_eq!(
            (found[0].version, found[0].root.as_str()),
            (1, "/docker/1a")
        );
        let own = "5:cpu,cpuacct:/docker/1a/here\n4:memory:/elsewhere\n0::/user.slice/x.scope\n";
        assert_eq!(own_group(&found[0], own), "/here");
        assert_eq!(own_group(&found[1], own), "/user.slice/x.scope");
    }

    #[test]
    fn the_more_able_folder_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, abilities: &[Ability]| {
            let folder = folder.path().join(name);
            std::fs::create_dir(&folder).unwrap();
            Hierarchy {
                version: Version::Two,
                abilities: abilities.to_vec(),
                folder,
            }
        };
        let inside = make("inside", &[Ability::Freeze]);
        let beside = make("beside", &[Ability::Freeze, Ability::Memory]);
        let best = most_able([inside, beside].into_iter()).unwrap();
        assert_eq!(best.folder, folder.path().join("beside"));
        assert!(best.folder.exists() && !folder.path().join("inside").exists());
    }

    #[test]
    fn a_small_share_of_cpu_has_a_long_period() {
        assert_eq!(quota(1.7), (34_000, 20_000));
        assert_eq!(quota(0.085), (1700, 20_000));
        assert_eq!(quota(0.02), (2000, 100_000));
        assert_eq!(quota(0.000_1), (1000, 1_000_000));
    }

    #[test]
    fn version_two_is_told_in_its_own_files() {
        let folder = tempfile::tempdir().unwrap();
        let part = Hierarchy {
            version: Version::Two,
            abilities: ABILITIES.to_vec(),
            folder: folder.path().to_owned(),
        };
        let all = Arc::new(Cgroups::default());
        let group = Cgroup {
            parts: vec![part],
            all,
        };
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        write("cpu.stat", "usage_usec 1500\nuser_usec 1000\n");
        write("memory.stat", "anon 4096\nfile 8192\n");
        write("memory.events", "low 0\noom 3\noom_kill 2\n");
        write("memory.current", "12288\n");
        assert_eq!(group.cpu_time(), Some(Duration::from_micros(1500)));
        assert_eq!((group.memory(), group.charged()), (Some(4096), Some(12288)));
        assert_eq!(group.memory_kills(), 2);
        group.limit_memory(1 << 30).unwrap();
        group.limit_cpu(Some(0.5)).unwrap();
        assert!(group.freeze(true));
        assert_eq!(read("memory.max"), "1073741824");
        assert_eq!(read("memory.swap.max"), "0");
        assert_eq!(read("cpu.max"), "10000 20000");
        assert_eq!(read("cgroup.freeze"), "1");
        group.kill();
        assert_eq!(
            (read("cgroup.freeze").as_str(), read("cgroup.kill").as_str()),
            ("0", "1")
        );
        // A group's folder vanishes although there are files in it; this one does not.
        folder.close().unwrap();
    }
}
