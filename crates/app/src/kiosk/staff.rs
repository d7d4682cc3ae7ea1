//! What a kiosk knows of its staff when it starts, and the supervisor whom its configuration names.

use portico_store::{Actor, StaffMember, StaffOutcome, Store};
use portico_types::{Clock, StaffId, StaffRole};

use super::start::{Ports, StartError};
use crate::config::StaffConfig;
use crate::contract::StaffLock;
use crate::desk::StaffDoor;
use crate::guesses::Guesses;
use crate::pin::Pins;
use crate::random::Random;

/// The door to staff mode, and how it stands.
pub(super) struct Staff {
    pub(super) lock: StaffLock,
    pub(super) door: StaffDoor,
}

impl Staff {
    /// Reads what is kept, and takes in the supervisor whom the configuration names where one is wanted.
    pub(super) fn read(store: &mut Store, config: &StaffConfig, ports: &Ports) -> Result<Self, StartError> {
        let pins = Pins::new(store.pin_pepper());
        let newcomer = Newcomer { pin: config.initial_pin.as_deref(), pins: &pins, random: &ports.random };
        let lock = newcomer.take_in(store, ports.clock.as_ref())?;
        let guesses = Guesses::at_start(store.guesses_left()?, ports.clock.now());
        Ok(Self { lock, door: StaffDoor::new(pins, guesses) })
    }
}

/// The supervisor whom the configuration names, with what it takes to keep their PIN.
pub(crate) struct Newcomer<'a> {
    pub(crate) pin: Option<&'a str>,
    pub(crate) pins: &'a Pins,
    pub(crate) random: &'a Random,
}

impl Newcomer<'_> {
    /// Says how staff mode is closed. If no supervisor can open it, at a new kiosk, at one that was emptied, or because one
    /// was lost with a damaged page, the configured PIN makes one.
    pub(crate) fn take_in(&self, store: &mut Store, clock: &dyn Clock) -> Result<StaffLock, StartError> {
        let members = store.staff()?;
        if members.iter().any(StaffMember::is_acting_supervisor) {
            return Ok(StaffLock::Locked);
        }
        match self.pin {
            Some(pin) => self.add(store, pin, &members, clock)?,
            // A PIN that was lost with a page is not for the next passer-by to choose.
            None if members.is_empty() && store.last_salvage()?.is_none() => return Ok(StaffLock::Unset),
            None => tracing::warn!(
                "no supervisor can open staff mode; set staff.initial_pin and start the kiosk again"
            ),
        }
        Ok(StaffLock::Locked)
    }

    fn add(
        &self,
        store: &mut Store,
        pin: &str,
        members: &[StaffMember],
        clock: &dyn Clock,
    ) -> Result<(), StartError> {
        if self.pins.owner(pin, members)?.is_some() {
            tracing::error!("staff.initial_pin is a volunteer's PIN; set another one to get a supervisor");
            return Ok(());
        }
        let created_at = clock.utc();
        let supervisor = StaffMember {
            id: StaffId(self.random.uuid(created_at)),
            name: String::new(),
            role: StaffRole::Supervisor,
            pin: self.pins.verifier(pin, members, self.random)?,
            created_at,
            disabled_at: None,
        };
        if store.add_staff(&supervisor, Actor::Kiosk)? != StaffOutcome::Done {
            tracing::error!("the supervisor whom staff.initial_pin names could not be added");
        }
        Ok(())
    }
}
