//! An import as the wire tells of it.

use portico_protocol::{
    BadRowRecord, FacesReportRecord, ImportState, ImportStatus, PictureVerdictRecord, PreviewRowRecord,
    REPORTED_ROWS, RosterReportRecord,
};

use super::{End, Job, State};
use crate::backend::{FacesReport, PictureVerdict};
use crate::error::BackendError;
use crate::refusal;
use crate::roster::{GuestRow, RosterPreview};

pub(super) fn of(job: &Job, state: &State) -> ImportStatus {
    let (how, reason) = match &state.end {
        None => (ImportState::Running, None),
        Some(End::Roster(_)) => (ImportState::Done, None),
        Some(End::Faces(report)) => match &report.ended_early {
            None => (ImportState::Done, None),
            Some(_) if job.stop.is_cancelled() => (ImportState::Stopped, report.ended_early.clone()),
            Some(_) => (ImportState::Failed, report.ended_early.clone()),
        },
        Some(End::Stopped) => (ImportState::Stopped, Some(refusal::of(&BackendError::Stopped))),
        Some(End::Unmapped { why, .. } | End::Failed(why)) => (ImportState::Failed, Some(why.clone())),
    };
    ImportStatus {
        id: job.id.clone(),
        kind: job.kind,
        preview: job.preview,
        state: how,
        phase: state.progress.phase,
        done: state.progress.done,
        total: state.progress.total,
        reason: reason.map(Into::into),
        roster: match &state.end {
            Some(End::Roster(preview)) => Some(roster(preview)),
            Some(End::Unmapped { titles, .. }) => Some(unmapped(titles)),
            _ => None,
        },
        faces: match &state.end {
            Some(End::Faces(report)) => Some(faces(report)),
            _ => None,
        },
    }
}

fn roster(preview: &RosterPreview) -> RosterReportRecord {
    let report = &preview.report;
    RosterReportRecord {
        source: report.source.clone(),
        columns: report
            .columns
            .iter()
            .map(|column| (column.field.to_owned(), column.title.clone()))
            .collect(),
        unknown_columns: report.unknown_columns.clone(),
        added: report.added as u64,
        updated: report.updated as u64,
        unchanged: report.unchanged as u64,
        skipped: report.bad_rows.len() as u64,
        bad_rows: report
            .bad_rows
            .iter()
            .take(REPORTED_ROWS)
            .map(|bad| BadRowRecord {
                row: bad.row,
                column: bad.column.clone(),
                reason: bad.fault.reason().into(),
            })
            .collect(),
        first_rows: preview.first_rows.iter().map(first_row).collect(),
    }
}

/// Nothing was read of it but its titles.
fn unmapped(titles: &[String]) -> RosterReportRecord {
    RosterReportRecord { unknown_columns: titles.to_vec(), ..RosterReportRecord::default() }
}

fn first_row((row, guest): &(u64, GuestRow)) -> PreviewRowRecord {
    PreviewRowRecord {
        row: *row,
        name: guest.name.clone(),
        company: guest.company.clone(),
        ticket_code: guest.ticket_code.clone(),
        phone_last4: guest.phone_last4.clone(),
    }
}

fn faces(report: &FacesReport) -> FacesReportRecord {
    FacesReportRecord {
        enrolled: report.enrolled() as u64,
        further: report.further() as u64,
        not_taken: report.not_taken().count() as u64,
        left: report.left as u64,
        verdicts: report.verdicts.iter().take(REPORTED_ROWS).map(verdict).collect(),
    }
}

fn verdict(picture: &PictureVerdict) -> PictureVerdictRecord {
    PictureVerdictRecord {
        file: picture.file.clone(),
        attendee_id: picture.guest.as_ref().map(ToString::to_string),
        verdict: picture.verdict.name().to_owned(),
        quality: picture.verdict.quality(),
        measure: picture.verdict.measure().map(str::to_owned),
        reason: picture.verdict.reason().map(Into::into),
    }
}
