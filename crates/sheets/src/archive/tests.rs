//! Archives that are meant to do harm, built here and kept small.

use std::io::{Cursor, Write as _};

use encoding_rs::GB18030;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

const LIMITS: ArchiveLimits =
    ArchiveLimits { file_bytes: 1 << 20, entries: 10, unpacked_bytes: 8 << 20, ratio: 100 };

fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(bytes: &[u8]) -> Result<Archive<Cursor<&[u8]>>, ArchiveFault> {
    Archive::open(Cursor::new(bytes), &LIMITS)
}

fn fault(bytes: &[u8]) -> ArchiveFault {
    open(bytes).map(|_| ()).unwrap_err()
}

/// Replaces every occurrence of `from` in the archive's own records.
fn forged(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "offsets must stay what they are");
    let mut place = 0;
    let mut found = false;
    while let Some(at) = bytes[place..].windows(from.len()).position(|window| window == from) {
        bytes[place + at..place + at + to.len()].copy_from_slice(to);
        place += at + to.len();
        found = true;
    }
    assert!(found, "there is nothing to forge");
    bytes
}

#[test]
fn files_are_unpacked_and_litter_is_left_out() {
    let bytes = pack(&[
        ("a.jpg", b"first"),
        ("faces/b.jpg", b"second"),
        ("__MACOSX/._a.jpg", b"x"),
        ("faces/.DS_Store", b"x"),
        ("Thumbs.db", b"x"),
    ]);
    let mut archive = open(&bytes).unwrap();
    assert_eq!(archive.names().collect::<Vec<_>>(), ["a.jpg", "faces/b.jpg"]);
    assert_eq!(archive.read(1).unwrap(), b"second");
    assert_eq!(archive.size_bytes(1), 6);
    archive.check_contents::<ArchiveFault>(|_| false, |_| Ok(())).unwrap();
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![0; 4 << 20];
    let bytes = pack(&[("bomb.xml", &zeros)]);
    assert!(bytes.len() < 10_000, "it is small, as bombs are: {}", bytes.len());
    let refused = fault(&bytes);
    assert!(matches!(&refused, ArchiveFault::Ratio { name, limit: 100 } if name == "bomb.xml"), "{refused}");
}

#[test]
fn many_small_files_are_held_to_what_they_come_to_together() {
    let page = vec![7; 1 << 20];
    let names: Vec<String> = (0..9).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), page.as_slice())).collect();
    assert!(matches!(fault(&pack(&entries)), ArchiveFault::Unpacked { limit_bytes: 8_388_608 }));
    let names: Vec<String> = (0..11).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert!(matches!(fault(&pack(&entries)), ArchiveFault::Entries { found: 11, limit: 10 }));
}

#[test]
fn an_entry_that_lies_about_its_size_is_not_unpacked_beyond_it() {
    let zeros = vec![0; 3 << 20];
    let (says, small) = ((3_u32 << 20).to_le_bytes(), 1_000_u32.to_le_bytes());
    let bytes = forged(pack(&[("bomb.xml", &zeros)]), &says, &small);
    let mut archive = open(&bytes).unwrap();
    let refused = archive.check_contents::<ArchiveFault>(|_| false, |_| Ok(())).unwrap_err();
    assert!(matches!(refused, ArchiveFault::Lies { .. } | ArchiveFault::Broken(_)), "{refused}");
    let read = archive.read(0);
    assert!(read.is_err(), "{read:?}");
}

#[test]
fn what_leads_elsewhere_is_refused() {
    for (name, forged_name) in [
        ("xx/evil.jpg", "../evil.jpg"),
        ("xetc/passwd", "/etc/passwd"),
        ("cx/evil.jpg", "c:/evil.jpg"),
        ("a/xx/evil.jp", "a/..\\evil.jp"),
    ] {
        let bytes = forged(pack(&[(name, b"x")]), name.as_bytes(), forged_name.as_bytes());
        let refused = fault(&bytes);
        assert!(matches!(&refused, ArchiveFault::Outside { name } if name == forged_name), "{refused}");
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("ada.jpg", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let refused = fault(&writer.finish().unwrap().into_inner());
    assert!(matches!(refused, ArchiveFault::Link { .. }), "{refused}");
}

#[test]
fn an_archive_within_the_archive_is_refused() {
    let inner = pack(&[("a.jpg", b"x")]);
    for name in ["inner.zip", "inner.ZIP", "sheet.xlsx"] {
        let refused = fault(&pack(&[("a.jpg", b"x"), (name, &inner)]));
        assert!(matches!(&refused, ArchiveFault::Nested { name: found } if found == name), "{refused}");
    }
}

#[test]
fn a_damaged_archive_is_told_from_one_that_is_not() {
    let mut bytes = pack(&[("a.jpg", b"some content that is long enough to be damaged")]);
    for damaged in [&b"PK\x03\x04 no archive"[..], &bytes[..bytes.len() - 30], b""] {
        assert!(matches!(fault(damaged), ArchiveFault::Broken(_)));
    }
    let place = bytes.windows(4).position(|window| window == b"a.jp").unwrap() + 12;
    bytes[place] ^= 0x55;
    let refused = open(&bytes).and_then(|mut archive| archive.read(0));
    assert!(matches!(refused, Err(ArchiveFault::Broken(_) | ArchiveFault::Lies { .. })), "{refused:?}");
    let long = vec![0; 2 << 20];
    assert!(matches!(fault(&long), ArchiveFault::TooLarge { limit_bytes: 1_048_576 }));
}

#[test]
fn chinese_names_are_read_as_chinese_systems_write_them() {
    // As long in bytes as the names in GB18030, so that they can be forged in.
    let names = ["张伟.jpg", "王小芳.jpg", "欧阳娜娜.jpg"];
    let mut bytes = pack(&[("wxyz.jpg", b"1"), ("mnopqr.jpg", b"2"), ("abcdefgh.jpg", b"3")]);
    for (plain, name) in ["wxyz.jpg", "mnopqr.jpg", "abcdefgh.jpg"].into_iter().zip(names) {
        bytes = forged(bytes, plain.as_bytes(), &GB18030.encode(name).0);
    }
    assert_eq!(open(&bytes).unwrap().names().collect::<Vec<_>>(), names);
    let modern = pack(&[("张伟.jpg", b"1"), ("Jürgen.jpg", b"2")]);
    assert_eq!(open(&modern).unwrap().names().collect::<Vec<_>>(), ["张伟.jpg", "Jürgen.jpg"]);
}
