//! Folders and archives.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{Site, paths};
use crate::support::{self, tree};

#[test]
fn a_folder_is_the_output_of_a_build() {
    let site = Site::new("[publish.www]\nkind = \"folder\"\npath = \"../www\"\n");
    site.published(&[]);
    assert_eq!(support::run(support::expound(&site.root(), &["build"])).status, 0);
    assert!(tree(&site.beside("www")) == tree(&site.root().join("dist")));

    let run = site.published(&[]);
    assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
    support::write(&site.beside("www/.htaccess"), "mine");
    fs::write(site.beside("www/index.html"), "damaged").unwrap();
    fs::remove_file(site.root().join("static/logo.svg")).unwrap();
    let told = site.json(&[]);
    assert_eq!(paths(&told["plan"]["changed"]), ["index.html"]);
    assert_eq!(paths(&told["plan"]["removed"]), ["logo.svg"]);
    assert_eq!(fs::read_to_string(site.beside("www/.htaccess")).unwrap(), "mine");
    assert!(!site.beside("www/logo.svg").exists());
}

#[test]
fn a_folder_with_other_things_is_refused() {
    let site = Site::new("[publish.www]\nkind = \"folder\"\npath = \"../www\"\n");
    support::write(&site.beside("www/thesis.txt"), "years of work");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("such as `thesis.txt`"), "{}", run.stderr);
    assert!(run.stderr.contains("as the `path` of this target"), "{}", run.stderr);
    assert_eq!(tree(&site.beside("www")).len(), 1);
}

#[test]
fn compressed_forms_stand_beside_texts() {
    let site =
        Site::new("[publish.www]\nkind = \"folder\"\npath = \"../www\"\nprecompress = [\"br\", \"gz\", \"zst\"]\n");
    site.write("static/small.txt", "small");
    site.write("static/picture.png", &"not really ".repeat(1000));
    site.write("static/long.txt", &"a long text, ".repeat(1000));
    site.published(&[]);
    let files = tree(&site.beside("www"));
    for file in ["index.html", "long.txt"] {
        for ending in ["br", "gz", "zst"] {
            assert!(files[&format!("{file}.{ending}")].len() < files[file].len() / 2, "{file}.{ending}");
        }
    }
    assert!(!files.contains_key("small.txt.gz") && !files.contains_key("picture.png.gz"));
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&*files["long.txt.gz"]).read_to_end(&mut text).unwrap();
    assert_eq!(text, files["long.txt"]);
    assert!(site.published(&[]).stderr.contains("nothing to do"));
    site.write("static/long.txt", "short now");
    site.published(&[]);
    assert!(!site.beside("www/long.txt.gz").exists());
}

#[test]
fn archives_have_the_same_bytes_each_time() {
    for name in ["site.zip", "site.tar.gz", "site.tar.zst"] {
        let targets = format!("[publish.file]\nkind = \"archive\"\npath = \"../out/{name}\"\n");
        let (one, other) = (Site::new(&targets), Site::new(&targets));
        one.published(&[]);
        other.published(&[]);
        let path = format!("out/{name}");
        let bytes = fs::read(one.beside(&path)).unwrap();
        assert!(bytes == fs::read(other.beside(&path)).unwrap(), "{name}");
        assert_eq!(fs::read_dir(one.beside("out")).unwrap().count(), 1, "{name}");
        assert!(one.published(&[]).stderr.contains("nothing to do"), "{name}");

        fs::remove_file(one.root().join("static/logo.svg")).unwrap();
        let told = one.json(&[]);
        assert_eq!(paths(&told["plan"]["removed"]), ["logo.svg"], "{name}");
        assert!(!names(&one.beside(&path)).contains(&"logo.svg".to_owned()), "{name}");
        assert!(names(&one.beside(&path)).contains(&"index.html".to_owned()), "{name}");
    }
}

/// What is in an archive, as other programs see it.
fn names(path: &Path) -> Vec<String> {
    let file = fs::File::open(path).unwrap();
    if path.extension().unwrap() == "zip" {
        let mut zip = zip::ZipArchive::new(file).unwrap();
        for at in 0..zip.len() {
            let entry = zip.by_index(at).unwrap();
            assert_eq!(entry.unix_mode(), Some(0o100_644));
            // 1 May 2026, as SOURCE_DATE_EPOCH has it.
            assert_eq!(entry.last_modified().unwrap().year(), 2026);
        }
        return zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    }
    let unpacked: Box<dyn Read> = match path.extension().unwrap().to_str().unwrap() {
        "zst" => Box::new(zstd::Decoder::new(file).unwrap()),
        _ => Box::new(flate2::read::GzDecoder::new(file)),
    };
    let mut archive = tar::Archive::new(unpacked);
    archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_no_archive_is_not_overwritten() {
    let site = Site::new("[publish.file]\nkind = \"archive\"\npath = \"site.zip\"\n");
    site.write("site.zip", "my own");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("isn't an archive of this kind"), "{}", run.stderr);
    site.write("expound.toml", "[publish.file]\nkind = \"archive\"\npath = \"static/site.zip\"\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("lies in `static`"), "{}", run.stderr);
}

/// A server that is ended when dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Children of its own end with it.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn server(program: &str, args: &[&str], port: u16) -> Option<Server> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(child) = command.spawn() else {
        super::skipped(program);
        return None;
    };
    let server = Server(child);
    for _ in 0..1000 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(server);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{program} doesn't answer");
}

/// The head of an answer, in lower case, and its body.
fn get(port: u16, path: &str, encoding: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: {encoding}\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), answer[end + 4..].to_vec())
}

const COMPRESSED: &str =
    "[publish.www]\nkind = \"folder\"\npath = \"../www\"\nprecompress = [\"br\", \"gz\", \"zst\"]\n";

#[test]
fn nginx_serves_the_compressed_forms() {
    let site = Site::new(COMPRESSED);
    site.published(&[]);
    let (port, dir) = (free_port(), site.beside("nginx"));
    fs::create_dir_all(dir.join("tmp")).unwrap();
    let (shown, www) = (dir.display(), site.beside("www"));
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {shown}/tmp/{name};\n"))
        .concat();
    let config = format!(
        "daemon off;\nmaster_process off;\npid {shown}/pid;\nerror_log {shown}/log;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}\
         server {{ listen 127.0.0.1:{port}; root {}; gzip_static on; gzip_http_version 1.0; gzip_proxied any; }} }}\n",
        www.display()
    );
    support::write(&dir.join("conf"), config);
    let conf = dir.join("conf");
    let program = if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" };
    let Some(_server) = server(program, &["-p", &shown.to_string(), "-c", conf.to_str().unwrap()], port) else {
        return;
    };
    let (head, body) = get(port, "/index.html", "gzip");
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(body == fs::read(www.join("index.html.gz")).unwrap());
    let (head, body) = get(port, "/index.html", "identity");
    assert!(!head.contains("content-encoding"), "{head}");
    assert!(body == fs::read(www.join("index.html")).unwrap());
}

#[test]
fn caddy_serves_the_compressed_forms() {
    let site = Site::new(COMPRESSED);
    site.published(&[]);
    let (port, dir, www) = (free_port(), site.beside("caddy"), site.beside("www"));
    let config = format!(
        "{{\nadmin off\nauto_https off\nstorage file_system {}\n}}\nhttp://:{port} {{\nbind 127.0.0.1\nroot * {}\n\
         file_server {{\nprecompressed zstd br gzip\n}}\n}}\n",
        dir.display(),
        www.display()
    );
    support::write(&dir.join("Caddyfile"), config);
    let file = dir.join("Caddyfile");
    let Some(_server) = server("caddy", &["run", "--adapter", "caddyfile", "--config", file.to_str().unwrap()], port)
    else {
        return;
    };
    for (encoding, ending) in [("zstd", ".zst"), ("br", ".br"), ("gzip", ".gz"), ("identity", "")] {
        let (head, body) = get(port, "/index.html", encoding);
        assert_eq!(head.contains(&format!("content-encoding: {encoding}")), !ending.is_empty(), "{head}");
        assert!(body == fs::read(www.join(format!("index.html{ending}"))).unwrap(), "{encoding}");
    }
}
