//! The only clocks of this program: wall time of a piece of work, and processor time of this thread.
#![expect(clippy::disallowed_methods, reason = "a benchmark is about real time")]

use std::time::Instant;

/// Milliseconds that one of `runs` runs took.
pub fn milliseconds(runs: u32, mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let begin = Instant::now();
    for _ in 0..runs {
        run()?;
    }
    Ok(begin.elapsed().as_secs_f64() * 1e3 / f64::from(runs))
}

/// Processor time that this thread has used so far, in milliseconds. The system counts it in steps of a few
/// milliseconds, so it is for work that takes hundreds. `None` where the system does not tell it this way.
pub fn processor_milliseconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}
