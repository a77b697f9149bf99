package dev.mailroom.console.mailbox;

/** What the development mailbox takes at once. Thread-safe. */
final class MailboxBounds {
    /** Of the heap: a mail takes several times its size while it is read. */
    private static final int SHARE = 16;
    private static final int MOST_CONNECTIONS = 50;

    private final int mostConnections;
    private final long mostOctets;
    private int connections;
    private long octets;

    /** @param mostOctets of all mails that are just being received, and so of one */
    MailboxBounds(int mostConnections, long mostOctets) {
        this.mostConnections = mostConnections;
        this.mostOctets = mostOctets;
    }

    static MailboxBounds ofThisProcess() {
        return new MailboxBounds(MOST_CONNECTIONS, Runtime.getRuntime().maxMemory() / SHARE);
    }

    synchronized boolean open() {
        if (connections >= mostConnections) {
            return false;
        }
        connections++;
        return true;
    }

    synchronized void close() {
        connections--;
    }

    synchronized boolean take(long more) {
        if (octets + more > mostOctets) {
            return false;
        }
        octets += more;
        return true;
    }

    boolean everFits(long mail) {
        return mail <= mostOctets;
    }

    synchronized void give(long taken) {
        octets -= taken;
    }
}
