package dev.mailroom.benchmark.inside;

/**
 * What one sender did.
 *
 * @param begin of {@link System#nanoTime} in the server
 * @param end the same
 * @param allocated octets allocated by its thread
 */
record Share(long begin, long end, long allocated) {
    /** For the way out of the server. */
    String line() {
        return begin + " " + end + " " + allocated;
    }

    static Share parse(String line) {
        String[] words = line.split(" ");
        return new Share(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
