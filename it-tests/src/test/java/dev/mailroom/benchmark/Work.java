package dev.mailroom.benchmark;

/**
 * What sending some mails took at the client.
 *
 * @param mails all accepted by the server
 * @param nanos from the first command to the last outcome
 * @param cpuNanos CPU time of the client's whole process; 0 = not known
 * @param allocated octets allocated by the client's threads; 0 = not known
 */
public record Work(long mails, long nanos, long cpuNanos, long allocated) {

    /** For the pipe between processes. */
    public String line() {
        return mails + " " + nanos + " " + cpuNanos + " " + allocated;
    }

    /** Reads a {@link #line}. */
    public static Work parse(String line) {
        String[] words = line.split(" ");
        return new Work(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }
}
