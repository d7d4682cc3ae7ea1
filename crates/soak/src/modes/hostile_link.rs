//! `--hostile-link`: one kiosk delivers over a link on which more than half of all exchanges go wrong, in every way that
//! the proxy knows. In the end the backend has every entry once, and no guest has waited for the network longer than
//! the event's budget.

mod guests;
mod script;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fastrand::Rng;
use indicatif::ProgressBar;
use portico_protocol::EntryRule;
use portico_proxy::Chaos;
use portico_sync::SyncParams;
use portico_ticketing::PorticoParams;
use portico_types::{Admission, CheckInId};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::clock::Stopwatch;
use crate::kiosk::{Kiosk, KioskSetup};
use crate::ledger::Ledger;
use crate::report::Report;
use crate::scratch::{Scratch, Setting, bar};
use crate::server::{self, House};
use crate::{crowd, oracle};
use guests::{Mark, Waits};

/// Guests, who come again and again.
const GUESTS: usize = 2_000;
/// Those of them who are enrolled.
const ENROLLED: usize = 300;
/// Guests who stand before the camera at the same time: one kiosk has one camera, and sees a few.
const AT_THE_MARK: u64 = 2;
/// Undos of a hundred events.
const UNDOS_PERCENT: u64 = 15;
/// Entries that wait at most before the door makes a pause: the outbox is long, but the disk is spared.
const MOST_WAITING: u64 = 20_000;
/// The gate.
const GATE: &str = "north";
/// Without any progress for so long, the link has won.
const STALLED: Duration = Duration::from_secs(90);
/// A busy machine notices later that time is over.
const LATE_MS: f64 = 200.0;
/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Lets `events` entries and undos happen.
pub fn run(events: u64, setting: &Setting) -> Result<Report> {
    super::on_tokio(deliver(events, setting))
}

async fn deliver(events: u64, setting: &Setting) -> Result<Report> {
    // What is tried here is the link: in memory, entries cost no time at the disk.
    let scratch = setting.memory_scratch()?;
    let rule = EntryRule::Reentry { other_gate_minutes: 0 };
    let event = server::event(&[GATE.to_owned()], rule);
    let house = House::open(&scratch.make("server")?, &event, setting.seed).await?;
    house.invite(GUESTS)?;
    house.enrol(ENROLLED)?;
    let chaos = Chaos::start(house.addr(), script::hostile(setting.seed)).await?;
    let ledger = Ledger::default();
    let kiosk = switch_on(&scratch, &house, &chaos, setting.seed, &ledger).await?;
    let bar = bar("hostile link", events);
    let watch = Stopwatch::start();
    let over = CancellationToken::new();
    let guests: Vec<_> = (0..AT_THE_MARK)
        .map(|number| tokio::spawn(guests::identify(mark(&kiosk), setting.seed ^ number, over.clone())))
        .collect();
    let (door, delivered) = tokio::join!(
        let_in(&kiosk, events, setting.seed, &over),
        drained(&kiosk, &chaos, &ledger, events, &bar, &over)
    );
    let seconds = watch.elapsed().as_secs_f64();
    over.cancel();
    door?;
    delivered?;
    let mut waits = Waits::default();
    for guest in guests {
        waits.add(guest.await??);
    }
    bar.finish_and_clear();
    let (findings, conflicts) = settled(&ledger, rule, &house, &kiosk).await?;
    findings.tell(20);
    let mut report = findings.report("hostile_link", setting.seed);
    report.conflicts_expected = Some(conflicts.expected);
    report.conflicts_found = Some(conflicts.found);
    report.measure("seconds", seconds);
    tell_of_link(&mut report, &chaos);
    tell_of_guests(&mut report, waits);
    kiosk.close().await?;
    house.close().await?;
    Ok(report)
}

/// The kiosk behind the link, with short patience so that much happens in little time.
async fn switch_on(
    scratch: &Scratch,
    house: &House,
    chaos: &Chaos,
    seed: u64,
    ledger: &Ledger,
) -> Result<Kiosk> {
    let ms = Duration::from_millis;
    let paired = house.pair("Kiosk", GATE).await?;
    let setup = KioskSetup {
        folder: scratch.make("kiosk")?,
        gate: GATE.to_owned(),
        url: format!("http://{}", chaos.addr()),
        token: paired.token,
        seed,
        pace: SyncParams {
            batch_limit: 150,
            outbox_every: ms(500),
            event_every: ms(2_000),
            roster_every: ms(300),
            templates_every: ms(500),
            conflicts_every: ms(500),
            while_listening_every: ms(2_000),
            backoff_first: ms(4),
            backoff_most: ms(40),
            probe_most: ms(15),
            asked_wait_most: ms(40),
            denied_every: ms(100),
            ..SyncParams::default()
        },
        calls: PorticoParams {
            question: ms(100),
            page: ms(800),
            check_ins: ms(200),
            stream_silence: ms(3_000),
            ..PorticoParams::default()
        },
    };
    let mut kiosk = Kiosk::open(setup, ledger.clone()).await?;
    kiosk.connect().await?;
    let ready = tokio::time::timeout(STALLED, kiosk.ready()).await;
    ready.context("roster and gallery do not arrive over this link")??;
    let enrolled = kiosk.gallery().read().map(|gallery| gallery.len()).unwrap_or_default();
    ensure!(enrolled == ENROLLED, "{enrolled} of {ENROLLED} templates arrived");
    Ok(kiosk)
}

fn mark(kiosk: &Kiosk) -> Mark {
    Mark {
        url: kiosk.url().to_owned(),
        token: kiosk.token().to_owned(),
        gallery: kiosk.gallery().clone(),
        enrolled: ENROLLED,
    }
}

/// The door: guests come and go until `events` have happened, or until the link has won.
async fn let_in(kiosk: &Kiosk, events: u64, seed: u64, over: &CancellationToken) -> Result<()> {
    let mut rng = Rng::with_seed(seed ^ 0xd0);
    let mut inside: Vec<CheckInId> = Vec::new();
    let mut done = 0;
    while done < events && !over.is_cancelled() {
        if done % 512 == 0 && kiosk.waiting().await? > MOST_WAITING {
            sleep(LOOK).await;
            continue;
        }
        if !inside.is_empty() && rng.u64(..100) < UNDOS_PERCENT {
            let check_in = inside.swap_remove(rng.usize(..inside.len()));
            // It may have been found to stand no longer; then the undo is no event.
            done += u64::from(kiosk.undo(check_in).await?);
            continue;
        }
        let admission = kiosk.admit(&crowd::ticket(rng.usize(..GUESTS))).await?;
        let Some(Admission::Recorded(check_in)) = admission else {
            anyhow::bail!("a guest was kept out although everybody may come again: {admission:?}");
        };
        inside.push(check_in.id);
        done += 1;
    }
    Ok(())
}

/// Waits until all has happened and nothing waits any more. Ends also when nothing moves: what still waits then is
/// lost. Live streams are cut now and then, for no exchange ends them.
async fn drained(
    kiosk: &Kiosk,
    chaos: &Chaos,
    ledger: &Ledger,
    events: u64,
    bar: &ProgressBar,
    over: &CancellationToken,
) -> Result<()> {
    let (mut looks, mut best, mut moved) = (0_u64, 0, Stopwatch::start());
    loop {
        let (made, waiting) = (ledger.len(), kiosk.waiting().await?);
        let delivered = made.saturating_sub(waiting);
        bar.set_position(delivered);
        if made >= events && waiting == 0 {
            return Ok(());
        }
        if delivered > best {
            (best, moved) = (delivered, Stopwatch::start());
        } else if moved.elapsed() > STALLED {
            over.cancel();
            return Ok(());
        }
        looks += 1;
        if looks % 20 == 0 {
            chaos.cut_streams();
        }
        sleep(LOOK).await;
    }
}

/// Compares until all sides agree, for what the backend told last is still on its way.
async fn settled(
    ledger: &Ledger,
    rule: EntryRule,
    house: &House,
    kiosk: &Kiosk,
) -> Result<(crate::judge::Findings, oracle::Conflicts)> {
    oracle::agreed(ledger, rule, &house.database(), &[kiosk], STALLED / 3).await
}

fn tell_of_link(report: &mut Report, chaos: &Chaos) {
    let stats = chaos.stats();
    report.cases = stats.faulty();
    report.figure("exchanges", stats.total());
    report.figure("faulty_exchanges", stats.faulty());
    report.measure("faulty_percent", 100.0 * stats.faulty() as f64 / stats.total().max(1) as f64);
    let by_fault: serde_json::Map<_, _> =
        stats.by_fault.iter().map(|(name, count)| ((*name).to_owned(), (*count).into())).collect();
    report.figure("by_fault", by_fault);
}

fn tell_of_guests(report: &mut Report, mut waits: Waits) {
    let budget_ms = f64::from(server::BUDGET_MS);
    let late = waits.ms.iter().filter(|wait_ms| **wait_ms > budget_ms + LATE_MS).count();
    report.late = Some(late as u64 + waits.mistaken);
    report.figure("guests", waits.ms.len());
    report.figure("guests_by_backend", waits.by_backend);
    report.figure("guests_by_gallery", waits.by_gallery);
    report.figure("guests_mistaken", waits.mistaken);
    report.figure("guest_budget_ms", server::BUDGET_MS);
    report.figure("guest_wait_ms_p50", Report::percentile(&mut waits.ms, 0.5));
    report.figure("guest_wait_ms_max", Report::percentile(&mut waits.ms, 1.0));
}

impl Waits {
    fn add(&mut self, other: Self) {
        self.ms.extend(other.ms);
        self.by_backend += other.by_backend;
        self.by_gallery += other.by_gallery;
        self.mistaken += other.mistaken;
    }
}
