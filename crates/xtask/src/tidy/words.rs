//! Words that must not be in the repository: names that say nothing, promises for later, places of one machine.

use std::path::Path;

use super::Fault;

/// Ends of type names that say nothing.
const EMPTY_NAMES: [&str; 5] = ["Manager", "Helper", "Util", "Utils", "Processor"];
/// Marks of unfinished work, assembled so that this file does not contain them.
const UNFINISHED: [[&str; 2]; 3] = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"]];
/// Package registries are named by their clients' settings, never here.
const REGISTRIES: [[&str; 2]; 3] =
    [["registry.npm", "js.org"], ["static.crates", ".io"], ["files.python", "hosted.org"]];

/// Folders of the machines that this is developed on.
const PLACES: [[&str; 2]; 3] = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"]];

/// Checks every text file that people write.
pub fn check(root: &Path, files: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(root.join(file)) else { continue };
        for (number, line) in text.lines().enumerate() {
            faults.extend(
                check_line(line).map(|message| Fault::new(format!("{file}:{}", number + 1), message)),
            );
        }
    }
    faults
}

fn check_line(line: &str) -> Option<String> {
    if let Some(name) = empty_name(line) {
        return Some(format!("`{name}` says nothing; name the thing for what it does"));
    }
    let contains = |parts: &[&str; 2]| line.contains(&parts.concat());
    if UNFINISHED.iter().any(contains) {
        return Some("unfinished work belongs into an issue".into());
    }
    if PLACES.iter().any(contains) {
        return Some("no path of one machine in the repository".into());
    }
    REGISTRIES.iter().any(contains).then(|| "no package-registry host in the repository".into())
}

/// The type declared on this line, if its name ends emptily.
fn empty_name(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.find(|word| matches!(*word, "struct" | "enum" | "trait" | "class"))?;
    words.next().filter(|name| EMPTY_NAMES.iter().any(|empty| name.ends_with(empty)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_nothing_are_found_where_they_are_declared() {
        let declared = format!("pub struct Session{} {{", "Manager");
        assert!(check_line(&declared).is_some());
        assert!(check_line("/// A manager of a hotel may be a guest.").is_none());
        assert!(check_line("pub struct Session {").is_none());
    }

    #[test]
    fn unfinished_work_is_found() {
        assert!(check_line(&format!("// {}{}: later", "TO", "DO")).is_some());
    }
}
