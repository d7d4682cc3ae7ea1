//! Writes what imports are measured with: a roster of 20,000 guests as CSV and as a workbook, and 500 pictures of
//! generated people in a ZIP archive, of which every tenth is spoilt in one way or another.
//!
//! ```text
//! cargo run --release -p portico-server --example import_files -- target/import-files
//! ```

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use anyhow::Context as _;
use image::imageops::{FilterType, blur, brighten};
use image::{DynamicImage, ImageFormat};
use portico_sheets::{Value, write_csv, write_xlsx};
use zip::write::{SimpleFileOptions, ZipWriter};

const GUESTS: usize = 20_000;
const PICTURES: usize = 500;
/// Different people in the pictures; more of them take longer to draw and measure nothing else.
const PEOPLE: usize = 6;
const TITLES: [&str; 6] = ["姓名", "公司", "手机号", "票码", "备注", "照片"];

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("say in which folder")?;
    fs::create_dir_all(&folder)?;
    let rows: Vec<Vec<Value>> = (0..GUESTS).map(guest).collect();
    write_csv(File::create(folder.join("guests.csv"))?, &TITLES, &rows)?;
    write_xlsx(File::create(folder.join("guests.xlsx"))?, "Guests", &TITLES, &rows)?;
    pictures(File::create(folder.join("faces.zip"))?)
}

fn guest(n: usize) -> Vec<Value> {
    let surname = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"][n % 10];
    [
        format!("{surname}{n}"),
        format!("第{}公司", n % 700),
        // A bad row in a thousand.
        if n % 1_000 == 999 { "12".to_owned() } else { format!("138{n:08}") },
        format!("T{n:06}"),
        if n.is_multiple_of(50) { "VIP".to_owned() } else { String::new() },
        format!("{n}.jpg"),
    ]
    .map(Value::from)
    .into()
}

fn pictures(out: File) -> anyhow::Result<()> {
    let cast = portico_cast::cast();
    let mut people = Vec::new();
    for guest in cast.iter().take(PEOPLE) {
        people.push(image::load_from_memory(&portico_cast::portrait_jpeg(guest)?)?);
    }
    let mut zip = ZipWriter::new(out);
    for n in 0..PICTURES {
        zip.start_file(format!("faces/{n}.jpg"), SimpleFileOptions::default())?;
        zip.write_all(&picture(&people[n % people.len()], n)?)?;
    }
    zip.finish()?;
    Ok(())
}

/// Picture `n`: each a little brighter or darker than the others of this person, so that no two files are the same.
fn picture(person: &DynamicImage, n: usize) -> anyhow::Result<Vec<u8>> {
    let shade = (n / PEOPLE) as i32 % 41 - 20;
    let varied = DynamicImage::from(brighten(&person.to_rgb8(), shade));
    let width = 300 + (n / PEOPLE / 41) as u32;
    let sound = varied.resize(width, 2 * width, FilterType::Triangle);
    let spoilt = match (n % 10, n / 10 % 4) {
        (9, 0) => sound.resize(90, 180, FilterType::Triangle),
        (9, 1) => DynamicImage::from(blur(&sound.to_rgb8(), 9.0)),
        (9, 2) => DynamicImage::from(brighten(&sound.to_rgb8(), -190)),
        (9, _) => DynamicImage::from(image::RgbImage::from_pixel(300, 375, image::Rgb([90, 120, n as u8]))),
        _ => sound,
    };
    let mut bytes = Cursor::new(Vec::new());
    spoilt.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg)?;
    Ok(bytes.into_inner())
}
