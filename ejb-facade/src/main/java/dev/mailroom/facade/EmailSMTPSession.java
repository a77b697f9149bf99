package dev.mailroom.facade;

import dev.mailroom.Secret;
import dev.mailroom.facade.auth.AuthToken;
import java.util.Optional;

/**
 * WLanguage's {@code emailSMTPSession} variable: the typed form of a session. Once started it is that session, whatever
 * is started under its name elsewhere; properties that are set afterwards apply when it is started again, which gives
 * back the session that it was before once the new one is open. After {@code emailCloseSession} it is no session. Not
 * thread-safe.
 */
public final class EmailSMTPSession {
    private String serverAddress = "";
    private int port = 25;
    private String name = "";
    private String password = "";
    private String authToken = "";
    private Optional<AuthToken> token = Optional.empty();
    private EmailOption option = EmailOption.EMAIL_OPTION_DEFAULT;
    private EmailMode asynchronous = EmailMode.EMAIL_SYNCHRONOUS;
    private String id = "";

    /**
     * The variable of a session that was started before, for code that keeps no variable between two calls.
     *
     * @param name as in messages only
     * @param id what {@link #getId} said after the start; where that session is not open, or not the caller's, all
     *     operations answer that it is not started
     */
    public static EmailSMTPSession ofId(String name, String id) {
        EmailSMTPSession variable = new EmailSMTPSession();
        variable.setName(name);
        variable.startedAs(id);
        return variable;
    }

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

    /** The login, and a name by which the session is found as well; empty = neither. */
    public String getName() {
        return name;
    }

    /** Sets the login, which is also a name for the session; may be empty where there is no password. */
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

    /** Sets the OAuth 2 access token; it wins over a password and is used with OAUTHBEARER or XOAUTH2 only. */
    public void setAuthToken(String authToken) {
        this.authToken = authToken;
        this.token = Optional.empty();
    }

    /** Sets the access token, which is asked for at each connection and renewed; it wins over a password. */
    public void setAuthToken(AuthToken token) {
        this.authToken = "";
        this.token = Optional.of(token);
    }

    /** What it logs in with. */
    Secret secret() {
        return token.map(AuthToken::secret).orElseGet(() -> !isEmpty(authToken) ? Secret.accessToken(authToken)
                : isEmpty(password) ? Secret.none() : Secret.password(password));
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isEmpty();
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

    /** Sets how the mails of this session leave: true = through the durable spool. */
    public void setAsynchronous(boolean asynchronous) {
        setAsynchronous(ShortForms.mode(asynchronous));
    }

    /**
     * {@code variable.StartSession()}: the same as {@link MailFacade#emailStartSession(EmailSMTPSession)}.
     *
     * @throws IllegalStateException outside of an application that has Mailroom
     */
    public boolean startSession() {
        return MailFunctions.current().emailStartSession(this);
    }

    /**
     * {@code variable.SendMessage()}: sends the caller's Email structure.
     *
     * @throws IllegalStateException outside of an application that has Mailroom
     */
    public boolean sendMessage() {
        return MailFunctions.current().emailSendMessage(this);
    }

    /**
     * {@code variable.SendMessage(email)}: the same as
     * {@link MailFacade#emailSendMessage(EmailSMTPSession, Email, EmailSendOption...)}.
     *
     * @throws IllegalStateException outside of an application that has Mailroom
     */
    public boolean sendMessage(Email email, EmailSendOption... options) {
        return MailFunctions.current().emailSendMessage(this, email, options);
    }

    void startedAs(String session) {
        id = session;
    }

    void closed() {
        id = "";
    }

    /** The id of the session that it was started as; empty = it is not started. It is no secret. */
    public String getId() {
        return id;
    }

    /** For messages. */
    String shown() {
        String server = serverAddress == null || serverAddress.isEmpty() ? "" : serverAddress + ":" + port;
        if (name == null || name.isBlank()) {
            return server;
        }
        return "\"" + name + "\"" + (server.isEmpty() ? "" : " at " + server);
    }

    @Override
    public String toString() {
        return "EmailSMTPSession[" + shown() + "]";
    }
}
