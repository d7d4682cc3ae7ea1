//! The steps of a random walk.

use proptest::prelude::*;

use crate::model_conflicts::State;

pub const GUESTS: [&str; 3] = ["ada", "alan", "emmy"];
/// Gates at which entries are made here.
const OWN_GATES: usize = 2;

/// One step. `pick` numbers choose among what exists at that moment.
#[derive(Clone, Debug)]
pub enum Step {
    Admit { guest: usize, gate: usize },
    AdmitAgain { pick: usize },
    Undo { pick: usize },
    UndoAgain { pick: usize },
    Correct { pick: usize, right: usize },
    Row { guest: usize },
    RowElsewhere { guest: usize },
    RowOfEntry { pick: usize },
    Remove { guest: usize },
    Deliver { pick: usize },
    Duplicate { pick: usize },
    Park { pick: usize },
    Tell { pick: usize, mine_is_second: bool, state: State },
    TellAgain { pick: usize, state: State },
    Resolve { pick: usize, accept: bool },
    Retry { pick: usize },
    Restart,
    RestartAndRead { told: usize },
    Reopen,
}

fn states() -> impl Strategy<Value = State> {
    prop_oneof![3 => Just(State::Open), 1 => Just(State::Accepted), 1 => Just(State::Undone), 2 => Just(State::Promoted)]
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let guest = || 0..GUESTS.len();
    let pick = || 0..64_usize;
    let told = || 0..1_usize << GUESTS.len();
    let step = prop_oneof![
        5 => (guest(), 0..OWN_GATES).prop_map(|(guest, gate)| Step::Admit { guest, gate }),
        1 => pick().prop_map(|pick| Step::AdmitAgain { pick }),
        3 => pick().prop_map(|pick| Step::Undo { pick }),
        1 => pick().prop_map(|pick| Step::UndoAgain { pick }),
        2 => (pick(), guest()).prop_map(|(pick, right)| Step::Correct { pick, right }),
        2 => guest().prop_map(|guest| Step::Row { guest }),
        1 => guest().prop_map(|guest| Step::RowElsewhere { guest }),
        3 => pick().prop_map(|pick| Step::RowOfEntry { pick }),
        1 => guest().prop_map(|guest| Step::Remove { guest }),
        4 => pick().prop_map(|pick| Step::Deliver { pick }),
        2 => pick().prop_map(|pick| Step::Duplicate { pick }),
        2 => pick().prop_map(|pick| Step::Park { pick }),
        2 => (pick(), any::<bool>(), states())
            .prop_map(|(pick, mine_is_second, state)| Step::Tell { pick, mine_is_second, state }),
        1 => (pick(), states()).prop_map(|(pick, state)| Step::TellAgain { pick, state }),
        2 => (pick(), any::<bool>()).prop_map(|(pick, accept)| Step::Resolve { pick, accept }),
        1 => pick().prop_map(|pick| Step::Retry { pick }),
        1 => Just(Step::Restart),
        1 => told().prop_map(|told| Step::RestartAndRead { told }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..60)
}
