//! One entry more in `fb.toml`; every byte that is there stays.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::arguments::{flag, value};
use crate::case::Names;
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, common, names};
use crate::ledger::SHOP_FILE;
use crate::policy::{Person, Shop, ShopEntry, category_fits, read_date};
use crate::recording::apply::unknown_name;
use crate::session::{RuleChange, Session};
use crate::toml_file::insert;

mod say {
    crate::messages! {
        about() { "Add a person or a name to fb.toml; everything in the file stays as it is", "往 fb.toml 里添加人员或名称；文件原有内容一字不动" }
        examples() {
            "fb shop add department packing --name \"Packing room\"\nfb shop add routing product/packaging packing",
            "fb shop add department packing --name 包装组\nfb shop add routing product/packaging packing"
        }
        person() { "Add a member of staff", "添加一名员工" }
        person_examples() {
            "fb shop add person li.na --name \"Li Na\" --email li.na@example.cn --role agent\nfb shop add person zhang.wei --department quality --dry-run",
            "fb shop add person li.na --name 李娜 --email li.na@example.cn --role agent\nfb shop add person zhang.wei --department quality --dry-run"
        }
        department() { "Add a department", "添加一个部门" }
        department_examples() { "fb shop add department packing --name \"Packing room\"", "fb shop add department packing --name 包装组" }
        channel() { "Add a channel", "添加一个渠道" }
        channel_examples() { "fb shop add channel wechat --name WeChat", "fb shop add channel wechat --name 微信" }
        category() { "Add a category", "添加一个类别" }
        category_examples() { "fb shop add category product/lid --name \"product: lid\"", "fb shop add category product/lid --name 产品·壶盖" }
        urgency() { "Add an urgency", "添加一种紧急程度" }
        urgency_examples() { "fb shop add urgency critical --name critical", "fb shop add urgency critical --name 特急" }
        complexity() { "Add a complexity", "添加一种复杂程度" }
        complexity_examples() { "fb shop add complexity medium --name medium", "fb shop add complexity medium --name 中等" }
        role() { "Add a role", "添加一种职务" }
        role_examples() { "fb shop add role trainer --name trainer", "fb shop add role trainer --name 培训师" }
        remedy() { "Add a remedy", "添加一种处理方式" }
        remedy_examples() { "fb shop add remedy voucher --name voucher", "fb shop add remedy voucher --name 优惠券" }
        routing() { "Say which department `fb assign` suggests for a category", "设定 `fb assign` 为某一类别建议的部门" }
        volume() { "Add the orders of a month, for the complaint rate", "添加某月的订单数，用于计算投诉率" }

        person_key() { "What the histories call the person, such as li.na", "办理记录里对此人的称呼，如 li.na" }
        person_name() { "What people read; without it, the key", "显示的姓名；不填即为键" }
        email() { "The address that git has as user.email", "git 的 user.email 里的邮箱" }
        role_of() { "The role in which the person decides", "此人的职务" }
        department_of() { "The person's department", "所属部门" }
        clerk() { "It is the person's job to enter what others did", "代人登记是此人的职责" }
        key() { "What case files have; it does not change with the language", "案卷文件里的写法，不随语言变化" }
        name() { "What people read; without it, the key", "显示的名称；不填即为键" }
        prefix() { "A category, or the beginning of several, such as product/", "一个类别，或几个类别共同的开头，如 product/" }
        department_key() { "The department", "部门" }
        month() { "The month, such as 2026-10", "月份，如 2026-10" }
        orders() { "How many orders the shop had in it", "当月订单数" }

        added(what, key) { "added to fb.toml: {what} {key}", "已添加到 fb.toml：{what} {key}" }
        would_add() { "would add to fb.toml:", "将添加到 fb.toml：" }
        line(line) { "  {line}", "  {line}" }
        route() { "routing of", "分派规则" }
        orders_of() { "orders of", "订单数" }

        bad_key(key) { "`{key}` cannot be a key", "`{key}` 不能用作键" }
        write_key() { "write a word without spaces around it, on one line", "请写一个词，首尾没有空格，不换行" }
        empty(flag) { "{flag} must not be empty, and is one line", "{flag} 不能为空，也不能换行" }
        there(what, key, place) { "fb.toml has the {what} {key} already: {place}", "fb.toml 里已有{what} {key}：{place}" }
        correct_there() { "correct it there; nothing was written", "要修改请到该处修改；没有写入任何内容" }
        taken_out(key, place) { "{place} takes `{key}` out of the ledger: `{key} = false`", "{place} 用 `{key} = false` 停用了 `{key}`" }
        remove_line() { "remove that line, and it is known again", "删掉那一行即可恢复" }
        shared(what, key) { "every ledger has the {what} `{key}`", "每个台账都有{what} `{key}`" }
        rename() { "--name gives it a name of your own", "可用 --name 另取显示名称" }
        email_taken(email, person) { "{email} is the address of `{person}`", "{email} 已是 `{person}` 的邮箱" }
        one_person() { "an address says who made a commit, so only one person can have it", "提交人靠邮箱认定，一个邮箱只能属于一人" }
        no_category(prefix) { "no category is `{prefix}` or begins with it", "没有类别是 `{prefix}`，也没有以它开头的类别" }
        bad_month(word) { "`{word}` is not a month", "`{word}` 不是月份" }
        write_month() { "write it as 2026-10", "请写成 2026-10" }
        no_place(table) { "[{table}] of fb.toml is written in a way to which nothing can be added", "fb.toml 里 [{table}] 的写法无法添加内容" }
        by_hand(lines) { "write it yourself:\n{lines}", "请手工写入：\n{lines}" }
        first_person(you) {
            "fb.toml had no people: from now on commands take only those who are in it, and you ({you}) are not",
            "fb.toml 里原先没有人员；从现在起命令只认其中的人员，而您（{you}）不在其中"
        }
        add_yourself(you, email) { "`fb shop add person {you} --email {email}` adds you", "可用 `fb shop add person {you} --email {email}` 添加您自己" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(super) struct ShopAddArgs {
    #[command(subcommand)]
    what: ShopAddCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum ShopAddCommand {
    Person(ShopPersonArgs),
    #[command(about = say::department().both(), after_help = say::department_examples().both())]
    Department(ShopNameArgs),
    #[command(about = say::channel().both(), after_help = say::channel_examples().both())]
    Channel(ShopNameArgs),
    #[command(about = say::category().both(), after_help = say::category_examples().both())]
    Category(ShopNameArgs),
    #[command(about = say::urgency().both(), after_help = say::urgency_examples().both())]
    Urgency(ShopNameArgs),
    #[command(about = say::complexity().both(), after_help = say::complexity_examples().both())]
    Complexity(ShopNameArgs),
    #[command(about = say::role().both(), after_help = say::role_examples().both())]
    Role(ShopNameArgs),
    #[command(about = say::remedy().both(), after_help = say::remedy_examples().both())]
    Remedy(ShopNameArgs),
    Routing(ShopRoutingArgs),
    Volume(ShopVolumeArgs),
}

#[derive(Debug, Clone, Args)]
#[command(about = say::person().both(), after_help = say::person_examples().both())]
struct ShopPersonArgs {
    #[arg(value_name = value::KEY.both(), help = say::person_key().both())]
    key: String,
    #[arg(long, value_name = value::NAME.both(), help = say::person_name().both())]
    name: Option<String>,
    #[arg(long, value_name = value::EMAIL.both(), help = say::email().both())]
    email: Option<String>,
    #[arg(long, value_name = value::ROLE.both(), help = say::role_of().both())]
    role: Option<String>,
    #[arg(long, value_name = value::DEPARTMENT.both(), help = say::department_of().both())]
    department: Option<String>,
    #[arg(long, help = say::clerk().both())]
    clerk: bool,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

#[derive(Debug, Clone, Args)]
struct ShopNameArgs {
    #[arg(value_name = value::KEY.both(), help = say::key().both())]
    key: String,
    #[arg(long, value_name = value::NAME.both(), help = say::name().both())]
    name: Option<String>,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

#[derive(Debug, Clone, Args)]
#[command(about = say::routing().both(), after_help = "fb shop add routing product/ quality")]
struct ShopRoutingArgs {
    #[arg(value_name = value::PREFIX.both(), help = say::prefix().both())]
    prefix: String,
    #[arg(value_name = value::DEPARTMENT.both(), help = say::department_key().both())]
    department: String,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

#[derive(Debug, Clone, Args)]
#[command(about = say::volume().both(), after_help = "fb shop add volume 2026-10 4210")]
struct ShopVolumeArgs {
    #[arg(value_name = value::MONTH.both(), help = say::month().both())]
    month: String,
    #[arg(value_name = value::NUMBER.both(), help = say::orders().both())]
    orders: u32,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

/// What is added, with what people call it, and the first line of its commit.
struct NewEntry {
    entry: ShopEntry,
    what: Text,
    subject: String,
}

impl ShopAddArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        use ShopAddCommand as What;
        match self.what {
            What::Person(person) => add(session, person.dry_run, |shop| person.entry(session, shop)),
            What::Department(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Departments)),
            What::Channel(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Channels)),
            What::Category(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Categories)),
            What::Urgency(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Urgencies)),
            What::Complexity(name) => {
                add(session, name.dry_run, |shop| name.entry(shop, Names::Complexities))
            }
            What::Role(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Roles)),
            What::Remedy(name) => add(session, name.dry_run, |shop| name.entry(shop, Names::Remedies)),
            What::Routing(route) => add(session, route.dry_run, |shop| route.entry(session, shop)),
            What::Volume(volume) => add(session, volume.dry_run, |_| volume.entry()),
        }
    }
}

/// Adds what `made` makes of the shop as it is now.
fn add(session: &Session, dry_run: bool, made: impl FnOnce(&Shop) -> Result<NewEntry>) -> Result<Exit> {
    let lock = session.lock()?;
    let shop = session.rules_now(&lock)?.shop;
    let path = Path::new(SHOP_FILE);
    let before = session.ledger.disk().text(path)?;
    let NewEntry { entry, what, subject } = made(&shop)?;
    is_new(&before, &entry, &what)?;
    let insertion = ShopEntry::insert(&before, std::slice::from_ref(&entry))
        .ok_or_else(|| Error::refused(say::no_place(entry.table)).hint(say::by_hand(entry.written())))?;
    let after = insertion.applied_to(&before);
    let change = RuleChange::of(path.to_owned(), before, after, subject);
    if dry_run {
        session.rules_with(&lock, &change)?;
        session.terminal.line(&say::would_add())?;
        insertion.shown().try_for_each(|line| session.terminal.line(&say::line(line)))?;
        return Ok(Exit::Done);
    }
    let written = session.change_rules(&lock, change)?;
    session.terminal.line(&say::added(what, &entry.key))?;
    if entry.table == "people" && shop.people.is_empty() {
        tell_who_is_left_out(session, &session.rules_now(&lock)?.shop)?;
    }
    Ok(written.exit)
}

/// The first person makes a list of those whom commands take. The one who adds them may not be in it.
fn tell_who_is_left_out(session: &Session, shop: &Shop) -> Result<()> {
    let Ok(repository) = session.repository() else { return Ok(()) };
    let Some((_, email)) = repository.author()? else { return Ok(()) };
    let you = shop.author(&email);
    if !shop.people.contains_key(you) {
        session.terminal.note(&say::first_person(you));
        session.terminal.note(&say::add_yourself(common::shell_word(you), common::shell_word(&email)));
    }
    Ok(())
}

/// Whether the file does not have the key yet; else where it is.
fn is_new(fb_toml: &str, entry: &ShopEntry, what: &Text) -> Result<()> {
    let path = [entry.table, entry.key.as_str()];
    let Some(place) = insert::place(fb_toml, &path, SHOP_FILE) else { return Ok(()) };
    Err(match insert::is_false(fb_toml, &path) {
        true => Error::refused(say::taken_out(&entry.key, place.to_string())).hint(say::remove_line()),
        false => Error::refused(say::there(what, &entry.key, place.to_string())).hint(say::correct_there()),
    })
}

/// One line that is not empty, and without spaces around it.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.trim() == word && !word.contains(char::is_control)
}

fn plain_key(key: &str) -> Result<()> {
    if is_plain(key) { Ok(()) } else { Err(Error::refused(say::bad_key(key)).hint(say::write_key())) }
}

fn plain_flag(flag: &str, word: Option<&str>) -> Result<()> {
    match word.is_none_or(is_plain) {
        true => Ok(()),
        false => Err(Error::refused(say::empty(flag))),
    }
}

impl ShopPersonArgs {
    fn entry(&self, session: &Session, shop: &Shop) -> Result<NewEntry> {
        plain_key(&self.key)?;
        plain_flag("--name", self.name.as_deref())?;
        plain_flag("--email", self.email.as_deref())?;
        for (list, word) in [(Names::Roles, &self.role), (Names::Departments, &self.department)] {
            if let Some(word) = word.as_deref().filter(|word| !shop.names.knows(list, word)) {
                return Err(unknown_name(session, list, word));
            }
        }
        let owner = self.email.as_deref().and_then(|email| shop.person_with_email(email));
        if let (Some(owner), Some(email)) = (owner.filter(|owner| *owner != self.key), &self.email) {
            return Err(Error::refused(say::email_taken(email, owner)).hint(say::one_person()));
        }
        let person = Person {
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role.clone(),
            department: self.department.clone(),
            clerk: self.clerk,
        };
        let what = names::list(Names::People).text();
        let subject = format!("shop: add person {}", self.key);
        Ok(NewEntry { entry: ShopEntry::person(&self.key, &person), what, subject })
    }
}

impl ShopNameArgs {
    fn entry(&self, shop: &Shop, list: Names) -> Result<NewEntry> {
        plain_key(&self.key)?;
        plain_flag("--name", self.name.as_deref())?;
        let what = names::list(list).text();
        let subject = format!("shop: add {what} {}", self.key);
        let is_shared = names::shared(list).iter().any(|(shared, _)| *shared == self.key);
        if is_shared && self.name.is_none() && shop.names.knows(list, &self.key) {
            return Err(Error::refused(say::shared(what, &self.key)).hint(say::rename()));
        }
        let entry = ShopEntry::name(list, &self.key, self.name.as_deref().unwrap_or(&self.key));
        let entry = entry.ok_or_else(|| Error::refused(say::bad_key(&self.key)))?;
        Ok(NewEntry { entry, what, subject })
    }
}

impl ShopRoutingArgs {
    fn entry(&self, session: &Session, shop: &Shop) -> Result<NewEntry> {
        plain_key(&self.prefix)?;
        let categories = || shop.names.all(Names::Categories).iter().map(|(known, _)| known.as_str());
        if !categories().any(|category| category_fits(&self.prefix, category)) {
            let above = categories().filter_map(|category| category.split_inclusive('/').next());
            let help = common::nearest(&self.prefix, categories().chain(above))
                .map_or_else(|| common::known_words(categories()), common::did_you_mean);
            return Err(Error::refused(say::no_category(&self.prefix)).hint(help));
        }
        if !shop.names.knows(Names::Departments, &self.department) {
            return Err(unknown_name(session, Names::Departments, &self.department));
        }
        let subject = format!("shop: add routing of {} to {}", self.prefix, self.department);
        let entry = ShopEntry::route(&self.prefix, &self.department);
        Ok(NewEntry { entry, what: say::route(), subject })
    }
}

impl ShopVolumeArgs {
    fn entry(&self) -> Result<NewEntry> {
        if read_date(&format!("{}-01", self.month)).is_none() {
            return Err(Error::refused(say::bad_month(&self.month)).hint(say::write_month()));
        }
        let subject = format!("shop: add orders of {}", self.month);
        let entry = ShopEntry::volume(&self.month, self.orders);
        Ok(NewEntry { entry, what: say::orders_of(), subject })
    }
}
