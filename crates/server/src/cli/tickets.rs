//! `portico-server tickets`.

mod pictures;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use portico_protocol::{TicketPolicy, utc_millis};
use portico_server::{Backend, IssuedTicket};
use portico_sheets::{Value, write_csv};
use portico_types::{AttendeeId, UtcMillis};

use super::{Database, output};

/// Sign the guests' tickets: a list as CSV, and a QR code for each.
#[derive(Debug, Args)]
pub struct Tickets {
    #[command(flatten)]
    database: Database,
    /// Folder for `tickets.csv` and the codes, each named by its ticket code; made when it does not exist.
    #[arg(long, value_name = "FOLDER", required_unless_present = "forget_faces")]
    out: Option<PathBuf>,
    /// Form of the codes.
    #[arg(long, value_enum, default_value = "png")]
    codes: Codes,
    /// Only for the guest with this id; repeat for each. Everybody otherwise.
    #[arg(long = "guest", value_name = "ID")]
    guests: Vec<String>,
    /// The last moment in which the tickets are good, such as 2026-11-21T23:59:59Z.
    #[arg(long, value_name = "TIME", value_parser = utc_millis)]
    not_after: Option<UtcMillis>,
    /// Put the faces of guests who have consented into their tickets, sealed for this event's kiosks.
    #[arg(long)]
    with_faces: bool,
    /// Instead of issuing: forget the key to the faces in all tickets, so that nobody can open them any more.
    #[arg(long, conflicts_with_all = ["out", "guests", "not_after", "with_faces"])]
    forget_faces: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Codes {
    Png,
    Svg,
    /// The list alone.
    None,
}

impl Tickets {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let backend = self.database.open()?;
        match &self.out {
            Some(out) => self.issue(&backend, out)?,
            None if backend.forget_face_key()? => {
                output::line(format_args!(
                    "the key is forgotten: no face in a ticket can be opened any more"
                ))?;
            }
            None => output::line(format_args!("there is no key: no ticket carries a face"))?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn issue(&self, backend: &Backend, out: &Path) -> anyhow::Result<()> {
        let guests: Vec<AttendeeId> = self.guests.iter().map(AttendeeId::new).collect();
        let tickets = if self.with_faces {
            backend.issue_face_tickets(&guests, self.not_after)?
        } else {
            backend.issue_tickets(&guests, self.not_after)?
        };
        ensure!(!tickets.is_empty(), "there is nobody on the roster yet; import one first");
        fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
        for ticket in &tickets {
            draw(out, ticket, self.codes)?;
        }
        let list = out.join("tickets.csv");
        write_list(&list, &tickets).with_context(|| format!("cannot write {}", list.display()))?;
        output::line(format_args!(
            "{} ticket(s) in {}; kiosks check them with the key {}",
            tickets.len(),
            out.display(),
            backend.ticket_key()?
        ))?;
        if self.with_faces {
            tell_of_faces(backend, &tickets)?;
        }
        Ok(())
    }
}

/// How many tickets carry a face, and whether kiosks compare them.
fn tell_of_faces(backend: &Backend, tickets: &[IssuedTicket]) -> anyhow::Result<()> {
    let with_face = tickets.iter().filter(|ticket| ticket.has_face).count();
    output::line(format_args!("{with_face} of them carry a face; whoever has given none is let in without"))?;
    if backend.event()?.policy.tickets != TicketPolicy::WithFace {
        output::line(format_args!(
            "kiosks compare faces with tickets once `event set --tickets with-face` is set"
        ))?;
    }
    Ok(())
}

fn draw(folder: &Path, ticket: &IssuedTicket, codes: Codes) -> anyhow::Result<()> {
    let name = file_name(&ticket.ticket_code);
    match codes {
        Codes::None => Ok(()),
        Codes::Png => pictures::png(&ticket.text, &folder.join(name + ".png")),
        Codes::Svg => pictures::svg(&ticket.text, &folder.join(name + ".svg")),
    }
}

/// A ticket code as a file's name: codes are letters, digits and dashes, and anything else would be another folder's.
fn file_name(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn write_list(path: &Path, tickets: &[IssuedTicket]) -> anyhow::Result<()> {
    let row = |ticket: &IssuedTicket| {
        let IssuedTicket { attendee_id, name, ticket_code, text, has_face } = ticket;
        let face = if *has_face { "yes" } else { "no" };
        [attendee_id, name, ticket_code, text, face].map(Value::from).to_vec()
    };
    let rows: Vec<Vec<Value>> = tickets.iter().map(row).collect();
    let titles = ["id", "name", "ticket_code", "ticket", "face"];
    Ok(write_csv(BufWriter::new(File::create(path)?), &titles, &rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_a_file_in_the_folder_and_nowhere_else() {
        assert_eq!(file_name("K7P-2QX"), "K7P-2QX");
        assert_eq!(file_name("../K7"), "___K7");
    }
}
