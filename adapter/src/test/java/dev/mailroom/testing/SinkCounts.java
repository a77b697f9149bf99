package dev.mailroom.testing;

/**
 * What a {@link CountingSink} has seen.
 *
 * @param connections opened
 * @param mails accepted
 * @param bytes read, commands included, TLS not
 * @param flights how often clients waited: everything received was answered and nothing more had come
 */
public record SinkCounts(long connections, long mails, long bytes, long flights) {

    /** What came since then. */
    public SinkCounts since(SinkCounts earlier) {
        return new SinkCounts(connections - earlier.connections, mails - earlier.mails, bytes - earlier.bytes,
                flights - earlier.flights);
    }

    /** For the pipe between processes. */
    String line() {
        return connections + " " + mails + " " + bytes + " " + flights;
    }

    static SinkCounts parse(String line) {
        String[] words = line.split(" ");
        return new SinkCounts(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }
}
