//! temp
use portico_cast::*;
fn main(){ let a:Vec<String>=std::env::args().collect(); let g=cast().into_iter().find(|g| g.slug()==a[1]).unwrap(); let p=ClipParams::default(); let t=std::time::Instant::now(); let s=Studio::new(&g,p.light,p.camera); println!("figure {:?}",t.elapsed());
 for (k,v) in a[2].split(',').enumerate(){ let sec:f32=v.parse().unwrap(); let t=std::time::Instant::now(); let pic=s.picture(pose_at(&g,&p,sec).as_ref(),k as u32); println!("{sec} {:?}",t.elapsed()); std::fs::write(format!("{}/{}.t{}.jpg",a[3],g.slug(),k),pic.jpeg(90).unwrap()).unwrap(); } }
