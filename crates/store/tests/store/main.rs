//! The store as its users see it: every test opens a real encrypted file.

#[cfg(test)]
mod admitting;
#[cfg(test)]
mod auditing;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod model;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod outbox;
#[cfg(test)]
mod overriding;
#[cfg(test)]
mod random_walks;
#[cfg(test)]
mod roster;
#[cfg(test)]
mod secrecy;
#[cfg(test)]
mod support;
