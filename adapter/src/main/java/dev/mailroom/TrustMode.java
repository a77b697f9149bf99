package dev.mailroom;

/** Whose trust anchors judge the server's certificate. Host names are verified in every mode. */
public enum TrustMode {
    /** The application server's trust anchors first, then the connector's own. */
    AUTOMATIC,
    /** Only the application server's: the JVM's default trust store as its system properties configure it. */
    SERVER,
    /** Only the connector's own: those shipped with the JDK and those of the administrator's trust store. */
    OWN
}
