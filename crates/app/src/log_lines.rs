//! The latest lines of the log, for support. The log holds no personal data (`docs/logging.md`), and so do these.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lines that are kept.
const KEPT: usize = 400;
/// Characters that are kept of a line.
const LONGEST: usize = 1_000;

/// Keeps the latest lines of the log. Clones are the same lines; whoever starts logging writes them.
#[derive(Clone, Debug, Default)]
pub struct LogLines(Arc<Mutex<VecDeque<String>>>);

impl LogLines {
    /// Takes whole lines, as a log writes them.
    pub fn push(&self, text: &str) {
        let mut lines = self.lock();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if lines.len() == KEPT {
                lines.pop_front();
            }
            lines.push_back(line.chars().take(LONGEST).collect());
        }
    }

    /// What is kept, oldest first.
    pub fn all(&self) -> Vec<String> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_lines_are_kept_and_no_line_is_endless() {
        let lines = LogLines::default();
        for number in 0..KEPT + 2 {
            lines.push(&format!("line {number}\n"));
        }
        lines.push(&format!("two\n{}\n", "x".repeat(5_000)));
        let kept = lines.all();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0], "line 4");
        assert_eq!(kept[KEPT - 1].len(), LONGEST);
    }
}
