//! How often each fault struck.

use std::collections::BTreeMap;

use super::fault::Fault;

/// Exchanges so far, counted when the script decided about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChaosStats {
    /// Exchanges by [`Fault::name`], those without a fault included.
    pub by_fault: BTreeMap<&'static str, u64>,
    /// Exchanges of which the server was to hear, but was not there or ended without an answer. The client saw a reset.
    pub unreachable: u64,
}

impl ChaosStats {
    /// All exchanges.
    pub fn total(&self) -> u64 {
        self.by_fault.values().sum()
    }

    /// Exchanges with a fault.
    pub fn faulty(&self) -> u64 {
        self.total() - self.of(Fault::None)
    }

    /// Exchanges with a fault of this kind, whatever its parameters.
    pub fn of(&self, fault: Fault) -> u64 {
        self.by_fault.get(fault.name()).copied().unwrap_or(0)
    }

    pub(super) fn count(&mut self, fault: Fault) {
        *self.by_fault.entry(fault.name()).or_default() += 1;
    }
}
