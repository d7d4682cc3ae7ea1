//! The store as its users see it: every test opens a real encrypted file.

#[cfg(test)]
mod admitting;
#[cfg(test)]
mod auditing;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod door;
#[cfg(test)]
mod entry_rules;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod mending;
#[cfg(test)]
mod model;
#[cfg(test)]
mod model_conflicts;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod overriding;
#[cfg(test)]
mod pairing;
#[cfg(test)]
mod parked;
#[cfg(test)]
mod quarantine;
#[cfg(test)]
mod random_walks;
#[cfg(test)]
mod raw_files;
#[cfg(test)]
mod restarting;
#[cfg(test)]
mod roster;
#[cfg(test)]
mod salvaging;
#[cfg(test)]
mod secrecy;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod support;
#[cfg(test)]
mod surviving;
#[cfg(test)]
mod walk_ins;
#[cfg(test)]
mod walk_steps;
#[cfg(test)]
mod wiping;
