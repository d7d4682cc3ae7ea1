//! The part of `event set` that is about looks and sounds.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use portico_protocol::{Branding, LARGEST_BACKGROUND_BYTES, LARGEST_LOGO_BYTES, Picture};

#[derive(Debug, Args)]
pub(super) struct Looks {
    /// Accent colour, #rrggbb. Kiosks make it readable where it is not.
    #[arg(long, value_name = "COLOUR")]
    accent: Option<String>,
    /// A sentence under the event's name.
    #[arg(long, value_name = "TEXT")]
    tagline: Option<String>,
    /// The event's logo: a PNG or JPEG file of at most 64 KiB.
    #[arg(long, value_name = "FILE", conflicts_with = "no_logo")]
    logo: Option<PathBuf>,
    /// Show no logo any more.
    #[arg(long)]
    no_logo: bool,
    /// What lies behind results: a PNG or JPEG file of at most 192 KiB.
    #[arg(long, value_name = "FILE", conflicts_with = "no_background")]
    background: Option<PathBuf>,
    /// Show no background any more.
    #[arg(long)]
    no_background: bool,
    /// Whether kiosks make sounds at this event.
    #[arg(long, value_enum)]
    sounds: Option<Sounds>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sounds {
    /// As loud as each kiosk is set.
    On,
    /// None, and nothing is spoken.
    Off,
}

impl Looks {
    /// `before` with what is named here.
    pub(super) fn apply(self, before: Branding) -> anyhow::Result<Branding> {
        let logo = self.logo.map(|path| picture(&path, LARGEST_LOGO_BYTES)).transpose()?;
        let background = self.background.map(|path| picture(&path, LARGEST_BACKGROUND_BYTES)).transpose()?;
        Ok(Branding {
            accent: self.accent.unwrap_or(before.accent),
            tagline: self.tagline.or(before.tagline),
            logo: if self.no_logo { None } else { logo.or(before.logo) },
            background: if self.no_background { None } else { background.or(before.background) },
            quiet: self.sounds.map_or(before.quiet, |sounds| sounds == Sounds::Off),
        })
    }
}

/// Reads one byte more than may be there, however large the file is.
fn picture(path: &Path, most: usize) -> anyhow::Result<Picture> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {}", path.display()))?;
    Picture::new(&bytes, most).with_context(|| format!("{} is not taken", path.display()))
}
