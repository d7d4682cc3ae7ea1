//! The search against comparing every row in floats, on every set of instructions that this processor has.

use proptest::prelude::*;

use super::*;

/// The obvious way: the `capacity` best products seen so far, best first, earlier rows before later ones.
struct Best {
    capacity: usize,
    rows: Vec<(usize, f32)>,
    compared: usize,
}

impl Best {
    fn new(capacity: usize) -> Self {
        Self { capacity, rows: Vec::new(), compared: 0 }
    }
}

impl Offers for Best {
    fn floor(&self) -> Option<f32> {
        (self.rows.len() >= self.capacity).then(|| self.rows.last().map(|(_, product)| *product)).flatten()
    }

    fn offer(&mut self, row: usize, product: f32) {
        self.compared += 1;
        let place = self.rows.partition_point(|(_, other)| *other >= product);
        self.rows.insert(place, (row, product));
        self.rows.truncate(self.capacity);
    }
}

fn held(rows: &[Vec<f32>]) -> Vectors {
    let mut vectors = Vectors::new(rows[0].len());
    for row in rows {
        vectors.push(row);
    }
    vectors
}

fn unit(mut values: Vec<f32>) -> Vec<f32> {
    let length = values.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-6);
    for value in &mut values {
        *value /= length;
    }
    values
}

/// Vectors that depend on their seed only (xorshift), around one of a few centres so that many are close.
fn crowd(count: usize, dimension: usize) -> Vec<Vec<f32>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut number = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    let centres: Vec<Vec<f32>> = (0..5).map(|_| (0..dimension).map(|_| number()).collect()).collect();
    (0..count).map(|n| unit(centres[n % 5].iter().map(|c| c + number()).collect())).collect()
}

fn numbers(dimension: usize) -> impl Strategy<Value = Vec<f32>> {
    // A few outliers among small numbers make rounding as bad as it gets.
    let number = prop_oneof![8 => -1.0_f32..1.0, 1 => -40.0_f32..40.0, 1 => Just(0.0)];
    prop::collection::vec(number, dimension).prop_map(unit)
}

fn rows_and_probe() -> impl Strategy<Value = (Vec<Vec<f32>>, Vec<f32>)> {
    (1..150_usize, prop_oneof![Just(1.0_f32), Just(0.02)]).prop_flat_map(|(dimension, spread)| {
        let rows = prop::collection::vec(numbers(dimension), 1..200);
        (rows, numbers(dimension)).prop_map(move |(rows, probe)| {
            // With a small spread all rows are about as far from the probe, and rounding could change their order.
            let near = |row: Vec<f32>| {
                unit(
                    row.iter()
                        .zip(&probe)
                        .map(|(own, centre)| own * spread + centre * (1.0 - spread))
                        .collect(),
                )
            };
            (rows.into_iter().map(near).collect(), probe.clone())
        })
    })
}

proptest! {
    #[test]
    fn a_bound_is_never_below_the_product((rows, probe) in rows_and_probe()) {
        let vectors = held(&rows);
        for simd in Simd::available() {
            let mut bounds = vec![0.0; rows.len()];
            vectors.codes.bound(simd, 0..rows.len(), &vectors.codes.probe(&probe), &mut bounds);
            for (row, bound) in rows.iter().zip(bounds) {
                let exact: f64 = row.iter().zip(&probe).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                prop_assert!(f64::from(bound) >= exact, "{simd:?}: {bound} bounds {exact}");
                prop_assert!(bound >= dot(row, &probe), "{simd:?}: nor below what floats make of it");
            }
        }
    }

    #[test]
    fn the_search_gives_exactly_what_comparing_every_row_gives(
        (rows, probe) in rows_and_probe(), capacity in 1..9_usize,
    ) {
        let vectors = held(&rows);
        let mut expected = Best::new(capacity);
        for (index, row) in rows.iter().enumerate() {
            expected.offer(index, dot(row, &probe));
        }
        for simd in Simd::available() {
            let mut found = Best::new(capacity);
            vectors.search_with(simd, &probe, &mut found);
            prop_assert_eq!(&found.rows, &expected.rows, "{:?}: the same rows with the same bits", simd);
        }
    }
}

#[test]
fn few_rows_of_a_large_gallery_are_compared_in_floats() {
    let rows = crowd(20_000, 192);
    let vectors = held(&rows);
    let mut found = Best::new(6);
    vectors.search(&rows[777], &mut found);
    assert_eq!(found.rows[0].0, 777);
    assert!(found.compared < 400, "{} of 20,000: the codes must decide nearly all", found.compared);
}

#[test]
fn sums_of_the_largest_codes_do_not_overflow() {
    // All numbers alike: every code is as large as codes get.
    for dimension in [512, 1024, 4096] {
        let row = unit(vec![1.0; dimension]);
        let opposite: Vec<f32> = row.iter().map(|v| -v).collect();
        let vectors = held(&[row.clone(), opposite]);
        for simd in Simd::available() {
            let mut bounds = [0.0; 2];
            vectors.codes.bound(simd, 0..2, &vectors.codes.probe(&row), &mut bounds);
            assert!((bounds[0] - 1.0).abs() < 1e-2 && (bounds[1] + 1.0).abs() < 1e-2, "{simd:?}: {bounds:?}");
        }
    }
}

#[test]
fn a_removed_row_is_gone_from_both_copies() {
    let mut vectors = held(&crowd(3, 40));
    let last = vectors.exact.row(2).to_vec();
    vectors.swap_remove(0);
    assert_eq!(vectors.exact.row(0), last, "the last row moves into the gap");
    assert_eq!((vectors.exact.values().len(), vectors.codes.len()), (80, 2));
    let mut found = Best::new(1);
    vectors.search(&last, &mut found);
    assert_eq!(found.rows[0].0, 0, "and is found there");
}

#[test]
fn the_laned_product_equals_the_plain_one_for_every_length() {
    for length in 0..70_u8 {
        let a: Vec<f32> = (0..length).map(|i| f32::from(i) * 0.25 - 3.0).collect();
        let b: Vec<f32> = (0..length).map(|i| 2.0 - f32::from(i) * 0.125).collect();
        let plain: f64 = a.iter().zip(&b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum();
        assert!(
            (f64::from(dot(&a, &b)) - plain).abs() < 1e-2,
            "length {length}: no number may be left out or counted twice"
        );
    }
}
