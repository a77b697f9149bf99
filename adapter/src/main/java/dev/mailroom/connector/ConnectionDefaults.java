package dev.mailroom.connector;

import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;

/**
 * The configuration properties of a connection factory deployed in an application server, as the Java bean that the
 * specification asks for (Connectors 2.1, section 6.5.3.1). Their defaults stand in {@code ra.xml} too.
 */
class ConnectionDefaults implements Serializable {
    private static final long serialVersionUID = 1L;

    private String serverName = "localhost";
    private Integer portNumber = 25;
    private String userName = "mailroom";
    private String password = "";
    private String tls = "none";
    private String trust = "automatic";

    /** DNS name or IP address of the server. */
    public String getServerName() {
        return serverName;
    }

    /** Sets the server. */
    public void setServerName(String serverName) {
        this.serverName = serverName;
    }

    /** The port. */
    public Integer getPortNumber() {
        return portNumber;
    }

    /** Sets the port, 1 to 65535. */
    public void setPortNumber(Integer portNumber) {
        this.portNumber = portNumber;
    }

    /** The user name. */
    public String getUserName() {
        return userName;
    }

    /** Sets the user name. */
    public void setUserName(String userName) {
        this.userName = userName;
    }

    /** The password; empty = no authentication. */
    public String getPassword() {
        return password;
    }

    /** Sets the password. */
    public void setPassword(String password) {
        this.password = Objects.requireNonNullElse(password, "");
    }

    /** {@code none}, {@code starttls} or {@code implicit}. */
    public String getTls() {
        return tls;
    }

    /** Sets how connections are protected. */
    public void setTls(String tls) {
        this.tls = tls;
    }

    /** {@code automatic}, {@code server} or {@code own}. */
    public String getTrust() {
        return trust;
    }

    /** Sets whose trust anchors judge the server's certificate. */
    public void setTrust(String trust) {
        this.trust = trust;
    }

    final SmtpSettings settings() {
        return SmtpSettings.of(userName, serverName, portNumber)
                .withSecret(password.isEmpty() ? Secret.none() : Secret.password(password))
                .withTls(choice("tls", tls, TlsMode.class))
                .withTrust(choice("trust", trust, TrustMode.class));
    }

    private static <E extends Enum<E>> E choice(String property, String value, Class<E> type) {
        return EnumSet.allOf(type).stream().filter(mode -> mode.name().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the property " + property + " is " + value
                        + ", expected one of " + EnumSet.allOf(type).toString().toLowerCase(Locale.ROOT)));
    }

    final boolean sameDefaults(ConnectionDefaults other) {
        return Objects.equals(serverName, other.serverName) && Objects.equals(portNumber, other.portNumber)
                && Objects.equals(userName, other.userName) && Objects.equals(password, other.password)
                && Objects.equals(tls, other.tls) && Objects.equals(trust, other.trust);
    }

    final int defaultsHash() {
        return Objects.hash(serverName, portNumber, userName, password, tls, trust);
    }
}
