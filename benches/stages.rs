use std::time::Instant;
#[path = "corpus/mod.rs"]
mod corpus;
use expound::bundle::Output;
use expound::{BuildOptions, base::SourcePath, prepare, shell::disk::DiskWorld};
fn main() {
    let n: usize = std::env::var("N").ok().and_then(|s| s.parse().ok()).unwrap_or(1000);
    let dir = std::path::PathBuf::from(format!("/tmp/corpus-{n}"));
    if !dir.exists() {
        corpus::expound(&dir, n, 10).unwrap();
    }
    let day = expound::model::Day { year: 2026, month: 5, day: 1 };
    let opts = BuildOptions { remember: true, ..Default::default() };
    let t = Instant::now();
    let mut world = DiskWorld::new(&dir, day).unwrap();
    let mut p = prepare(&world, &opts, None);
    println!("first prepare {:?}", t.elapsed());
    let get = |p: &expound::Prepared, path: &str| {
        let t = Instant::now();
        let n = match p.find(path) {
            Some(Output::Page(x)) => x.render().map(|b| b.len()).unwrap_or(0),
            Some(Output::Bytes(b)) => b.len(),
            _ => 0,
        };
        println!("   get {path} {n} bytes {:?}", t.elapsed());
    };
    get(&p, "e0007/index.html");
    let t = Instant::now();
    let found = p.check(&world);
    println!("check {:?} {} findings", t.elapsed(), found.len());
    for f in found.iter().take(3) {
        println!("  {} {}", f.rule, f.message);
    }
    for round in 0..4 {
        let file = dir.join("content/e0007/13-part-3.md");
        std::fs::write(&file, corpus::section(7, 3) + &format!("\nEdit {round}.\n")).unwrap();
        let t = Instant::now();
        world = world.after(&[SourcePath::new("content/e0007/13-part-3.md")], day);
        println!("after {:?}", t.elapsed());
        p = prepare(&world, &opts, Some(&p));
        println!("edit section: prepare {:?}", t.elapsed());
        get(&p, "e0007/index.html");
        println!("total {:?}", t.elapsed());
        let t = Instant::now();
        let f = p.check(&world);
        println!("recheck {:?} {}", t.elapsed(), f.len());
        let t = Instant::now();
        comemo::evict(8);
        println!("evict {:?}", t.elapsed());
    }
    for round in 0..3 {
        let file = dir.join("content/terms.toml");
        let text = corpus::terms().replace("Clause 35", &format!("Clause 35 {}", ["x", "y", "z"][round]));
        std::fs::write(&file, text).unwrap();
        let t = Instant::now();
        world = world.after(&[SourcePath::new("content/terms.toml")], day);
        p = prepare(&world, &opts, Some(&p));
        println!("edit term: prepare {:?}", t.elapsed());
        get(&p, "e0007/index.html");
        println!("total {:?}", t.elapsed());
        let t = Instant::now();
        let f = p.check(&world);
        println!("recheck {:?} {}", t.elapsed(), f.len());
    }
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", s.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
