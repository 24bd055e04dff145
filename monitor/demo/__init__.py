"""The demo town 青石区: five sites on loopback, a local mailbox, and a station that watches over them."""
