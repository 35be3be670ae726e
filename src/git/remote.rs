//! The repository that a clone shares: fetched from and pushed to by the `git` program, so that names, passwords and
//! hooks are the user's.

use super::repository::Repository;
use super::words;
use crate::error::{Error, Result};
use crate::lang::common;

/// The branch of a remote that the present branch goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// The remote's name.
    pub remote: String,
    /// The branch there.
    pub branch: String,
    /// Where this clone keeps what it last saw of it.
    tracking: String,
    /// The branch goes with something already, be it this or another.
    configured: bool,
    /// A plain fetch from the remote brings it; not so in a clone of a single other branch.
    fetched: bool,
}

/// What a push came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    /// The remote has it.
    Done,
    /// Somebody else was faster.
    Behind,
    /// The remote, or a hook, does not want it.
    Refused {
        /// What it said, as it came.
        said: String,
    },
}

/// What a remote says where another push came between: git's own words, and those of its file and table stores.
const FASTER: [&str; 6] = [
    "[rejected]",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "reference already exists",
    "failed to lock",
];

/// The status of `git ls-remote --exit-code` where nothing is of that name.
const NO_SUCH_BRANCH: i32 = 2;

impl Upstream {
    /// `origin/main`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.remote, self.branch)
    }
}

impl Repository {
    /// What the present branch goes with: on the remote that is asked for, else on its own, else on the only one.
    ///
    /// # Errors
    /// There is no branch, no remote, or several and none is named.
    pub fn upstream(&self, asked: Option<&str>) -> Result<Upstream> {
        let git = self.git();
        // In full: a tag of the same name makes git write the short name of a branch as `heads/main`.
        let head = git.ask(&["symbolic-ref", "--quiet", "HEAD"])?.unwrap_or_default();
        let Some(branch) = head.strip_prefix("refs/heads/") else {
            return Err(Error::refused(words::no_branch()).hint(words::take_branch()));
        };
        let setting = |key: &str| git.ask(&["config", "--get", &format!("branch.{branch}.{key}")]);
        let remotes = git.ask(&["remote"])?.unwrap_or_default();
        let remotes: Vec<&str> = remotes.lines().collect();
        let goes_with = setting("remote")?;
        let own = goes_with.clone().filter(|own| own != ".");
        let remote = match (asked, &own) {
            (Some(asked), _) if remotes.contains(&asked) => asked.to_owned(),
            (Some(asked), _) => {
                let error = Error::refused(words::no_remote(asked));
                return Err(match common::nearest(asked, remotes.iter().copied()) {
                    Some(near) => error.hint(common::did_you_mean(near)),
                    None => error.hint(words::add_remote()),
                });
            }
            (None, Some(own)) => own.clone(),
            (None, None) => match remotes.as_slice() {
                [only] => (*only).to_owned(),
                [] => return Err(Error::refused(words::no_remotes()).hint(words::add_remote())),
                several if several.contains(&"origin") => "origin".to_owned(),
                several => {
                    return Err(Error::refused(words::which_remote(several.join(" ")))
                        .hint(words::name_remote(several[0])));
                }
            },
        };
        let merge = setting("merge")?.filter(|_| own.as_ref() == Some(&remote));
        let there = merge.as_deref().and_then(|merge| merge.strip_prefix("refs/heads/"));
        let there = there.unwrap_or(branch).to_owned();
        let refspecs = git.ask(&["config", "--get-all", &format!("remote.{remote}.fetch")])?;
        let refspecs = refspecs.unwrap_or_default();
        let known = refspecs.lines().find_map(|refspec| kept_as(refspec, &format!("refs/heads/{there}")));
        Ok(Upstream {
            fetched: known.is_some(),
            tracking: known.unwrap_or_else(|| format!("refs/remotes/{remote}/{there}")),
            configured: goes_with.is_some(),
            branch: there,
            remote,
        })
    }

    /// Fetches; the commit that the upstream has, `None` where it has no such branch yet.
    ///
    /// # Errors
    /// The remote cannot be reached, or git fails.
    pub fn fetch(&self, upstream: &Upstream) -> Result<Option<String>> {
        let git = self.git();
        let ran = git.run(&["fetch", "--quiet", &upstream.remote], b"")?;
        if !ran.done() {
            return Err(Error::failed(words::not_fetched(&upstream.remote, ran.said.trim_end()))
                .hint(words::look_at_remote(&upstream.remote)));
        }
        if !upstream.fetched && !self.fetch_branch(upstream)? {
            return Ok(None);
        }
        git.ask(&["rev-parse", "--quiet", "--verify", &format!("{}^{{commit}}", upstream.tracking)])
    }

    /// Fetches a branch that a plain fetch does not bring; whether the remote has it.
    fn fetch_branch(&self, upstream: &Upstream) -> Result<bool> {
        let git = self.git();
        let branch = format!("refs/heads/{}", upstream.branch);
        if git.run(&["ls-remote", "--exit-code", &upstream.remote, &branch], b"")?.code()
            == Some(NO_SUCH_BRANCH)
        {
            return Ok(false);
        }
        let refspec = format!("+{branch}:{}", upstream.tracking);
        let ran = git.run(&["fetch", "--quiet", &upstream.remote, &refspec], b"")?;
        match ran.done() {
            true => Ok(true),
            false => Err(Error::failed(words::not_fetched(&upstream.remote, ran.said.trim_end()))
                .hint(words::look_at_remote(&upstream.remote))),
        }
    }

    /// Pushes `HEAD`.
    ///
    /// # Errors
    /// git cannot be run.
    pub fn push(&self, upstream: &Upstream) -> Result<Pushed> {
        let to = format!("HEAD:refs/heads/{}", upstream.branch);
        let mut arguments = vec!["push", "--porcelain"];
        if !upstream.configured {
            arguments.push("--set-upstream");
        }
        arguments.extend([upstream.remote.as_str(), &to]);
        let ran = self.git().run(&arguments, b"")?;
        if ran.done() {
            return Ok(Pushed::Done);
        }
        let out = String::from_utf8_lossy(&ran.out);
        let refused = out.lines().find(|line| line.starts_with("!\t"));
        let faster = refused.is_some_and(|line| FASTER.iter().any(|word| line.contains(word)));
        match faster {
            true => Ok(Pushed::Behind),
            false => {
                let reason = refused.and_then(|line| line.rsplit('\t').next()).unwrap_or_default();
                let said = [ran.said.trim(), reason].join("\n");
                Ok(Pushed::Refused { said: said.trim().to_owned() })
            }
        }
    }
}

/// Where a refspec of a fetch, such as `+refs/heads/*:refs/remotes/origin/*`, keeps this reference of the remote.
fn kept_as(refspec: &str, reference: &str) -> Option<String> {
    let (source, place) = refspec.strip_prefix('+').unwrap_or(refspec).split_once(':')?;
    let Some((before, after)) = source.split_once('*') else {
        return (source == reference && !place.is_empty()).then(|| place.to_owned());
    };
    let middle = reference.strip_prefix(before)?.strip_suffix(after)?;
    Some(place.replacen('*', middle, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refspec_says_where_a_branch_is_kept() {
        let kept = |refspec: &str| kept_as(refspec, "refs/heads/main");
        assert_eq!(kept("+refs/heads/*:refs/remotes/o/*").as_deref(), Some("refs/remotes/o/main"));
        assert_eq!(kept("refs/heads/m*n:refs/x/*/y").as_deref(), Some("refs/x/ai/y"));
        assert_eq!(kept("refs/heads/main:refs/remotes/o/trunk").as_deref(), Some("refs/remotes/o/trunk"));
        for other in [
            "+refs/heads/next:refs/remotes/o/next",
            "refs/heads/main",
            "^refs/heads/main",
            "refs/heads/main:",
        ] {
            assert_eq!(kept(other), None, "{other}");
        }
    }
}
