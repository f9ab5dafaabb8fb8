use std::fs::File;
use std::io::Read;
use std::net::{IpAddr, SocketAddr};

/// Where Unix systems say which servers know the names of hosts.
const LIST: &str = "/etc/resolv.conf";
/// So much of it is read.
const MAX_LIST: u64 = 64 << 10;
const PORT: u16 = 53;

/// The server that is asked first for the address of a host, which Helm names when it knows none.
pub(super) fn first() -> Option<SocketAddr> {
    let mut text = String::new();
    File::open(LIST).ok()?.take(MAX_LIST).read_to_string(&mut text).ok()?;
    first_in(&text)
}

fn first_in(text: &str) -> Option<SocketAddr> {
    let servers = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let is_server = words.next() == Some("nameserver");
        words.next().filter(|_| is_server)?.parse().ok()
    });
    servers.map(|address: IpAddr| SocketAddr::new(address, PORT)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_of_a_server_counts() {
        for (text, first) in [
            ("", None),
            ("# nameserver 10.0.0.1\nsearch nameserver 10.0.0.2\n", None),
            ("nameserver\nnameserver x\nnameserver 10.0.0.3 more\n", Some("10.0.0.3:53")),
            ("options a\n  nameserver fd00::1\nnameserver 10.0.0.4", Some("[fd00::1]:53")),
        ] {
            assert_eq!(first_in(text).map(|server| server.to_string()).as_deref(), first);
        }
    }
}
