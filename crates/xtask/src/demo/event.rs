//! Makes the demo's event: 40 expected guests, 8 of whom registered their (generated) face.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use portico_cast::{ENROLLED, cast, portrait_jpeg};

use super::build::Programs;
use crate::command;

/// Everybody else on the list: invented names without a picture.
const OTHERS: [(&str, &str); 32] = [
    ("Adaeze Nwosu", "Lumen Optics"),
    ("Anders Holm", "Fjord Systems"),
    ("Beatriz Fonseca", "Casa Atlântica"),
    ("陈晓东", "华光科技"),
    ("Chiara Bellini", "Studio Bellini"),
    ("Daniel Kowalczyk", "Wisła Robotics"),
    ("Emeka Adeyemi", "Lagos Light"),
    ("Fatima Zahra Alaoui", "Atlas Data"),
    ("高文静", "海川设计"),
    ("Hannah Schreiber", "Nordlicht"),
    ("Ibrahim Keita", "Sahel Solar"),
    ("Ingrid Solberg", "Fjord Systems"),
    ("Jun Watanabe", "Kumo Works"),
    ("Karim Haddad", "Cedar Software"),
    ("Kerstin Blomqvist", "Norrsken"),
    ("李思雨", "华光科技"),
    ("Lucas Moreau", "Atelier Moreau"),
    ("Mariana Duarte", "Casa Atlântica"),
    ("Mateusz Zieliński", "Wisła Robotics"),
    ("Mei-Ling Tsai", "Formosa Labs"),
    ("Nadia Petrova", "Severa"),
    ("Oluwaseun Bello", "Lagos Light"),
    ("Priya Raghavan", "Indigo Mills"),
    ("Rafael Ortega", "Sol y Sal"),
    ("Sara Lindqvist", "Norrsken"),
    ("孙建国", "海川设计"),
    ("Thandiwe Mokoena", "Protea Health"),
    ("Tomás Herrera", "Sol y Sal"),
    ("Viktor Dragan", "Carpat"),
    ("王丽华", "海川设计"),
    ("Yusuf Demir", "Anadolu"),
    ("Zoë van Dijk", "Polder"),
];

/// The demo's event on disk.
pub struct Event {
    /// Everything of this run.
    pub dir: PathBuf,
    /// The backend's database.
    pub database: PathBuf,
}

/// The roster's id of the guest at `index` of the cast.
pub fn guest_id(index: usize) -> String {
    format!("guest-{:02}", index + 1)
}

/// The roster's id of the guest at `index` of those without a picture.
pub fn other_id(index: usize) -> String {
    format!("other-{:02}", index + 1)
}

/// Signs the tickets of the first `count` guests without a picture, and returns their codes as pictures.
pub fn tickets(programs: &Programs, event: &Event, count: usize) -> Result<Vec<PathBuf>> {
    let (database, folder) = (event.database.to_string_lossy().into_owned(), event.dir.join("tickets"));
    let out = folder.to_string_lossy().into_owned();
    let mut pictures = Vec::new();
    for index in 0..count {
        let arguments = ["tickets", "--db", &database, "--out", &out, "--guest", &other_id(index)];
        server(programs, event, &arguments)?;
        // The list is of this guest alone.
        let mut list = csv::Reader::from_path(folder.join("tickets.csv"))?;
        let row = list.records().next().context("the list of tickets is empty")??;
        let code = row.get(2).context("the list of tickets has no code")?;
        pictures.push(folder.join(format!("{code}.png")));
    }
    Ok(pictures)
}

/// Makes a fresh event with its own tools: the roster as CSV, the faces as a folder of portraits.
pub fn make(root: &Path, programs: &Programs, me: Option<(&Path, &str)>) -> Result<Event> {
    let dir = root.join("target/demo/run");
    if dir.exists() {
        fs::remove_dir_all(&dir).with_context(|| format!("{} is in use", dir.display()))?;
    }
    let faces = dir.join("faces");
    fs::create_dir_all(&faces)?;
    let event = Event { database: dir.join("event.db"), dir };
    write_portraits(&faces)?;
    write_roster(&event.dir.join("roster.csv"), me.map(|(_, name)| name))?;
    if let Some((picture, _)) = me {
        fs::copy(picture, faces.join("me.jpg"))
            .with_context(|| format!("cannot read {}", picture.display()))?;
    }
    set_event(programs, &event)?;
    import(programs, &event, &faces)?;
    Ok(event)
}

fn write_portraits(faces: &Path) -> Result<()> {
    for (index, guest) in cast().iter().take(ENROLLED).enumerate() {
        fs::write(faces.join(format!("{}.jpg", guest_id(index))), portrait_jpeg(guest)?)?;
    }
    Ok(())
}

fn write_roster(path: &Path, me: Option<&str>) -> Result<()> {
    let mut roster = csv::Writer::from_path(path)?;
    roster.write_record(["id", "name", "company", "phone", "note"])?;
    for (index, guest) in cast().iter().take(ENROLLED).enumerate() {
        let table = format!("Table {}", index % 6 + 1);
        roster.write_record([&guest_id(index), guest.name(), "", &phone(index), &table])?;
    }
    for (index, (name, company)) in OTHERS.iter().enumerate() {
        let (id, table) = (other_id(index), format!("Table {}", index % 6 + 1));
        roster.write_record([&id, *name, *company, &phone(ENROLLED + index), &table])?;
    }
    if let Some(name) = me {
        roster.write_record(["me", name, "", "+49 30 5550 1234", "Table 1"])?;
    }
    Ok(roster.flush()?)
}

/// A number from the range that is kept free for fiction.
fn phone(index: usize) -> String {
    format!("+49 30 23125 {:04}", 1_000 + index * 37)
}

fn set_event(programs: &Programs, event: &Event) -> Result<()> {
    let database = event.database.to_string_lossy().into_owned();
    let settings = [
        "event",
        "--db",
        &database,
        "set",
        "--id",
        "demo",
        "--name",
        "Northern Light Summit",
        "--tagline",
        "Two days on sustainable architecture",
        "--time-zone",
        "Europe/Berlin",
        "--accent",
        "#7cc4ff",
        "--gate",
        "main=Main entrance",
        "--gate",
        "side=Garden gate",
    ];
    server(programs, event, &settings).map(|_| ())
}

fn import(programs: &Programs, event: &Event, faces: &Path) -> Result<()> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let arguments = [
        "import",
        "--db",
        &text(&event.database),
        "--roster",
        &text(&event.dir.join("roster.csv")),
        "--faces",
        &text(faces),
        "--models",
        &text(&programs.models),
    ];
    println!("{}", server(programs, event, &arguments)?.trim_end());
    Ok(())
}

/// A one-use code with which the kiosk pairs.
pub fn pairing_code(programs: &Programs, event: &Event) -> Result<String> {
    let arguments = ["pair-code", "--db", &event.database.to_string_lossy()];
    Ok(server(programs, event, &arguments)?.trim().to_owned())
}

/// How many guests the backend counts as entered.
pub fn entered(programs: &Programs, event: &Event) -> Result<usize> {
    let text = server(programs, event, &["stats", "--db", &event.database.to_string_lossy()])?;
    let line = text.lines().nth(1).unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .with_context(|| format!("unexpected statistics: {text}"))
}

fn server(programs: &Programs, event: &Event, arguments: &[&str]) -> Result<String> {
    command::output(&event.dir, &programs.server.to_string_lossy(), arguments)
}
