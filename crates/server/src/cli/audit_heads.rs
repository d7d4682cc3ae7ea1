//! `portico-server audit-heads`.

use std::process::ExitCode;

use clap::Args;
use portico_protocol::rfc3339;
use portico_server::DeviceAudit;
use serde::Serialize;

use super::{Database, output};

/// Digits of a hash that are enough to compare by eye.
const SHOWN_DIGITS: usize = 12;

/// Show where the audits of the kiosks stand.
///
/// A contradiction means that a kiosk told a head with fewer rows than before, or another hash for the same row: rows
/// were changed or lost there, or its database was put back to an earlier state.
#[derive(Debug, Args)]
pub struct AuditHeads {
    #[command(flatten)]
    database: Database,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row {
    device_id: String,
    name: String,
    seq: i64,
    hash: String,
    received_at: String,
    contradictions: u64,
    last_contradiction_at: Option<String>,
}

impl From<DeviceAudit> for Row {
    fn from(audit: DeviceAudit) -> Self {
        Self {
            device_id: audit.device.to_string(),
            name: audit.name,
            seq: audit.head.seq,
            hash: hex::encode(audit.head.hash),
            received_at: rfc3339(audit.received_at),
            contradictions: audit.contradictions,
            last_contradiction_at: audit.last_contradiction_at.map(rfc3339),
        }
    }
}

impl AuditHeads {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let heads = self.database.open()?.audit_heads()?;
        let rows: Vec<Row> = heads.into_iter().map(Row::from).collect();
        if self.json {
            output::line(serde_json::to_string_pretty(&rows)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        if rows.is_empty() {
            output::line("no kiosk has told where its audit stands")?;
        }
        for row in &rows {
            let hash = &row.hash[..SHOWN_DIGITS];
            let standing = match &row.last_contradiction_at {
                None => "no contradictions".to_owned(),
                Some(at) => format!("{} CONTRADICTION(S), the last at {at}", row.contradictions),
            };
            output::line(format_args!(
                "device {}: {}: row {}, hash {hash}, at {}: {standing}",
                row.device_id, row.name, row.seq, row.received_at
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
