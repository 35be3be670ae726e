//! The shared repository of a clone: the `git` program fetches from it and pushes to it, so that the user's names,
//! passwords and hooks are used.

use std::thread;
use std::time::Duration;

use super::repository::Repository;
use super::say;
use crate::error::{Error, Result};
use crate::lang::common;

/// The remote branch that belongs to the current branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upstream {
    /// The remote's name.
    pub remote: String,
    /// The branch there.
    pub branch: String,
    /// The branch here.
    local: String,
    /// Where this clone keeps what it last saw of it.
    tracking: String,
    /// The branch already has an upstream, this one or another.
    configured: bool,
}

/// What a fetch found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// The commit that the remote's branch is at; `None`: it has no such branch.
    pub commit: Option<String>,
    /// The branch was at another commit before, which the remote's branch no longer has.
    pub set_back: bool,
}

/// The result of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// The remote took it.
    Done,
    /// The remote has it already.
    There,
    /// Another push was faster.
    Behind,
    /// The remote, or a hook, refused it.
    Refused {
        /// Its output, unchanged.
        said: String,
    },
}

/// The remote's messages if another push came first: git's own words, and those of its file and table stores.
const FASTER: [&str; 6] = [
    "[rejected]",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "reference already exists",
    "failed to lock",
];

/// How often to fetch again if another git process is fetching into this clone, and how long to wait in between.
const FETCHES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// The exit status of `git ls-remote --exit-code` if nothing has that name.
const NO_SUCH_BRANCH: i32 = 2;

impl Upstream {
    /// `origin/main`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.remote, self.branch)
    }
}

impl Repository {
    /// The upstream of the current branch: on the given remote, else on its own, else on the only one.
    ///
    /// # Errors
    /// There is no branch, no remote, or several and none is named.
    pub(crate) fn upstream(&self, asked: Option<&str>) -> Result<Upstream> {
        let git = self.git();
        // The full name: with a tag of the same name, git writes the short name of a branch as `heads/main`.
        let head = git.ask(&["symbolic-ref", "--quiet", "HEAD"])?.unwrap_or_default();
        let Some(branch) = head.strip_prefix("refs/heads/") else {
            return Err(Error::refused(say::no_branch()).hint(say::take_branch()));
        };
        let setting = |key: &str| git.ask(&["config", "--get", &format!("branch.{branch}.{key}")]);
        let remotes = git.ask(&["remote"])?.unwrap_or_default();
        let remotes: Vec<&str> = remotes.lines().collect();
        let goes_with = setting("remote")?;
        let own = goes_with.clone().filter(|own| own != ".");
        let remote = match (asked, &own) {
            (Some(asked), _) if remotes.contains(&asked) => asked.to_owned(),
            (Some(asked), _) => {
                let error = Error::refused(say::no_remote(asked));
                return Err(match common::nearest(asked, remotes.iter().copied()) {
                    Some(near) => error.hint(common::did_you_mean(near)),
                    None => error.hint(say::add_remote()),
                });
            }
            (None, Some(own)) => own.clone(),
            (None, None) => match remotes.as_slice() {
                [only] => (*only).to_owned(),
                [] => return Err(Error::refused(say::no_remotes()).hint(say::add_remote())),
                several if several.contains(&"origin") => "origin".to_owned(),
                several => {
                    return Err(Error::refused(say::which_remote(several.join(" ")))
                        .hint(say::name_remote(several[0])));
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
            local: branch.to_owned(),
            tracking: known.unwrap_or_else(|| format!("refs/remotes/{remote}/{there}")),
            configured: goes_with.is_some(),
            branch: there,
            remote,
        })
    }

    /// The commit of the branch that belongs to the upstream.
    ///
    /// # Errors
    /// It has none yet; the branch was switched meanwhile; git cannot be run.
    pub(crate) fn at(&self, upstream: &Upstream) -> Result<Option<String>> {
        let git = self.git();
        let own = format!("refs/heads/{}", upstream.local);
        if git.ask(&["symbolic-ref", "--quiet", "HEAD"])?.as_deref() != Some(&own) {
            return Err(Error::failed(say::other_branch(&upstream.local)).hint(say::sync_again()));
        }
        git.ask(&["rev-parse", "--quiet", "--verify", &format!("{own}^{{commit}}")])
    }

    /// Fetches the branch, and does not mistake the result of an earlier fetch for the remote's answer.
    ///
    /// # Errors
    /// The remote cannot be reached, or git fails.
    pub(crate) fn fetch(&self, upstream: &Upstream) -> Result<Fetched> {
        let git = self.git();
        let kept = format!("{}^{{commit}}", upstream.tracking);
        let seen = || git.ask(&["rev-parse", "--quiet", "--verify", &kept]);
        let before = seen()?;
        let there = format!("refs/heads/{}", upstream.branch);
        let refspec = format!("+{there}:{}", upstream.tracking);
        let fetch = ["fetch", "--quiet", "--no-recurse-submodules", &upstream.remote, &refspec];
        for again in 1.. {
            let ran = git.run(&fetch, b"")?;
            if ran.done() {
                break;
            }
            // The message may be in any language. Is the branch missing, the remote unreachable, or was another git
            // process busy?
            let asked = git.run(&["ls-remote", "--exit-code", &upstream.remote, &there], b"")?;
            match asked.code() {
                Some(NO_SUCH_BRANCH) => return Ok(Fetched { commit: None, set_back: before.is_some() }),
                Some(0) if again < FETCHES => thread::sleep(PAUSE * again),
                _ => {
                    return Err(Error::failed(say::not_fetched(&upstream.remote, ran.said.trim_end()))
                        .hint(say::look_at_remote(&upstream.remote)));
                }
            }
        }
        let Some(commit) = seen()? else {
            return Err(Error::failed(say::not_fetched(&upstream.remote, &upstream.tracking))
                .hint(say::look_at_remote(&upstream.remote)));
        };
        let set_back = match before {
            Some(before) => !self.led_to(&before, &commit)?,
            None => false,
        };
        Ok(Fetched { commit: Some(commit), set_back })
    }

    /// Pushes exactly this commit, and relies only on what the remote reports about its branch.
    ///
    /// # Errors
    /// git cannot be run.
    pub(crate) fn push(&self, upstream: &Upstream, commit: &str) -> Result<Pushed> {
        let there = format!("refs/heads/{}", upstream.branch);
        let refspec = format!("{commit}:{there}");
        let ran = self.git().run(&["push", "--porcelain", &upstream.remote, &refspec], b"")?;
        let out = String::from_utf8_lossy(&ran.out);
        let answers = answers(&out, &there);
        let took =
            |flags: &[char]| !answers.is_empty() && answers.iter().all(|(flag, _)| flags.contains(flag));
        if took(&[' ', '+', '*', '=']) {
            // The remote has it; if this cannot be recorded now, the next sync does it.
            let _ = self.goes_with(upstream);
            return Ok(if took(&['=']) { Pushed::There } else { Pushed::Done });
        }
        let refused = answers.iter().find(|(flag, _)| *flag == '!').map(|(_, summary)| *summary);
        match refused {
            Some(summary) if FASTER.iter().any(|word| summary.contains(word)) => Ok(Pushed::Behind),
            _ => {
                let said = [ran.said.trim(), refused.unwrap_or_default()].join("\n");
                Ok(Pushed::Refused { said: said.trim().to_owned() })
            }
        }
    }

    /// Records the upstream of a branch that has none yet.
    fn goes_with(&self, upstream: &Upstream) -> Result<()> {
        if upstream.configured {
            return Ok(());
        }
        let key = |what: &str| format!("branch.{}.{what}", upstream.local);
        self.set(&key("remote"), &upstream.remote)?;
        self.set(&key("merge"), &format!("refs/heads/{}", upstream.branch))
    }
}

/// What `git push --porcelain` says about a reference of the remote, once for each place that is pushed to: a flag, and
/// a summary. Every place must say something; otherwise the result is unknown.
fn answers<'o>(out: &'o str, reference: &str) -> Vec<(char, &'o str)> {
    let mut answers: Vec<(char, &str)> = Vec::new();
    for line in out.lines() {
        if line.starts_with("To ") {
            answers.push(('?', ""));
        }
        let mut parts = line.splitn(3, '\t');
        let (Some(flag), Some(pair), Some(summary)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let is_it = pair.split_once(':').is_some_and(|(_, to)| to == reference);
        let mut flags = flag.chars();
        if let (true, Some(flag), None, Some(last)) = (is_it, flags.next(), flags.next(), answers.last_mut())
        {
            *last = (flag, summary);
        }
    }
    answers
}

/// Where a refspec of a fetch, such as `+refs/heads/*:refs/remotes/origin/*`, stores this reference of the remote.
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
    fn what_the_remote_took_is_what_it_says_of_the_branch() {
        let of =
            |out: &str| answers(out, "refs/heads/main").iter().map(|(flag, _)| *flag).collect::<String>();
        assert_eq!(of("To ../hub.git\n \t1a2b:refs/heads/main\t1a2b..3c4d\nDone\n"), " ");
        assert_eq!(of("To ../hub.git\n=\t1a2b:refs/heads/main\t[up to date]\nDone\n"), "=");
        assert_eq!(of("To ../hub.git\n!\t1a2b:refs/heads/main\t[rejected] (fetch first)\nDone\n"), "!");
        // A tag was pushed, and there is no word about the branch; two places, one of which refused; nothing at all.
        assert_eq!(of("To ../hub.git\n*\trefs/tags/HEAD:refs/tags/HEAD\t[new tag]\nDone\n"), "?");
        assert_eq!(
            of(
                "To a\n*\t1a:refs/heads/main\t[new branch]\nTo b\n!\t1a:refs/heads/main\t[remote rejected] (no)\n"
            ),
            "*!"
        );
        assert_eq!(of("error: failed to push\n"), "");
    }

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
