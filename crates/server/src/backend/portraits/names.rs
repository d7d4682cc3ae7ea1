//! Whom the name of a picture's file means.

use std::collections::BTreeMap;

use portico_types::AttendeeId;
use unicode_normalization::UnicodeNormalization as _;

use crate::database::attendees::Guest;

/// Guests by everything that a picture's file may be called; `None` where several guests share a name.
pub(super) struct Names(BTreeMap<String, Option<AttendeeId>>);

/// Whom a file name means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant<'a> {
    Nobody,
    Several,
    Guest(&'a AttendeeId),
}

impl Names {
    pub(super) fn of(guests: &[Guest]) -> Self {
        let mut names = BTreeMap::new();
        // What is unique by nature goes in last and wins over what is not. One guest's code may be another's id, though.
        for guest in guests {
            let id = AttendeeId::new(&guest.id);
            share(&mut names, key(&guest.name), &id);
        }
        let mut photos = BTreeMap::new();
        for guest in guests {
            if let Some(photo) = &guest.photo {
                share(&mut photos, key(photo), &AttendeeId::new(&guest.id));
            }
        }
        names.append(&mut photos);
        let mut unique = BTreeMap::new();
        for guest in guests {
            let id = AttendeeId::new(&guest.id);
            share(&mut unique, key(&guest.ticket_code), &id);
            share(&mut unique, key(&guest.id), &id);
        }
        names.append(&mut unique);
        Self(names)
    }

    /// Looks for the whole path first, as the roster may give it, then for the file, then for the file without ending.
    pub(super) fn find(&self, path: &str) -> Meant<'_> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = key(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let named = self.0.get(&key(path)).or_else(|| self.0.get(&key(file))).or_else(|| self.0.get(&stem));
        match named.or_else(|| self.0.get(without_number(&stem)?)) {
            None => Meant::Nobody,
            Some(None) => Meant::Several,
            Some(Some(attendee)) => Meant::Guest(attendee),
        }
    }
}

/// Notes that a guest has this name, or that several have it.
fn share(names: &mut BTreeMap<String, Option<AttendeeId>>, name: String, guest: &AttendeeId) {
    names
        .entry(name)
        .and_modify(|holder| {
            holder.take_if(|h| h != guest);
        })
        .or_insert_with(|| Some(guest.clone()));
}

/// Lower case in one spelling (some systems write `ü` as two characters), with one space for every run of spaces,
/// hyphens and underscores.
fn key(name: &str) -> String {
    name.nfkc()
        .collect::<String>()
        .to_lowercase()
        .split([' ', '\t', '-', '_'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key without a last word that is a number, as in `ada lovelace 2` or `ada lovelace (2)`.
fn without_number(key: &str) -> Option<&str> {
    let (name, last) = key.rsplit_once(' ')?;
    let digits = last.trim_start_matches('(').trim_end_matches(')');
    (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guest(id: &str, name: &str, ticket_code: &str, photo: Option<&str>) -> Guest {
        Guest {
            id: id.into(),
            name: name.into(),
            company: None,
            ticket_code: ticket_code.into(),
            phone_last4: None,
            note: None,
            photo: photo.map(str::to_owned),
        }
    }

    #[test]
    fn a_picture_is_found_by_id_code_name_and_photo() {
        let names = Names::of(&[guest("g1", "Ada Lovelace", "K7M2QX", Some("portrait 12.jpg"))]);
        let ada = AttendeeId::new("g1");
        for file in ["G1.jpg", "k7m2qx.png", "ada_lovelace.jpeg", "Ada  Lovelace.jpg", "portrait-12.jpg"] {
            assert_eq!(names.find(file), Meant::Guest(&ada), "{file}");
        }
        assert_eq!(names.find("ada.jpg"), Meant::Nobody);
        for further in ["ada_lovelace-2.jpg", "K7M2QX_3.png", "Ada Lovelace (2).jpg"] {
            assert_eq!(names.find(further), Meant::Guest(&ada), "{further}");
        }
    }

    #[test]
    fn names_are_found_in_folders_and_in_either_spelling() {
        let names = Names::of(&[guest("g1", "Jürgen Weiß", "AAAAAA", Some("hall 2/1.jpg"))]);
        let guest = AttendeeId::new("g1");
        for file in ["faces/Ju\u{308}rgen Weiß.jpg", "hall 2/1.jpg", "a\\b\\aaaaaa.png"] {
            assert_eq!(names.find(file), Meant::Guest(&guest), "{file}");
        }
        assert_eq!(names.find("hall 3/1.jpg"), Meant::Nobody, "the roster says which folder");
    }

    #[test]
    fn a_name_of_two_guests_is_nobody_in_particular() {
        let names =
            Names::of(&[guest("g1", "Li Wei", "AAAAAA", None), guest("g2", "Li Wei", "BBBBBB", None)]);
        assert_eq!(names.find("li wei.jpg"), Meant::Several, "either of them might be meant");
        assert_eq!(names.find("bbbbbb.jpg"), Meant::Guest(&AttendeeId::new("g2")));
        let [one, other] = [("12", "40"), ("40", "77")].map(|(id, code)| guest(id, id, code, None));
        let names = Names::of(&[one, other]);
        assert_eq!(names.find("40.jpg"), Meant::Several, "one's code is the other's id");
        assert_eq!(names.find("77.jpg"), Meant::Guest(&AttendeeId::new("40")));
        let alike = Names::of(&[guest("a-1", "A", "AAAAAA", None), guest("A_1", "B", "BBBBBB", None)]);
        assert_eq!(alike.find("a-1.jpg"), Meant::Several, "file names do not tell them apart");
        let (one, other) =
            (guest("g1", "A", "AAAAAA", Some("1.jpg")), guest("g2", "B", "BBBBBB", Some("1.jpg")));
        assert_eq!(
            Names::of(&[one, other]).find("1.jpg"),
            Meant::Several,
            "the roster lists one photo for two"
        );
    }
}
