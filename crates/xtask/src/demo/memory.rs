//! Memory of a process and everything that it started (Linux).

use std::collections::BTreeMap;
use std::fs;

/// Resident memory of `root` and its descendants in MiB. Pages that processes share count once for each of them.
pub fn resident_mib(root: u32) -> u64 {
    let processes = all();
    let mut family = vec![root];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        family.extend(processes.iter().filter(|(_, process)| process.parent == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    let kib: u64 =
        family.iter().filter_map(|pid| processes.get(pid)).map(|process| process.resident_kib).sum();
    kib / 1_024
}

struct Process {
    parent: u32,
    resident_kib: u64,
}

fn all() -> BTreeMap<u32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            Some((pid, parse(&fs::read_to_string(entry.path().join("status")).ok()?)?))
        })
        .collect()
}

fn parse(status: &str) -> Option<Process> {
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    // Kernel threads have no resident memory.
    Some(Process { parent: field("PPid:")? as u32, resident_kib: field("VmRSS:").unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_file_gives_parent_and_memory() {
        let process = parse("Name:\tportico\nPPid:\t17\nVmRSS:\t  2048 kB\n").unwrap();
        assert_eq!((process.parent, process.resident_kib), (17, 2_048));
    }
}
