//! What a second enrolment picture is worth: people with several probes get the first of these enrolled as well, and
//! the remaining searches are made with and without it.

use std::collections::BTreeMap;

use anyhow::Result;
use portico_identify::DecisionPolicy;
use portico_types::{Embedding, ModelId};
use serde::Serialize;

use crate::identification::{Thresholds, misses};
use crate::rate::Rate;
use crate::reader::Looks;
use crate::set::{LabelledSet, Query};
use crate::trial::{Searches, Trial, enrolled};

/// Misses at FPIR 1 % of the people who can have two pictures.
#[derive(Clone, Debug, Serialize)]
pub struct SecondPicture {
    /// People with two pictures.
    pub people: usize,
    /// With one picture enrolled.
    pub one: Rate,
    /// With two.
    pub two: Rate,
}

/// Compares one enrolment picture with two.
pub fn compare(
    set: &LabelledSet,
    looks: &Looks,
    model: &ModelId,
    policy: &DecisionPolicy,
) -> Result<SecondPicture> {
    let second = second_pictures(&set.queries, looks);
    let remaining: Vec<&Query> = set
        .queries
        .iter()
        .filter(|query| second.values().all(|(taken, _)| taken.picture != query.picture))
        .collect();
    let one = enrolled(set, looks);
    let mut two = one.clone();
    two.extend(second.iter().map(|(name, (_, embedding))| (*name, *embedding)));
    let with = |people: Vec<(&str, &Embedding)>| -> Result<Rate> {
        let searches = Searches::among(model, people, policy)?;
        let trials: Vec<Trial> = remaining.iter().map(|query| searches.trial(query, looks)).collect();
        let threshold = Thresholds::of(&trials).fpir_1;
        let has_two = |trial: &&Trial| {
            trial.expected.as_ref().is_some_and(|person| second.contains_key(person.as_str()))
        };
        Ok(misses(&trials.iter().filter(has_two).collect::<Vec<_>>(), threshold))
    };
    Ok(SecondPicture { people: second.len(), one: with(one)?, two: with(two)? })
}

/// For each person with at least two probes, the first in which a face was found.
fn second_pictures<'q>(
    queries: &'q [Query],
    looks: &'q Looks,
) -> BTreeMap<&'q str, (&'q Query, &'q Embedding)> {
    let mut by_person: BTreeMap<&str, Vec<(&Query, &Embedding)>> = BTreeMap::new();
    for query in queries {
        if let (Some(person), Some(face)) = (&query.expected, looks.of(&query.picture).face()) {
            by_person.entry(person).or_default().push((query, &face.embedding));
        }
    }
    by_person
        .into_iter()
        .filter(|(_, found)| found.len() >= 2)
        .map(|(person, found)| (person, found[0]))
        .collect()
}
