use portico_inference::{Model, models::*};
use std::path::Path;
#[test]
fn t(){ let d=ModelDir::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models")).unwrap();
 for n in ["detector","landmarks","recogniser"] { let mut net=d.load(n).unwrap(); let l:usize=net.input_shape().iter().product(); let x:Vec<f32>=(0..l).map(|i|(i*37%256) as f32/127.5-1.).collect();
 let mut t=vec![]; for _ in 0..400 { let a=std::time::Instant::now(); net.run(&x).unwrap(); t.push(a.elapsed().as_secs_f64()*1e3);} t.sort_by(f64::total_cmp); println!("{n} median {:.3} p10 {:.3} min {:.3}",t[200],t[40],t[0]); } }
