//! How the event goes, and the guests who need somebody.

use portico_store::{Actor, AttendWish};
use portico_types::UtcMillis;

use super::staff::ask;
use crate::contract::{
    GateFigure, Handled, LiveReport, MethodFigure, MinuteFigure, NeedRow, OnDuty, OutcomeFigure,
    OutcomeMinute, Recovery, RpcError,
};
use crate::runner::Equipment;

const MINUTE_MS: i64 = 60_000;
/// Minutes that the charts show.
const CHARTED_MINUTES: i64 = 120;
/// Needs that are listed; older ones come up as these are ticked off.
const LISTED_NEEDS: usize = 50;

pub(super) async fn report(equipment: &Equipment) -> Result<LiveReport, RpcError> {
    equipment.tally.write_down(&equipment.store).await;
    let at = equipment.clock.utc();
    let this_minute = at.0.div_euclid(MINUTE_MS) * MINUTE_MS;
    let since = UtcMillis(this_minute - (CHARTED_MINUTES - 1) * MINUTE_MS);
    let (figures, outcomes, totals, (needs, open_needs)) = ask(equipment, move |store| {
        let outcomes = store.outcomes_since(since)?;
        Ok((store.door_figures(since)?, outcomes, store.outcome_totals()?, store.open_needs(LISTED_NEEDS)?))
    })
    .await?;
    let by_gate = figures.by_gate.into_iter().map(|(gate, guests)| GateFigure { gate, guests });
    let by_method = figures.by_method.into_iter().map(|(method, entries)| MethodFigure { method, entries });
    let arrivals = figures.per_minute.into_iter().map(|(minute, guests)| MinuteFigure { minute, guests });
    let outcomes =
        outcomes.into_iter().map(|(minute, outcome, count)| OutcomeMinute { minute, outcome, count });
    let outcome_totals = totals.into_iter().map(|(outcome, count)| OutcomeFigure { outcome, count });
    let needs = needs.into_iter().map(|need| NeedRow { need: need.id, kind: need.kind, at: need.at });
    Ok(LiveReport {
        at,
        expected: figures.roster.expected,
        inside: figures.roster.entered,
        by_gate: by_gate.collect(),
        by_method: by_method.collect(),
        since,
        arrivals: arrivals.collect(),
        outcomes: outcomes.collect(),
        outcome_totals: outcome_totals.collect(),
        needs: needs.collect(),
        open_needs,
    })
}

pub(super) async fn attend(equipment: &Equipment, by: OnDuty, need: i64) -> Result<Handled, RpcError> {
    let wish = AttendWish { need, at: equipment.clock.utc(), actor: Actor::Staff(by.member) };
    if ask(equipment, move |store| store.attend(&wish)).await? {
        Ok(Handled {})
    } else {
        Err(RpcError::new("staff.unknown_need", Recovery::Guide))
    }
}
