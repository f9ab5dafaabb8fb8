use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Registry, Running, user};
use crate::home::run;
use crate::service::{Service, configure, free_address};
use crate::{Home, program};

/// Who Gitea runs as if the tests run as root, which it refuses to be: the user `nobody`.
const NOBODY: u32 = 65534;

impl Registry {
    /// Gitea: its tokens are from a real token service, and everyone has to log in.
    pub fn gitea() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = free_address();
        let gitea = Gitea::set_up(&folder, address);
        run(gitea.command().arg("migrate"), "");
        let login = user();
        let mut create = gitea.command();
        create.args(["admin", "user", "create", "--admin", "--must-change-password=false"]);
        create.args(["--username", &login.user, "--password", &login.password]);
        run(create.args(["--email", "rhumb@example.com"]), "");
        let log = folder.path().join("log");
        let service = Service::start(gitea.command().arg("web"), address, &log);
        Self {
            address,
            login: Some(login),
            authority: None,
            namespace: "rhumb/",
            server: Running::Process(service),
            _folder: folder,
        }
    }
}

/// An installation in a folder that the user it runs as may use.
struct Gitea {
    program: PathBuf,
    folder: PathBuf,
    home: Home,
    user: Option<u32>,
}

impl Gitea {
    fn set_up(folder: &TempDir, address: SocketAddr) -> Self {
        let folder = folder.path();
        let root = fs::metadata("/proc/self").expect("a process").uid() == 0;
        let installed = program("gitea");
        // Root's own folders are closed to others, so the program and what it reads move in here.
        let shared = if root { bring(&installed, folder) } else { installed };
        let files = shared.parent().expect("a folder").to_owned();
        let name = if root { "nobody".to_owned() } else { whoami() };
        configure(folder, "app.ini", &settings(folder, &files, &name, address));
        if root {
            chown(folder, Some(NOBODY), Some(NOBODY)).expect("root may");
            chown(folder.join("app.ini"), Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        let user = root.then_some(NOBODY);
        Self { program: shared, folder: folder.to_owned(), home: Home::new(), user }
    }

    fn command(&self) -> Command {
        let mut command = self.home.command(&self.program);
        command.current_dir(&self.folder).env("HOME", &self.folder);
        command.arg("--config").arg(self.folder.join("app.ini"));
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        command
    }
}

/// Links or copies the program and its files to a folder of their own.
fn bring(installed: &Path, folder: &Path) -> PathBuf {
    let to = folder.join("program");
    fs::create_dir(&to).expect("a folder");
    let from = installed.parent().expect("a folder");
    run(Command::new("cp").args(["-R", "--reflink=auto"]).arg(from.join(".")).arg(&to), "");
    to.join("gitea")
}

fn whoami() -> String {
    run(&mut Command::new("whoami"), "").trim().to_owned()
}

fn settings(folder: &Path, files: &Path, user: &str, address: SocketAddr) -> String {
    let (ip, port) = (address.ip(), address.port());
    let (folder, files) = (folder.display(), files.display());
    format!(
        "RUN_USER = {user}\nWORK_PATH = {folder}/work\n\
         [database]\nDB_TYPE = sqlite3\nPATH = {folder}/work/gitea.db\n\
         [server]\nHTTP_ADDR = {ip}\nHTTP_PORT = {port}\nROOT_URL = http://{address}/\n\
         DISABLE_SSH = true\nOFFLINE_MODE = true\nSTATIC_ROOT_PATH = {files}\n\
         [security]\nINSTALL_LOCK = true\nPASSWORD_HASH_ALGO = pbkdf2$1$10\nMIN_PASSWORD_LENGTH = 6\n\
         [packages]\nENABLED = true\n[log]\nLEVEL = Warn\n"
    )
}
