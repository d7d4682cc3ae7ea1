//! `cargo xtask screens`: pictures of everything that guests and staff can see, with a page to look through them; and
//! the film of a generated guest who checks in.

use std::path::Path;

use anyhow::{Context as _, Result};
use portico_cast::{ClipParams, cast, clip_cache, empty_clip_cache};

use crate::setup::{self, Job};
use crate::{command, models, npm, ui};

/// Who plays the guest of the film; `tests/ui/pictures/near.jpg` shows the same person.
const ACTOR: &str = "zhang-wei";
/// Frames of the empty room: short, because the film's playlist strings several together.
const EMPTY_FRAMES: usize = 5;

/// Options of the pictures.
#[derive(clap::Args)]
pub struct Options {
    /// Films a generated guest at the real kiosk instead, into docs/media/check-in.webp.
    #[arg(long)]
    film: bool,
}

/// Takes the pictures, or the film.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::prepare(root, if options.film { Job::Film } else { Job::Screens })?;
    ui::build(root)?;
    let tests = root.join("tests/ui");
    npm::install(&tests)?;
    if options.film {
        return film(root, &tests);
    }
    let album = root.join("target/screens");
    command::run(&tests, "node", &["album/shots.js".as_ref(), album.as_os_str()])
}

/// A visit from the empty room to the empty room, filmed in the browser on the real kiosk.
fn film(root: &Path, tests: &Path) -> Result<()> {
    models::run(root)?;
    let programs = ["build", "--locked", "--package", "portico-devhost", "--package", "portico-server"];
    command::run(root, &command::cargo(), &programs)?;
    let (clips, params) = (root.join("target/cast"), ClipParams::default());
    let actor = cast().into_iter().find(|guest| guest.slug() == ACTOR).context("the cast has changed")?;
    println!("rendering the visit of {}, unless it is there", actor.slug());
    let visit = clip_cache(&clips, &actor, &params, &|_, _| {})?;
    let empty = empty_clip_cache(&clips, &params, EMPTY_FRAMES, &|_, _| {})?;
    let (host, server) =
        (command::program(root, "portico-devhost"), command::program(root, "portico-server"));
    let models = models::directory(root);
    let environment = [
        ("PORTICO_DEVHOST", host.as_os_str()),
        ("PORTICO_SERVER", server.as_os_str()),
        ("PORTICO_MODELS", models.as_os_str()),
        ("PORTICO_VISIT", visit.as_os_str()),
        ("PORTICO_EMPTY", empty.as_os_str()),
    ];
    let film = root.join("docs/media/check-in.webp");
    command::run_with(tests, "node", &["album/film.js".as_ref(), film.as_os_str()], &environment)
}
