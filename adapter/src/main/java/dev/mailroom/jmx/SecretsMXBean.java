package dev.mailroom.jmx;

/** The files that hold secrets of the named sessions. */
@Description("The files that hold secrets of the named sessions.")
public interface SecretsMXBean {
    /** Reads them again now, also where they look unchanged; how many held another secret. */
    @Description("Reads them again now, also where they look unchanged; how many held another secret. Connections that"
            + " were opened with the earlier one end.")
    int readAgain();
}
