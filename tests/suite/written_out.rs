//! Where `-o` leads: to a file, through a link, into a pipe or a device.

use crate::ledger::TestLedger;

#[cfg(unix)]
#[test]
fn an_output_goes_where_a_shell_would_send_it() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};

    let shop = TestLedger::new();
    shop.case(&[]);
    let kind = |path: &str| std::fs::symlink_metadata(shop.dir.join("..").join(path)).unwrap().file_type();
    let page = shop.run(&["export"]).ok().out;
    for arguments in
        [&["export"][..], &["list", "--format", "csv"], &["report", "overdue", "--format", "csv"]]
    {
        let written = shop.run(arguments).ok().out;
        let to = |path| [arguments, &["-o", path]].concat();

        // Through a link, to what is there and to what is not
        shop.write("../real.csv", "old");
        for (real, at) in [("real.csv", "../link.csv"), ("fresh.csv", "../dangling.csv")] {
            symlink(real, shop.dir.join(at)).unwrap();
            shop.run(&to(at)).ok();
            assert_eq!(shop.read(&format!("../{real}")), written);
            assert!(kind(&at[3..]).is_symlink());
            std::fs::remove_file(shop.dir.join(at)).unwrap();
            std::fs::remove_file(shop.dir.join("..").join(real)).unwrap();
        }

        // Into a pipe
        shop.shell("rm -f ../pipe.csv && mkfifo ../pipe.csv").ok();
        let pipe = shop.dir.join("../pipe.csv");
        let reader = std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap());
        shop.run(&to("../pipe.csv")).ok();
        assert!(kind("pipe.csv").is_fifo());
        assert_eq!(reader.join().unwrap(), written);
    }

    // Into a device, where one can be made: 1 3 is the one that takes everything
    if shop.shell("mknod ../device.csv c 1 3 && : > ../device.csv").status == 0 {
        shop.run(&["export", "-o", "../device.csv"]).ok();
        assert!(kind("device.csv").is_char_device());
    }
    shop.run(&["export", "-o", "plain.csv"]).ok();
    assert_eq!(shop.read("plain.csv"), page);
}
