//! The headless demo: plays the programme before the real window on a virtual display, cuts the network for the middle
//! third, takes a picture of every screen, and measures.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use portico_proxy::{LinkState, Proxy};

use super::build::Programs;
use super::display::{SIZE, VirtualDisplay};
use super::event::{self, Event};
use super::figures::{self, Figures};
use super::guests::Clips;
use super::kiosk::{self, Pictures, Running};
use super::memory;
use super::programme::{Programme, Who};
use super::report::{Follower, Kind, Moment};
use super::{Options, screens};

/// How often the report is read.
const LOOK: Duration = Duration::from_millis(20);
/// How long a screen is left to finish its motion before its picture is taken.
const SETTLE: Duration = Duration::from_millis(900);
/// A guest who walks up stands in the oval by then.
const SETTLE_APPROACH: Duration = Duration::from_millis(700);
/// How long the kiosk may take to show the first picture, and to send what waits at the end.
const PATIENCE: Duration = Duration::from_secs(30);

/// Plays it and prints the figures.
pub fn play(root: &Path, programs: &Programs, clips: &Clips, event: &Event, options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let figures = runtime.block_on(perform(root, programs, clips, event, options))?;
    let pretty = serde_json::to_string_pretty(&figures)?;
    println!("{}", if options.json { serde_json::to_string(&figures)? } else { pretty });
    Ok(())
}

async fn perform(
    root: &Path,
    programs: &Programs,
    clips: &Clips,
    event: &Event,
    options: &Options,
) -> Result<Figures> {
    let programme = Programme::new(clips, options.length);
    let (_server, address) = kiosk::start_server(programs, event)?;
    let network = Proxy::start(address).await?;
    let code = event::pairing_code(programs, event)?;
    let pictures = Pictures::Clips {
        playlist: playlist(&programme, clips),
        frames_per_second: clips.frames_per_second,
        forever: false,
    };
    let config = kiosk::configure(event, network.addr(), &code, &pictures)?;
    let display = VirtualDisplay::start(&event.dir.join("display"))?;
    let report = event.dir.join("report.jsonl");
    std::fs::write(&report, "")?;

    let mut command = kiosk::command(programs, event, &config)?;
    command.arg("--report").arg(&report).env("DISPLAY", &display.name).env_remove("WAYLAND_DISPLAY");
    command.args(["--windowed", &format!("{}x{}", SIZE.0, SIZE.1)]);
    let started = Instant::now();
    let child = Running(command.spawn().context("the kiosk cannot be started")?);
    let mut stage = Stage {
        kiosk: child,
        report: Follower::open(&report)?,
        moments: Vec::new(),
        album: Album::new(root, &display)?,
        rss_mb: 0,
    };
    let first_preview = stage.wait_for_preview(started).await?;
    let painted = stage.moments.iter().find(|moment| moment.kind == Kind::PreviewPainted);
    let first_frame_ms = painted.map_or(0, |moment| moment.at_ms);
    stage.play(&network, options.length).await?;
    stage.wait_until_sent().await?;

    let mut figures = figures::count(&programme, &stage.moments, first_frame_ms);
    figures.checked_in = event::entered(programs, event)?;
    figures.first_preview_ms = first_preview.as_millis() as u64;
    figures.rss_mb = stage.rss_mb;
    figures.screens = stage.album.pictures;
    println!("pictures are in {}", stage.album.dir.display());
    Ok(figures)
}

fn playlist<'a>(programme: &Programme, clips: &'a Clips) -> Vec<&'a Path> {
    let mut playlist = vec![clips.empty.as_path(); programme.lead_clips];
    for visit in &programme.visits {
        playlist.push(match visit.guest {
            Who::Face(index) => &clips.visits[index],
            Who::Ticket(index) => &clips.tickets[index],
        });
        playlist.extend(vec![clips.empty.as_path(); programme.gap_clips]);
    }
    // The room stays empty until the demo's time is over.
    playlist.extend(vec![clips.empty.as_path(); 120]);
    playlist
}

/// The running kiosk and what was seen of it.
struct Stage {
    kiosk: Running,
    report: Follower,
    moments: Vec<Moment>,
    album: Album,
    rss_mb: u64,
}

impl Stage {
    /// Reads the report, takes the pictures that are due, weighs the kiosk.
    async fn look(&mut self, network: &str) -> Result<()> {
        tokio::time::sleep(LOOK).await;
        if let Some(status) = self.child().try_wait()? {
            bail!("the kiosk ended with {status}; its log is beside the demo's event");
        }
        let news = self.report.news()?;
        for moment in &news {
            if let Kind::Shown { view } = &moment.kind {
                self.album.shown(view, network);
            }
        }
        self.moments.extend(news);
        self.album.take_due()?;
        Ok(())
    }

    async fn wait_for_preview(&mut self, started: Instant) -> Result<Duration> {
        while started.elapsed() < PATIENCE {
            self.look("").await?;
            if self.moments.iter().any(|moment| moment.kind == Kind::PreviewPainted) {
                return Ok(started.elapsed());
            }
        }
        bail!("no camera picture was painted within {} s", PATIENCE.as_secs())
    }

    /// Plays for `length`; the network is gone in the middle third.
    async fn play(&mut self, network: &Proxy, length: Duration) -> Result<()> {
        let (start, bar) = (Instant::now(), ProgressBar::new(length.as_secs()));
        bar.set_style(ProgressStyle::with_template("playing {bar:40} {pos}/{len} s {msg}")?);
        let mut cut = false;
        while start.elapsed() < length {
            let third = (start.elapsed().as_secs_f64() / length.as_secs_f64() * 3.0) as u32;
            if cut != (third == 1) {
                cut = third == 1;
                network.set(if cut { LinkState::Refusing } else { LinkState::Up });
                bar.set_message(if cut { "network cut" } else { "" });
            }
            self.look(if cut { "-offline" } else { "" }).await?;
            let pid = self.child().id();
            self.rss_mb = self.rss_mb.max(memory::resident_mib(pid));
            bar.set_position(start.elapsed().as_secs());
        }
        bar.finish_and_clear();
        Ok(())
    }

    async fn wait_until_sent(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE && self.waiting() > 0 {
            self.look("").await?;
        }
        Ok(())
    }

    fn waiting(&self) -> u64 {
        let waiting = |moment: &Moment| match moment.kind {
            Kind::Waiting { entries } => Some(entries),
            _ => None,
        };
        self.moments.iter().rev().find_map(waiting).unwrap_or(0)
    }

    fn child(&mut self) -> &mut Child {
        &mut self.kiosk.0
    }
}

/// Takes one picture of every kind of screen, with and without the network.
struct Album {
    dir: PathBuf,
    framebuffer: PathBuf,
    due: Option<(Instant, String)>,
    pictures: usize,
}

impl Album {
    fn new(root: &Path, display: &VirtualDisplay) -> Result<Self> {
        let dir = root.join("target/demo/screens");
        if dir.exists() {
            std::fs::remove_dir_all(&dir)?;
        }
        std::fs::create_dir_all(&dir)?;
        Ok(Self { dir, framebuffer: display.framebuffer.clone(), due: None, pictures: 0 })
    }

    /// The screen shows another view: its picture is due when it has settled, unless there is one already.
    fn shown(&mut self, view: &str, network: &str) {
        let name = format!("{view}{network}");
        if self.dir.join(format!("{name}.png")).exists() {
            self.due = None;
            return;
        }
        let settle = match view {
            "approaching" => SETTLE_APPROACH,
            // Identifying may be over in a tenth of a second.
            "identifying" => Duration::ZERO,
            _ => SETTLE,
        };
        self.due = Some((Instant::now() + settle, name));
    }

    fn take_due(&mut self) -> Result<()> {
        if let Some((_, name)) = self.due.take_if(|(due, _)| *due <= Instant::now()) {
            screens::take(&self.framebuffer, &self.dir, &name)?;
            self.pictures += 1;
        }
        Ok(())
    }
}
