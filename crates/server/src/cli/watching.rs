//! A bar on the terminal for long work, and Ctrl-C to stop it in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use portico_server::{Phase, Progress, Watch};

/// Exit code after a second Ctrl-C, as shells have it.
const INTERRUPTED: i32 = 130;

/// Shows a bar where standard error is a terminal.
pub struct Terminal {
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
}

impl Terminal {
    /// Begins to listen to Ctrl-C: the first one stops the work in order, the second one ends the process.
    pub fn watching() -> anyhow::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stopped);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // Ends with the process.
        std::thread::spawn(move || {
            runtime.block_on(async {
                while tokio::signal::ctrl_c().await.is_ok() {
                    if told.swap(true, Ordering::Relaxed) {
                        std::process::exit(INTERRUPTED);
                    }
                    tracing::warn!("stopping; press Ctrl-C again to end at once");
                }
            });
        });
        Ok(Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()), stopped })
    }

    /// Takes the bar off the terminal.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Terminal {
    fn progress(&self, Progress { phase, done, total }: Progress) {
        self.bar.set_message(match phase {
            Phase::Reading => "reading rows",
            Phase::Writing => "taking guests over",
            Phase::Pictures => "looking at pictures",
        });
        if self.bar.length() != total || done == 0 {
            self.bar.set_style(style(total.is_some()));
            match total {
                Some(total) => self.bar.set_length(total),
                None => self.bar.unset_length(),
            }
        }
        self.bar.set_position(done);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

fn style(total_is_known: bool) -> ProgressStyle {
    let template =
        if total_is_known { "{msg} {wide_bar} {pos}/{len}, {eta} left" } else { "{spinner} {msg} {pos}" };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
