//! A branch of a repository.

use std::fs;
use std::path::Path;

use super::{Site, git, paths};
use crate::support::{self, tree};

/// A site and a bare repository beside it.
fn site(more: &str) -> Site {
    let site = Site::new(&format!("[publish.pages]\nkind = \"git\"\nremote = \"../remote.git\"\n{more}"));
    git(site.root().parent().unwrap(), &["init", "--quiet", "--bare", "remote.git"]);
    site
}

impl Site {
    fn remote(&self, args: &[&str]) -> String {
        git(&self.beside("remote.git"), args)
    }

    /// The files on the branch.
    fn branch(&self) -> Vec<String> {
        self.remote(&["ls-tree", "-r", "--name-only", "gh-pages"]).lines().map(str::to_owned).collect()
    }

    fn commits(&self) -> String {
        self.remote(&["rev-list", "--count", "gh-pages"])
    }

    /// Puts a commit on the branch as somebody else would.
    fn by_hand(&self, branch: &str, path: &str, text: &str) {
        let clone = self.beside("clone");
        let _ = fs::remove_dir_all(&clone);
        git(self.root().parent().unwrap(), &["clone", "--quiet", "remote.git", "clone"]);
        if git(&clone, &["branch", "--remotes", "--list", &format!("origin/{branch}")]).is_empty() {
            git(&clone, &["checkout", "--quiet", "--orphan", branch]);
        } else {
            git(&clone, &["checkout", "--quiet", branch]);
        }
        support::write(&clone.join(path), text);
        git(&clone, &["add", "--all"]);
        git(&clone, &["commit", "--quiet", "--message", "By hand"]);
        git(&clone, &["push", "--quiet", "origin", branch]);
    }
}

#[test]
fn a_branch_gets_a_commit_for_each_change_and_none_without() {
    let site = site("");
    let run = site.published(&[]);
    assert_eq!(run.stdout, "https://example.org/deal/\n");
    assert!(run.stderr.contains("published in "), "{}", run.stderr);
    let files = site.branch();
    for file in ["index.html", ".nojekyll", "logo.svg", ".expound-output"] {
        assert!(files.contains(&file.to_owned()), "{file}: {files:?}");
    }
    assert!(!files.contains(&"CNAME".to_owned()));
    let built = support::run(support::expound(&site.root(), &["build"]));
    assert_eq!(built.status, 0);
    let page = site.remote(&["show", "gh-pages:index.html"]);
    assert_eq!(page.trim_end(), fs::read_to_string(site.root().join("dist/index.html")).unwrap().trim_end());

    let run = site.published(&[]);
    assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
    assert_eq!(site.commits(), "1");

    fs::remove_file(site.root().join("static/logo.svg")).unwrap();
    site.write("static/new name.txt", "new");
    let told = site.json(&[]);
    assert_eq!(paths(&told["plan"]["removed"]), ["logo.svg"]);
    assert_eq!(paths(&told["plan"]["new"]), ["new name.txt"]);
    assert_eq!(told["result"]["address"], "https://example.org/deal/");
    assert_eq!(site.commits(), "2");
    assert_eq!(site.remote(&["show", "gh-pages:new name.txt"]), "new");
    assert!(!site.branch().contains(&"logo.svg".to_owned()));
    // What is not in a working repository could not be shown by a host.
    site.remote(&["fsck", "--strict"]);
}

#[test]
fn the_authors_repository_stays_as_it_is() {
    let site = site("");
    site.write("expound.toml", "base_url = \"https://example.org/\"\n[publish.pages]\nkind = \"git\"\n");
    let root = site.root();
    git(&root, &["init", "--quiet", "--initial-branch=main"]);
    git(&root, &["remote", "add", "origin", "../remote.git"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "--quiet", "--message", "First"]);
    let commit = git(&root, &["rev-parse", "HEAD"]);
    let before = tree(&root);
    site.published(&[]);
    assert!(tree(&root) == before, "the repository has changed");
    let message = site.remote(&["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.starts_with(&format!("Publish {}\n", &commit[..12])), "{message}");
    assert!(message.contains(&commit) && !message.contains("not committed"), "{message}");

    // A tree with changes, in a worktree, on a detached head.
    git(&root, &["worktree", "add", "--quiet", "--detach", "../tree"]);
    support::write(&site.beside("tree/content/20-more.md"), "# More\n\nMore.\n");
    let run = support::run(support::expound(&site.beside("tree"), &["publish"]));
    assert_eq!(run.status, 0, "{}", run.stderr);
    let message = site.remote(&["log", "-1", "--format=%B", "gh-pages"]);
    assert!(message.starts_with(&format!("Publish {} and changes\n", &commit[..12])), "{message}");
    assert_eq!(git(&root, &["branch", "--all", "--list", "*pages*"]), "");
}

#[test]
fn what_others_keep_on_the_branch_stays() {
    let site = site("");
    site.published(&[]);
    site.by_hand("gh-pages", "CNAME", "deal.example.org\n");
    site.by_hand("gh-pages", ".well-known/security.txt", "Contact: …\n");
    site.by_hand("gh-pages", "stray.html", "old");
    let told = site.json(&[]);
    assert_eq!(paths(&told["plan"]["removed"]), ["stray.html"]);
    let files = site.branch();
    assert!(files.contains(&"CNAME".to_owned()) && files.contains(&".well-known/security.txt".to_owned()));

    let toml = fs::read_to_string(site.root().join("expound.toml")).unwrap();
    site.write("expound.toml", &format!("{toml}cname = \"new.example.org\"\n"));
    site.published(&[]);
    assert_eq!(site.remote(&["show", "gh-pages:CNAME"]), "new.example.org");
}

#[test]
fn a_branch_with_other_things_is_not_replaced_unasked() {
    let site = site("branch = \"main\"\n");
    site.by_hand("main", "src/main.rs", "fn main() {}\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("holds things that expound didn't write, such as `src/main.rs`"), "{}", run.stderr);
    assert_eq!(site.remote(&["rev-list", "--count", "main"]), "1");
    site.published(&["--replace"]);
    assert_eq!(site.remote(&["rev-list", "--count", "main"]), "2");
}

#[test]
fn one_commit_alone_where_that_is_wanted() {
    let site = site("history = \"squash\"\n");
    site.published(&[]);
    site.by_hand("gh-pages", "CNAME", "deal.example.org\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    site.write("content/index.md", "+++\ntitle = \"The deal\"\n+++\n\nAnother answer.\n");
    site.published(&["--force"]);
    assert_eq!(site.commits(), "1");
    assert_eq!(site.remote(&["show", "gh-pages:CNAME"]), "deal.example.org");
    assert!(site.remote(&["show", "gh-pages:index.html"]).contains("Another answer."));
}

#[cfg(unix)]
fn program(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    support::write(path, text);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_push_that_somebody_else_overtook_is_explained() {
    for more in ["", "history = \"squash\"\n"] {
        let site = site(more);
        site.published(&[]);
        site.write("content/index.md", "+++\ntitle = \"The deal\"\n+++\n\nAnother answer.\n");
        // A Git that lets somebody else push first.
        let real = std::env::var("PATH").unwrap();
        let remote = site.beside("remote.git");
        program(
            &site.beside("bin/git"),
            &format!(
                "#!/bin/sh\nPATH='{real}'\nif [ \"$1\" = push ]; then\n  cd '{0}'\n  other=$(GIT_CONFIG_COUNT=0 git \
                 -c user.name=o -c user.email=o@o commit-tree -m other -p gh-pages 'gh-pages^{{tree}}')\n  git \
                 update-ref refs/heads/gh-pages \"$other\"\n  cd \"$OLDPWD\"\nfi\nexec git \"$@\"\n",
                remote.display()
            ),
        );
        let mut command = site.command(&["--force"]);
        command.env("PATH", format!("{}:{real}", site.beside("bin").display()));
        let run = support::run(command);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("somebody else has published"), "{}", run.stderr);
        assert_eq!(site.remote(&["log", "-1", "--format=%s", "gh-pages"]), "other");
    }
}

#[cfg(unix)]
#[test]
fn a_refusal_of_the_repository_is_passed_on() {
    let site = site("");
    program(&site.beside("remote.git/hooks/update"), "#!/bin/sh\necho 'the branch is protected' >&2\nexit 1\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("refused the new state of `gh-pages`"), "{}", run.stderr);
    assert!(run.stderr.contains("the branch is protected"), "{}", run.stderr);
}

#[test]
fn what_can_not_be_reached_is_explained() {
    let site = Site::new("[publish.pages]\nkind = \"git\"\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("this site isn't in a Git repository"), "{}", run.stderr);

    let site = Site::new("[publish.pages]\nkind = \"git\"\nremote = \"../nowhere.git\"\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`../nowhere.git` can't be reached"), "{}", run.stderr);
    assert!(run.stderr.contains("check the address"), "{}", run.stderr);

    let mut command = site.command(&[]);
    command.env("PATH", "/nonexistent");
    let run = support::run(command);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("needs Git, and it isn't installed"), "{}", run.stderr);
}

#[test]
fn a_site_below_a_folder_must_be_built_for_it() {
    let site = Site::new("");
    site.write("expound.toml", "[publish.pages]\nkind = \"git\"\nremote = \"git@github.com:example/deal.git\"\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("base_url = \"https://example.github.io/deal/\""), "{}", run.stderr);
}

/// A server of SSH on loopback, ended when dropped.
#[cfg(unix)]
struct Sshd(std::process::Child, u16);

#[cfg(unix)]
impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
fn sshd(dir: &Path) -> Option<Sshd> {
    use std::process::{Command, Stdio};
    let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].into_iter().find(|path| Path::new(path).exists())?;
    for name in ["host", "key"] {
        let path = dir.join(name);
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status().ok()?;
        assert!(made.success());
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let shown = dir.display();
    let config = format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {shown}/host\nAuthorizedKeysFile {shown}/key.pub\n\
         PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
    );
    support::write(&dir.join("config"), config);
    if !Path::new("/run/sshd").exists() {
        let _ = fs::create_dir_all("/run/sshd");
    }
    let mut command = Command::new(program);
    command.args(["-D", "-e", "-f"]).arg(dir.join("config")).stdin(Stdio::null()).stdout(Stdio::null());
    let child = command.stderr(fs::File::create(dir.join("log")).unwrap()).spawn().ok()?;
    let server = Sshd(child, port);
    for _ in 0..500 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(server);
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{}", fs::read_to_string(dir.join("log")).unwrap());
}

#[cfg(unix)]
#[test]
fn over_ssh() {
    let site = site("");
    let dir = site.beside("ssh");
    fs::create_dir_all(&dir).unwrap();
    let Some(server) = sshd(&dir) else {
        super::skipped("sshd");
        return;
    };
    let user = String::from_utf8(std::process::Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
    let remote = format!(
        "ssh://{}@127.0.0.1:{}{}",
        user.trim(),
        server.1,
        site.beside("remote.git").canonicalize().unwrap().display()
    );
    site.write(
        "expound.toml",
        &format!("base_url = \"https://example.org/\"\n[publish.pages]\nkind = \"git\"\nremote = \"{remote}\"\n"),
    );
    let ssh = |more: &str| {
        let shown = dir.display();
        format!("ssh -F /dev/null -i {shown}/key -o IdentitiesOnly=yes -o BatchMode=yes {more}")
    };
    // A host whose key nobody has accepted yet.
    let mut command = site.command(&[]);
    command.env("GIT_SSH_COMMAND", ssh(&format!("-o UserKnownHostsFile={}/none", dir.display())));
    let run = support::run(command);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("connect once by hand"), "{}", run.stderr);

    // The way to the host is a setting of the author's repository alone.
    let root = site.root();
    git(&root, &["init", "--quiet"]);
    git(&root, &["config", "core.sshCommand", &ssh("-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null")]);
    site.published(&[]);
    assert!(site.branch().contains(&"index.html".to_owned()));
    site.write("content/index.md", "+++\ntitle = \"The deal\"\n+++\n\nAnother answer.\n");
    site.published(&[]);
    assert_eq!(site.commits(), "2");
}
