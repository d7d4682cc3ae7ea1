//! `portico-server event`.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};
use portico_protocol::{
    Branding, ChallengePolicy, EntryRule, EventRecord, GateRecord, NamePolicy, Policy, SpoofPolicy,
    TicketPolicy,
};
use portico_server::BackendError;

use super::face_enrolment::FaceOptions;
mod looks;

use super::{Database, output};
use looks::Looks;

/// A kiosk's network budget unless the event sets another (docs/architecture.md, I4).
const NETWORK_BUDGET_MS: u32 = 800;

/// Set or show the event.
#[derive(Debug, Args)]
pub struct Event {
    #[command(flatten)]
    database: Database,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Set the event, or change what is named.
    Set(Box<Set>),
    /// Print the event as JSON.
    Show,
}

#[derive(Debug, Args)]
struct Set {
    /// The event's id; made from the name at first. With another id, all guests are out again.
    #[arg(long)]
    id: Option<String>,
    /// The event's name, as guests read it.
    #[arg(long)]
    name: Option<String>,
    /// IANA time zone of the venue, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    #[command(flatten)]
    looks: Looks,
    /// A gate as id=name; repeat for each. Replaces all gates.
    #[arg(long = "gate", value_name = "ID=NAME", value_parser = gate)]
    gates: Vec<GateRecord>,
    /// How much of a guest's name the public screen shows.
    #[arg(long, value_enum)]
    shown_name: Option<ShownName>,
    /// Whether kiosks may send face crops to this server.
    #[arg(long, value_enum)]
    crops: Option<Crops>,
    /// Longest time that a guest waits for the network.
    #[arg(long, value_name = "MS")]
    network_budget_ms: Option<u32>,
    /// How often a guest may enter.
    #[arg(long, value_enum)]
    entry: Option<Entry>,
    /// With re-entry: for how long an entry keeps its guest from entering at another gate; 0 turns this off.
    #[arg(long, value_name = "N")]
    other_gate_minutes: Option<u32>,
    /// When guests are asked to blink or to turn the head.
    #[arg(long, value_enum)]
    challenge: Option<Challenge>,
    /// What a spoof warning does.
    #[arg(long, value_enum)]
    spoof_warning: Option<SpoofWarning>,
    #[command(flatten)]
    faces: FaceOptions,
    /// Which tickets let their guests in.
    #[arg(long, value_enum)]
    tickets: Option<Tickets>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tickets {
    /// A plain code is enough.
    Any,
    /// Only those that `portico-server tickets` has signed.
    SignedOnly,
    /// The same, and one that carries a face (`tickets --with-faces`) lets in that face only. Kiosks keep no gallery.
    WithFace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ShownName {
    Full,
    FirstWord,
    Hidden,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Crops {
    /// They may.
    MayLeave,
    /// They stay on the kiosk.
    Stay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Challenge {
    /// Never.
    Off,
    /// When there was a spoof warning.
    OnWarning,
    /// Every guest.
    Always,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SpoofWarning {
    /// Nothing.
    Ignore,
    /// Staff are told.
    TellStaff,
    /// Staff are told, and the guest is asked for the second fact.
    AskSecondFact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Entry {
    /// Once.
    Once,
    /// Once on each day of the venue's time zone.
    OncePerDay,
    /// As often as they like.
    Reentry,
}

impl From<Challenge> for ChallengePolicy {
    fn from(challenge: Challenge) -> Self {
        match challenge {
            Challenge::Off => Self::Off,
            Challenge::OnWarning => Self::OnWarning,
            Challenge::Always => Self::Always,
        }
    }
}

impl From<SpoofWarning> for SpoofPolicy {
    fn from(warning: SpoofWarning) -> Self {
        match warning {
            SpoofWarning::Ignore => Self::Ignore,
            SpoofWarning::TellStaff => Self::TellStaff,
            SpoofWarning::AskSecondFact => Self::AskSecondFact,
        }
    }
}

impl Event {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let backend = self.database.open()?;
        match self.action {
            Action::Set(set) => {
                let before = match backend.event() {
                    Ok(event) => Some(event),
                    Err(BackendError::UnknownEvent) => None,
                    Err(error) => return Err(error.into()),
                };
                let event = set.apply(before)?;
                backend.set_event(&event)?;
                let gates = event.gates.len();
                output::line(format_args!("event `{}` is set: {}, {gates} gate(s)", event.id, event.name))?;
            }
            Action::Show => output::line(serde_json::to_string_pretty(&backend.event()?)?)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Set {
    fn apply(self, before: Option<EventRecord>) -> anyhow::Result<EventRecord> {
        let mut event = match (before, &self.name) {
            (Some(event), _) => event,
            (None, Some(name)) => fresh(name),
            (None, None) => bail!("there is no event yet: give it a name with --name"),
        };
        event.id = self.id.unwrap_or(event.id);
        event.name = self.name.unwrap_or(event.name);
        event.time_zone = self.time_zone.unwrap_or(event.time_zone);
        event.branding = self.looks.apply(event.branding)?;
        if !self.gates.is_empty() {
            event.gates = self.gates;
        }
        let policy = &mut event.policy;
        policy.network_budget_ms = self.network_budget_ms.unwrap_or(policy.network_budget_ms);
        if let Some(crops) = self.crops {
            policy.crops_may_leave_device = crops == Crops::MayLeave;
        }
        policy.shown_name = match self.shown_name {
            Some(ShownName::Full) => NamePolicy::Full,
            Some(ShownName::FirstWord) => NamePolicy::FirstWord,
            Some(ShownName::Hidden) => NamePolicy::Hidden,
            None => policy.shown_name,
        };
        policy.challenge = self.challenge.map_or(policy.challenge, Into::into);
        policy.spoof_warning = self.spoof_warning.map_or(policy.spoof_warning, Into::into);
        policy.face_enrolment = self.faces.apply(policy.face_enrolment.take())?;
        policy.tickets = match self.tickets {
            Some(Tickets::Any) => TicketPolicy::Any,
            Some(Tickets::SignedOnly) => TicketPolicy::SignedOnly,
            Some(Tickets::WithFace) => TicketPolicy::WithFace,
            None => policy.tickets,
        };
        policy.entry = entry_rule(policy.entry, self.entry, self.other_gate_minutes)?;
        Ok(event)
    }
}

/// The rule after setting what is named; a distance alone changes that of a re-entry rule.
fn entry_rule(before: EntryRule, entry: Option<Entry>, minutes: Option<u32>) -> anyhow::Result<EntryRule> {
    let kept = match before {
        EntryRule::Reentry { other_gate_minutes } => other_gate_minutes,
        EntryRule::Once | EntryRule::OncePerDay => 0,
    };
    let rule = match entry {
        None => before,
        Some(Entry::Once) => EntryRule::Once,
        Some(Entry::OncePerDay) => EntryRule::OncePerDay,
        Some(Entry::Reentry) => EntryRule::Reentry { other_gate_minutes: kept },
    };
    match (rule, minutes) {
        (EntryRule::Reentry { .. }, Some(other_gate_minutes)) => {
            Ok(EntryRule::Reentry { other_gate_minutes })
        }
        (_, Some(_)) => bail!("--other-gate-minutes is for re-entry: set it together with --entry reentry"),
        (rule, None) => Ok(rule),
    }
}

fn fresh(name: &str) -> EventRecord {
    EventRecord {
        id: slug(name),
        name: name.to_owned(),
        time_zone: "UTC".to_owned(),
        gates: vec![GateRecord { id: "main".to_owned(), name: "Main entrance".to_owned() }],
        policy: Policy {
            shown_name: NamePolicy::Full,
            crops_may_leave_device: true,
            network_budget_ms: NETWORK_BUDGET_MS,
            entry: EntryRule::Once,
            challenge: ChallengePolicy::default(),
            spoof_warning: SpoofPolicy::default(),
            face_enrolment: None,
            tickets: TicketPolicy::default(),
        },
        ticket_keys: Vec::new(),
        face_tickets: None,
        branding: Branding { accent: "#1c6e5a".to_owned(), ..Branding::default() },
    }
}

fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() { "event".to_owned() } else { words.join("-") }
}

fn gate(text: &str) -> Result<GateRecord, String> {
    match text.split_once('=') {
        Some((id, name)) if !id.trim().is_empty() && !name.trim().is_empty() => {
            Ok(GateRecord { id: id.trim().to_owned(), name: name.trim().to_owned() })
        }
        _ => Err("a gate is given as id=name, such as north=North entrance".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_the_name() {
        assert_eq!(slug("Rust Day 2026: Köln"), "rust-day-2026-k-ln");
        assert_eq!(slug("年会"), "event");
    }

    #[test]
    fn only_what_is_named_of_the_entry_rule_changes() {
        let reentry = |other_gate_minutes| EntryRule::Reentry { other_gate_minutes };
        for (before, entry, minutes, after) in [
            (EntryRule::OncePerDay, None, None, EntryRule::OncePerDay),
            (EntryRule::Once, Some(Entry::Reentry), Some(15), reentry(15)),
            (EntryRule::Once, Some(Entry::Reentry), None, reentry(0)),
            (reentry(15), Some(Entry::Reentry), None, reentry(15)),
            (reentry(15), None, Some(0), reentry(0)),
            (reentry(15), Some(Entry::Once), None, EntryRule::Once),
        ] {
            assert_eq!(entry_rule(before, entry, minutes).unwrap(), after);
        }
        assert!(
            entry_rule(EntryRule::Once, None, Some(15)).is_err(),
            "minutes mean nothing without re-entry"
        );
        assert!(entry_rule(reentry(5), Some(Entry::Once), Some(15)).is_err());
    }

    #[test]
    fn a_gate_needs_both_halves() {
        assert_eq!(gate("north=North door").unwrap().name, "North door");
        assert!(gate("north").is_err());
        assert!(gate("=North door").is_err());
    }
}
