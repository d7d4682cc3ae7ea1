//! What a kiosk knows of its staff when it starts, and the supervisor whom its configuration names.

use portico_store::{Actor, StaffMember, StaffOutcome, Store};
use portico_types::{StaffId, StaffRole};

use super::start::{Ports, StartError};
use crate::config::StaffConfig;
use crate::contract::StaffLock;
use crate::desk::StaffDoor;
use crate::guesses::Guesses;
use crate::pin::Pins;

/// The door to staff mode, and how it stands.
pub(super) struct Staff {
    pub(super) lock: StaffLock,
    pub(super) door: StaffDoor,
}

impl Staff {
    /// Reads what is kept. If no supervisor can open staff mode, at a new kiosk or because one was lost with a damaged
    /// page, the configured PIN makes one.
    pub(super) fn read(store: &mut Store, config: &StaffConfig, ports: &Ports) -> Result<Self, StartError> {
        let pins = Pins::new(store.pin_pepper());
        let members = store.staff()?;
        let mut lock = StaffLock::Locked;
        if !members.iter().any(StaffMember::is_acting_supervisor) {
            match &config.initial_pin {
                Some(pin) => add_configured(store, &pins, pin, &members, ports)?,
                // A PIN that was lost with a page is not for the next passer-by to choose.
                None if members.is_empty() && store.last_salvage()?.is_none() => lock = StaffLock::Unset,
                None => tracing::warn!(
                    "no supervisor can open staff mode; set staff.initial_pin and start the kiosk again"
                ),
            }
        }
        let guesses = Guesses::at_start(store.guesses_left()?, ports.clock.now());
        Ok(Self { lock, door: StaffDoor::new(pins, guesses) })
    }
}

fn add_configured(
    store: &mut Store,
    pins: &Pins,
    pin: &str,
    members: &[StaffMember],
    ports: &Ports,
) -> Result<(), StartError> {
    if pins.owner(pin, members)?.is_some() {
        tracing::error!("staff.initial_pin is a volunteer's PIN; set another one to get a supervisor");
        return Ok(());
    }
    let created_at = ports.clock.utc();
    let supervisor = StaffMember {
        id: StaffId(ports.random.uuid(created_at)),
        name: String::new(),
        role: StaffRole::Supervisor,
        pin: pins.verifier(pin, members, &ports.random)?,
        created_at,
        disabled_at: None,
    };
    if store.add_staff(&supervisor, Actor::Kiosk)? != StaffOutcome::Done {
        tracing::error!("the supervisor whom staff.initial_pin names could not be added");
    }
    Ok(())
}
