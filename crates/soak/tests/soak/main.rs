//! Small soaks, quick enough for every run of the tests. `cargo xtask soak` does the same for longer.

#[cfg(test)]
mod bit_flips;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod first_sync;
#[cfg(test)]
mod hostile_link;
#[cfg(test)]
mod kiosks;
#[cfg(test)]
mod power_cuts;
#[cfg(test)]
mod support;
#[cfg(test)]
mod waiting;
