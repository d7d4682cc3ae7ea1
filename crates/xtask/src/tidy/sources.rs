//! Size and shape of source files: small files, small functions, a module doc on each, no `mod.rs`.

use std::path::Path;

use anyhow::Result;

use super::Fault;

/// Longest Rust file in lines. Measured models have a 90th percentile of 250 to 600.
const FILE_LINES: usize = 400;
/// Longest function in lines, from `fn` to its closing brace. Measured models: 90th percentile 33 to 45.
const FUNCTION_LINES: usize = 60;
/// Longest screen component or script in lines.
const UI_LINES: usize = 260;

/// Checks every source file.
pub fn check(root: &Path, files: &[String]) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for file in files {
        match Path::new(file).extension().and_then(|extension| extension.to_str()) {
            Some("rs") => faults.extend(check_rust(file, &std::fs::read_to_string(root.join(file))?)),
            Some("svelte" | "ts" | "js") if !file.ends_with("contract.ts") => {
                let lines = std::fs::read_to_string(root.join(file))?.lines().count();
                faults.extend(too_long(file, lines, UI_LINES));
            }
            _ => {}
        }
    }
    Ok(faults)
}

fn too_long(file: &str, lines: usize, limit: usize) -> Option<Fault> {
    (lines > limit)
        .then(|| Fault::new(file, format!("has {lines} lines; split it by responsibility (limit {limit})")))
}

fn check_rust(file: &str, text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = too_long(file, text.lines().count(), FILE_LINES).into_iter().collect();
    if file.ends_with("/mod.rs") {
        faults.push(Fault::new(file, "use `name.rs` beside `name/` instead of `mod.rs`"));
    }
    let is_test = file.contains("/tests/") || file.ends_with("/tests.rs");
    if !is_test && !text.starts_with("//!") {
        faults.push(Fault::new(file, "must begin with `//!`: what it is responsible for, and what not"));
    }
    faults.extend(long_functions(file, text));
    faults
}

/// Functions whose body is too long. Relies on rustfmt: a function ends at a brace of its own indentation.
fn long_functions(file: &str, text: &str) -> Vec<Fault> {
    let mut open: Option<(usize, usize)> = None;
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        match open {
            Some((start, depth)) if indent == depth && line.trim() == "}" => {
                let length = number - start + 1;
                if length > FUNCTION_LINES {
                    let place = format!("{file}:{}", start + 1);
                    let message =
                        format!("function of {length} lines; split it by step (limit {FUNCTION_LINES})");
                    faults.push(Fault::new(place, message));
                }
                open = None;
            }
            None if begins_function(line) && !line.trim_end().ends_with(['}', ';']) => {
                open = Some((number, indent));
            }
            _ => {}
        }
    }
    faults
}

fn begins_function(line: &str) -> bool {
    let code = line.trim_start();
    !code.starts_with("//")
        && (code.starts_with("fn ") || code.split('(').next().is_some_and(|head| head.contains(" fn ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_function_is_found_and_a_short_one_is_not() {
        let body = "    let _ = 1;\n".repeat(FUNCTION_LINES);
        assert_eq!(long_functions("a.rs", &format!("pub fn long() {{\n{body}}}\n")).len(), 1);
        assert_eq!(long_functions("a.rs", "fn short() {\n    let _ = 1;\n}\n").len(), 0);
    }

    #[test]
    fn a_file_without_module_docs_or_named_mod_rs_is_a_fault() {
        assert_eq!(check_rust("src/a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(check_rust("src/a/mod.rs", "//! Docs.\n").len(), 1);
        assert_eq!(check_rust("src/a.rs", "//! Docs.\n").len(), 0);
    }
}
