package dev.mailroom.smtp;

/**
 * The server as configured, the way messages name it.
 *
 * @param host DNS name or IP address literal
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
