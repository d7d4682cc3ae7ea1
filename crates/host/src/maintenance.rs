//! Commands beside the running kiosk: `audit verify`.

use std::process::ExitCode;

use anyhow::Context as _;
use portico_app::maintenance::{AuditCheck, verify_audit};
use portico_types::AuditHead;

use crate::HostOptions;
use crate::start::load_config;

/// What to do instead of running the kiosk.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Maintenance {
    /// Looks after the record of who did what.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        action: AuditAction,
    },
}

/// What to do with the audit.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum AuditAction {
    /// Recomputes the whole chain and names the first row that is missing or was changed. Exit code 1 if there is one.
    Verify {
        /// A head that was noted elsewhere, as `portico-server audit-heads` prints it. May be given several times.
        #[arg(long = "anchor", value_name = "ROW:HASH", value_parser = parse_anchor)]
        anchors: Vec<AuditHead>,
    },
}

impl Maintenance {
    /// Does it.
    #[expect(clippy::print_stdout, reason = "the answer to whoever asked on the command line")]
    pub fn run(&self, options: &HostOptions) -> anyhow::Result<ExitCode> {
        let Self::Audit { action: AuditAction::Verify { anchors } } = self;
        let check = verify_audit(&load_config(options)?.data_dir, anchors)?;
        println!("{}", worded(&check));
        Ok(if matches!(check, AuditCheck::Intact { .. }) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn worded(check: &AuditCheck) -> String {
    match check {
        AuditCheck::Intact { head: None } => "intact: the audit has no rows yet".to_owned(),
        AuditCheck::Intact { head: Some(head) } => {
            format!("intact: {} rows, head {}:{}", head.seq, head.seq, hex::encode(head.hash))
        }
        AuditCheck::Broken { seq } => format!("broken: row {seq} is missing or was changed"),
        AuditCheck::Forged { seq } => {
            format!("forged: row {seq} is not the one that the backend was told of; the chain was replaced")
        }
    }
}

fn parse_anchor(text: &str) -> anyhow::Result<AuditHead> {
    let (seq, digits) = text.split_once(':').context("an anchor is written ROW:HASH")?;
    let mut hash = [0; 32];
    hex::decode_to_slice(digits, &mut hash).context("the hash has 64 hexadecimal digits")?;
    Ok(AuditHead { seq: seq.parse().context("the row is a number")?, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_as_it_is_printed() {
        let head = AuditHead { seq: 7, hash: [0xab; 32] };
        let printed = worded(&AuditCheck::Intact { head: Some(head) });
        let anchor = printed.rsplit(' ').next().unwrap();
        assert_eq!(parse_anchor(anchor).unwrap(), head);
        assert!(parse_anchor("7").is_err());
        assert!(parse_anchor("7:zz").is_err());
    }
}
