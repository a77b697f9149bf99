package dev.mailroom.facade;

/** WLanguage's {@code emailSMTPSession} variable: the typed form of a session. Not thread-safe. */
public final class EmailSMTPSession {
    private String serverAddress = "";
    private int port = 25;
    private String name = "";
    private String password = "";
    private String authToken = "";
    private EmailOption option = EmailOption.EMAIL_OPTION_DEFAULT;
    private EmailMode asynchronous = EmailMode.EMAIL_SYNCHRONOUS;

    /** DNS name or IP address of the server. */
    public String getServerAddress() {
        return serverAddress;
    }

    /** Sets the DNS name or IP address of the server. */
    public void setServerAddress(String serverAddress) {
        this.serverAddress = serverAddress;
    }

    /** The port; 25 unless set. */
    public int getPort() {
        return port;
    }

    /** Sets the port, 1 to 65535. */
    public void setPort(int port) {
        this.port = port;
    }

    /** The login, which names the session. */
    public String getName() {
        return name;
    }

    /** Sets the login, which names the session. */
    public void setName(String name) {
        this.name = name;
    }

    /** The password; empty = none. */
    public String getPassword() {
        return password;
    }

    /** Sets the password; empty = no authentication unless there is an access token. */
    public void setPassword(String password) {
        this.password = password;
    }

    /** The OAuth 2 access token; empty = none. */
    public String getAuthToken() {
        return authToken;
    }

    /** Sets the OAuth 2 access token; it wins over a password and is used with XOAUTH2 only. */
    public void setAuthToken(String authToken) {
        this.authToken = authToken;
    }

    /** How the session is protected. */
    public EmailOption getOption() {
        return option;
    }

    /** Sets how the session is protected. */
    public void setOption(EmailOption option) {
        this.option = option;
    }

    /** How the mails of this session leave. */
    public EmailMode getAsynchronous() {
        return asynchronous;
    }

    /** Sets how the mails of this session leave. */
    public void setAsynchronous(EmailMode asynchronous) {
        this.asynchronous = asynchronous;
    }

    @Override
    public String toString() {
        return "EmailSMTPSession[" + name + " at " + serverAddress + ":" + port + "]";
    }
}
