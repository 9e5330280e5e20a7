//! A branch of a Git repository. The commit is made in a repository of its own that is thrown away afterwards, so that
//! nothing in the author's changes: no checkout, index, branch or setting.

use std::collections::BTreeMap;
use std::path::Path;

use super::plan::{Id, Listing, Plan};
use super::site::{Algorithm, Site};
use super::{Allowed, Sent, Target};
use crate::model::publish::Git as Said;
use crate::shell::Failure;
use crate::shell::clock;
use crate::shell::output::manifest::{self, MARKER};
use crate::shell::progress::Progress;

mod command;
mod hosts;
mod import;

use command::{Git, Problem};

/// Where the branch as it was, and as it shall be, stand in the repository that is thrown away.
const BEFORE: &str = "refs/expound/before";
const AFTER: &str = "refs/expound/after";

/// A branch to publish to.
pub struct Branch {
    said: Said,
    /// What the remote resolves to.
    address: String,
    /// The commit that the branch is at; `None` if there is no such branch.
    before: Option<String>,
    /// What stays on the branch as it is, with mode and name.
    kept: Vec<(String, String, String)>,
    allowed: Allowed,
    /// The author's repository, if the site lies in one.
    source: Git,
    /// The repository that is thrown away.
    bare: Git,
    _folder: tempfile::TempDir,
}

impl Branch {
    /// Finds out what the remote is.
    pub fn new(root: &Path, said: &Said, allowed: Allowed) -> Result<Self, Failure> {
        let source = Git::at(root);
        source.check_installed()?;
        let address = address_of(&source, root, &said.remote)?;
        let folder = tempfile::tempdir().map_err(|error| {
            Failure::new(format!("no temporary folder can be made: {}", crate::shell::disk::reason(&error)))
        })?;
        let bare = Git::at(folder.path()).with_settings_of(&source);
        let (said, before) = (said.clone(), None);
        Ok(Self { said, address, before, kept: Vec::new(), allowed, source, bare, _folder: folder })
    }

    fn reach(&self, problem: &Problem) -> Failure {
        let remote = &self.said.remote;
        problem
            .failure(&format!("the repository `{}` can't be reached", shown(remote)))
            .help(hosts::advice(&problem.said, &self.address))
    }

    /// The branch as it is: its files by path, with mode and name.
    fn fetch(&mut self) -> Result<BTreeMap<String, (String, String)>, Failure> {
        let reference = format!("refs/heads/{}", self.said.branch);
        let list = self.bare.run(&["ls-remote", "--quiet", "--", &self.address, &reference, "HEAD"]);
        let list = list.map_err(|problem| self.reach(&problem))?;
        let line = |name: &str| {
            list.lines().filter_map(|line| line.split_once('\t')).find(|(_, at)| *at == name).map(|(hash, _)| hash)
        };
        let long = list.lines().next().is_some_and(|line| line.split('\t').next().is_some_and(|h| h.len() == 64));
        let format = format!("--object-format={}", if long { "sha256" } else { "sha1" });
        self.bare.run(&["init", "--quiet", "--bare", &format, "."]).map_err(|problem| problem.failure("git init"))?;
        let Some(hash) = line(&reference) else { return Ok(BTreeMap::new()) };
        let spec = format!("+{reference}:{BEFORE}");
        let shallow = ["fetch", "--quiet", "--no-tags", "--depth=1", "--", &self.address, &spec];
        let whole = ["fetch", "--quiet", "--no-tags", "--", &self.address, &spec];
        // Some old servers can't send the last commit alone.
        self.bare.run(&shallow).or_else(|_| self.bare.run(&whole)).map_err(|problem| self.reach(&problem))?;
        self.before = Some(hash.to_owned());
        let tree = self.bare.run(&["ls-tree", "-r", "-z", BEFORE]).map_err(|problem| problem.failure("git ls-tree"))?;
        let entry = |entry: &str| {
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, _, name) = (about.next()?, about.next()?, about.next()?);
            Some((path.to_owned(), (mode.to_owned(), name.to_owned())))
        };
        Ok(tree.split('\0').filter_map(entry).collect())
    }

    /// What the commit says: which state of the source it was made from.
    fn message(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let Ok(commit) = self.source.run(&["rev-parse", "--verify", "--quiet", "HEAD"]) else {
            return format!("Publish the site\n\nMade by expound {version}.\n");
        };
        let commit = commit.trim();
        let sources =
            ["status", "--porcelain", "--", "expound.toml", "content", "fonts", "i18n", "templates", "static"];
        let dirty = self.source.run(&sources).is_ok_and(|out| !out.trim().is_empty());
        let short: String = commit.chars().take(12).collect();
        let (plus, dirty) =
            if dirty { (" and changes", "\nThere were changes that were not committed.") } else { ("", "") };
        format!("Publish {short}{plus}\n\nMade from commit {commit} by expound {version}.{dirty}\n")
    }

    /// Who makes the commit, and when, as Git writes it.
    fn committer(&self) -> String {
        let who = self.source.run(&["var", "GIT_COMMITTER_IDENT"]).ok();
        let who = who.as_deref().and_then(|who| who.rfind('>').and_then(|at| who.get(..=at)));
        format!("{} {} +0000", who.unwrap_or("expound <expound@localhost>"), clock::seconds())
    }

    fn push(&self, new: &str) -> Result<(), Failure> {
        let reference = format!("refs/heads/{}", self.said.branch);
        let spec = format!("{AFTER}:{reference}");
        let lease = format!("--force-with-lease={reference}:{}", self.before.as_deref().unwrap_or_default());
        let mut args = vec!["push", "--porcelain", "--no-verify"];
        if self.said.squash && self.before.is_some() {
            args.push(&lease);
        }
        args.extend(["--", self.address.as_str(), spec.as_str()]);
        let Err(problem) = self.bare.run(&args) else { return Ok(()) };
        // A connection may break after the branch was moved; then all is well.
        let there = self.bare.run(&["ls-remote", "--quiet", "--", &self.address, &reference]);
        if there.is_ok_and(|list| list.starts_with(new)) {
            return Ok(());
        }
        let branch = &self.said.branch;
        let all = format!("{}\n{}", problem.printed, problem.said);
        let raced = ["fetch first", "non-fast-forward", "stale info", "cannot lock ref", "already exists"];
        Err(if raced.iter().any(|word| all.contains(word)) {
            Failure::new(format!("somebody else has published to `{branch}` in the meantime; nothing was changed"))
                .help("run `expound publish` again: it starts from what is there now")
        } else if all.contains("denyCurrentBranch") || all.contains("checked out branch") {
            problem
                .failure(&format!("the repository refuses to change `{branch}`: it is checked out there"))
                .help("publish to a bare repository, or to a branch that isn't checked out")
        } else if all.contains("[remote rejected]") || all.contains("protected") {
            problem
                .failure(&format!("the repository refused the new state of `{branch}`; nothing was changed"))
                .help("if the branch is protected, allow pushes to it where the repository is hosted")
        } else {
            self.reach(&problem).help("nothing was changed; run `expound publish` again when it is mended")
        })
    }
}

impl Target for Branch {
    fn describe(&self) -> String {
        format!("the branch `{}` of `{}`", self.said.branch, shown(&self.said.remote))
    }

    fn address(&self) -> Option<String> {
        match &self.said.cname {
            Some(domain) => Some(format!("https://{domain}/")),
            None => hosts::pages_address(&self.address),
        }
    }

    fn list(&mut self, site: &mut Site<'_>, _: &Progress) -> Result<Listing, Failure> {
        let tree = self.fetch()?;
        if self.said.squash && self.before.is_some() && !self.allowed.force {
            let failure = format!("`history = \"squash\"` would throw away what `{}` holds now", self.said.branch);
            return Err(Failure::new(failure)
                .help("allow it with `--force`; if somebody else publishes meanwhile, it still stops"));
        }
        let marker = match tree.get(MARKER) {
            Some((_, name)) => {
                Some(self.bare.run(&["cat-file", "blob", name]).map_err(|problem| problem.failure("git cat-file"))?)
            }
            None => None,
        };
        let written = marker.as_deref().map(manifest::parse).unwrap_or_default();
        let kept = |path: &str| {
            let dot = path.split('/').any(|part| part.starts_with('.'));
            (dot || path == "CNAME") && path != MARKER && !written.contains(path)
        };
        let foreign = tree.keys().find(|path| !kept(path));
        if let (None, Some(foreign), false) = (&marker, foreign, self.allowed.replace) {
            let branch = &self.said.branch;
            return Err(Failure::new(format!(
                "the branch `{branch}` holds things that expound didn't write, such as `{foreign}`"
            ))
            .help("everything on the branch is replaced; name another with `branch = \"…\"`")
            .help("if it holds a site that was made otherwise and may go, allow that with `--replace`"));
        }
        if let Some(domain) = &self.said.cname {
            site.add("CNAME", format!("{domain}\n"));
        }
        if !site.has(".nojekyll") {
            site.add(".nojekyll", "");
        }
        self.kept = tree
            .iter()
            .filter(|(path, _)| kept(path) && !site.has(path))
            .map(|(path, (mode, name))| (path.clone(), mode.clone(), name.clone()))
            .collect();
        let text = manifest::text(site.files().map(|(path, _)| &**path).filter(|path| *path != MARKER));
        site.add(MARKER, text);
        let stays = |path: &String| self.kept.iter().any(|(kept, ..)| kept == path);
        let id = |(mode, digest): (String, String)| {
            let algorithm = if digest.len() == 64 { Algorithm::GitSha256 } else { Algorithm::GitSha1 };
            (mode == "100644").then_some(Id { algorithm, digest })
        };
        Ok(tree.into_iter().filter(|(path, _)| !stays(path)).map(|(path, entry)| (path, id(entry))).collect())
    }

    fn send(&mut self, site: &Site<'_>, plan: &Plan, progress: &Progress) -> Result<Sent, Failure> {
        progress.steps("packing", plan.sends().count());
        let commit = import::Commit { reference: AFTER, committer: self.committer(), message: self.message() };
        let parent = self.before.as_deref().filter(|_| !self.said.squash);
        self.bare.feed(&["fast-import", "--quiet", "--done", "--date-format=raw"], |out| match parent {
            Some(parent) => commit.following(out, parent, site, plan, progress),
            None => commit.alone(out, site, &self.kept, progress),
        })?;
        let new =
            self.bare.run(&["rev-parse", "--verify", AFTER]).map_err(|problem| problem.failure("git rev-parse"))?;
        progress.steps("sending", 1);
        self.push(new.trim())?;
        let short: String = new.chars().take(12).collect();
        Ok(Sent { what: format!("commit {short} on `{}`", self.said.branch) })
    }
}

/// The address of a remote: of that name in the author's repository, or as written.
fn address_of(source: &Git, root: &Path, remote: &str) -> Result<String, Failure> {
    let like_address = remote.contains(['/', ':', '\\']) || remote.starts_with('.');
    if let Ok(url) = source.run(&["remote", "get-url", "--push", "--", remote]) {
        let url = url.lines().next().unwrap_or_default().to_owned();
        return Ok(if hosts::is_path(&url) { absolute(source, root, &url) } else { url });
    }
    if like_address {
        let path = hosts::is_path(remote);
        return Ok(if path { root.join(remote).to_string_lossy().into_owned() } else { remote.to_owned() });
    }
    let inside = source.run(&["rev-parse", "--git-dir"]);
    let names = source.run(&["remote"]).unwrap_or_default();
    let names: Vec<String> = names.lines().map(|name| format!("`{name}`")).collect();
    let failure = Failure::new(match inside {
        Ok(_) => format!("the repository of this site has no remote `{}`", shown(remote)),
        Err(_) => format!("there is no remote `{}`: this site isn't in a Git repository", shown(remote)),
    });
    let failure = if names.is_empty() { failure } else { failure.help(format!("it has {}", names.join(", "))) };
    Err(failure.help("write the address of the repository: `remote = \"https://github.com/OWNER/REPOSITORY.git\"`"))
}

/// The path of a remote is relative to the top of the author's repository.
fn absolute(source: &Git, root: &Path, path: &str) -> String {
    let top = source.run(&["rev-parse", "--show-toplevel"]).ok();
    let top = top.as_deref().map(str::trim_end).filter(|top| !top.is_empty());
    top.map_or(root, Path::new).join(path).to_string_lossy().into_owned()
}

fn shown(text: &str) -> String {
    crate::base::secret::redacted(text)
}
