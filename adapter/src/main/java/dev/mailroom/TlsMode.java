package dev.mailroom;

/** How a connection is protected. The mode is part of a connection's identity: modes never share a connection. */
public enum TlsMode {
    /** Plain TCP; STARTTLS is not attempted even where the server offers it. */
    NONE,
    /** Plain TCP upgraded by STARTTLS (RFC 3207). Required: without it the connection is not opened. */
    STARTTLS,
    /** TLS from the first byte (RFC 8314, section 3.3), usually on port 465. */
    IMPLICIT
}
