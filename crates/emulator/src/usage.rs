//! What a process and its children use, from `/proc`.

use std::time::Duration;

use rustix::process::Pid;

/// The kernel counts CPU time in hundredths of a second there.
const TICKS: u64 = 100;
/// The size of the pages that memory is counted in.
const PAGE: u64 = 4096;

/// The process and everything below it.
fn family(root: Pid) -> Vec<String> {
    let mut found = vec![root.as_raw_nonzero().to_string()];
    let mut at = 0;
    while at < found.len() {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", found[at]));
        for task in tasks.into_iter().flatten().flatten() {
            let children =
                std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
            found.extend(children.split_whitespace().map(str::to_owned));
        }
        at += 1;
    }
    found
}

/// CPU time of the living, and of the dead that were waited for.
pub fn cpu_time(root: Pid) -> Duration {
    let ticks: u64 = family(root)
        .iter()
        .filter_map(|process| std::fs::read_to_string(format!("/proc/{process}/stat")).ok())
        .map(|stat| ticks(&stat))
        .sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}

/// The four times in a `stat` line, added up. The name before them may hold anything.
fn ticks(stat: &str) -> u64 {
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    fields
        .split_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum()
}

/// Resident memory in bytes; pages that are shared count for each.
pub fn memory(root: Pid) -> u64 {
    let pages: u64 = family(root)
        .iter()
        .filter_map(|process| std::fs::read_to_string(format!("/proc/{process}/statm")).ok())
        .filter_map(|statm| statm.split(' ').nth(1)?.parse::<u64>().ok())
        .sum();
    pages * PAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_the_name() {
        let stat = "42 (a name) 7) S 1 42 42 0 -1 4194560 100 0 0 0 10 20 3 4 20 0 1 0 555";
        assert_eq!(ticks(stat), 37);
    }

    #[test]
    fn a_process_uses_memory() {
        let own = rustix::process::getpid();
        assert!(memory(own) > 1 << 20, "{}", memory(own));
        assert!(family(own).contains(&std::process::id().to_string()));
    }
}
