//! `cargo xtask demo`: guests walk up to the real kiosk, are recognised by the real recogniser and checked in at the
//! real backend over HTTP; headless, it also cuts the network, takes pictures and measures.

mod build;
mod display;
mod event;
mod figures;
mod guests;
mod kiosk;
mod memory;
mod performance;
mod programme;
mod report;
mod screens;

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::setup::{self, Job};
use crate::{models, ui};

/// Options of the demo.
#[derive(clap::Args)]
pub struct Options {
    /// Without a window on this display: on a virtual one, measured, with pictures of every screen.
    #[arg(long)]
    headless: bool,
    /// The generated guests come even if there is a camera.
    #[arg(long)]
    guests: bool,
    /// How long the headless demo plays, e.g. 90s.
    #[arg(long = "for", value_name = "TIME", default_value = "90s", value_parser = seconds)]
    length: Duration,
    /// Prints the figures as one JSON object at the end.
    #[arg(long)]
    json: bool,
    /// A JPEG of yourself: you become a guest of the demo event.
    #[arg(long, value_name = "FILE", requires = "name")]
    me: Option<std::path::PathBuf>,
    /// Your name, with --me.
    #[arg(long, value_name = "NAME", requires = "me")]
    name: Option<String>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number =
        text.strip_suffix('s').unwrap_or(text).parse::<u64>().map_err(|_| "a time such as 90s".to_owned())?;
    if (20..=3_600).contains(&number) { Ok(Duration::from_secs(number)) } else { Err("20s to 3600s".into()) }
}

/// Runs the demo.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let headless = options.headless || !display::is_there();
    let camera = !options.guests && !headless && display::has_camera();
    setup::prepare(root, if headless { Job::HeadlessDemo } else { Job::Demo })?;
    models::run(root)?;
    ui::build(root)?;
    let programs = build::build(root)?;
    let mut clips = guests::render(root)?;
    let event = event::make(root, &programs, options.me.as_deref().zip(options.name.as_deref()))?;
    guests::film_tickets(&event::tickets(&programs, &event, programme::TICKETS)?, &mut clips)?;
    if headless {
        return performance::play(root, &programs, &clips, &event, options);
    }
    if camera {
        println!("to enrol yourself: cargo xtask demo --me PICTURE.jpg --name \"Your Name\"");
    }
    kiosk::open(&programs, &clips, &event, camera)
}
