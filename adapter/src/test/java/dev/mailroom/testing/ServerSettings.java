package dev.mailroom.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a server behaves where no rule says otherwise.
 *
 * @param keywords EHLO keywords with their parameters, without STARTTLS and AUTH
 * @param mechanisms the AUTH mechanisms offered; empty = no AUTH
 * @param tls absent = neither STARTTLS nor implicit TLS
 * @param tlsProtocol the only version of TLS; empty = the JDK's choice
 * @param clientCertificate whether clients must show a certificate
 * @param authBeforeTls whether AUTH is offered and allowed before STARTTLS
 * @param idleTimeout after that long without a command the server says 421 and hangs up; zero = never
 * @param pieceSize greatest number of bytes in one write; 0 = no limit
 */
record ServerSettings(String name, List<String> keywords, Map<String, String> passwords, Map<String, String> tokens,
        List<String> mechanisms, boolean authRequired, Optional<SSLContext> tls, String tlsProtocol,
        boolean clientCertificate, boolean implicitTls, boolean authBeforeTls, Duration idleTimeout,
        int pieceSize, boolean keepCommands, boolean keepMails, boolean keepContents) {

    boolean offers(String keyword) {
        return keywords.stream().anyMatch(line -> line.equalsIgnoreCase(keyword)
                || line.regionMatches(true, 0, keyword + " ", 0, keyword.length() + 1));
    }

    /** The limit of the SIZE keyword (RFC 1870); without one the largest long. */
    long greatestSize() {
        return keywords.stream().filter(line -> line.matches("(?i)SIZE [1-9]\\d{0,17}"))
                .mapToLong(line -> Long.parseLong(line.substring(5))).findFirst().orElse(Long.MAX_VALUE);
    }
}
