package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.facade.auth.AuthToken;
import java.util.Optional;

/**
 * What WLanguage's {@code emailPOP3Session} and {@code emailIMAPSession} variables have in common: the typed form of a
 * session that receives. Once started it is that session, whatever is started under its name elsewhere; properties that
 * are set afterwards apply when it is started again, which gives back the session that it was before once the new one
 * is open. After {@code emailCloseSession} it is no session. Not thread-safe.
 */
public abstract sealed class EmailReceivingSession permits EmailPOP3Session, EmailIMAPSession {
    /** No name of a session begins so. */
    static final String NOT_STARTED = "\0";

    private final MailProtocol protocol;
    private String serverAddress = "";
    private int port;
    private String name = "";
    private String password = "";
    private String authToken = "";
    private Optional<AuthToken> token = Optional.empty();
    private EmailOption option = EmailOption.EMAIL_OPTION_DEFAULT;
    private String id = "";

    EmailReceivingSession(MailProtocol protocol) {
        this.protocol = protocol;
        this.port = protocol.plainPort();
    }

    /** DNS name or IP address of the server. */
    public String getServerAddress() {
        return serverAddress;
    }

    /** Sets the DNS name or IP address of the server. */
    public void setServerAddress(String serverAddress) {
        this.serverAddress = serverAddress;
    }

    /** The port; unless set 110 for POP3, 143 for IMAP. */
    public int getPort() {
        return port;
    }

    /** Sets the port, 1 to 65535; with {@code OPTION_SSL} usually 995 for POP3, 993 for IMAP. */
    public void setPort(int port) {
        this.port = port;
    }

    /** The login, and a name by which the session is found as well. */
    public String getName() {
        return name;
    }

    /** Sets the login, which is also a name for the session. */
    public void setName(String name) {
        this.name = name;
    }

    /** The password; empty = none. */
    public String getPassword() {
        return password;
    }

    /** Sets the password; without one there must be an access token. */
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

    /** The id of the session that it was started as; empty = it is not started. It is no secret. */
    public String getId() {
        return id;
    }

    MailProtocol protocol() {
        return protocol;
    }

    void startedAs(String session) {
        id = session;
    }

    void closed() {
        id = "";
    }

    /** What the forms with a name take in its place. */
    static String key(EmailReceivingSession session) {
        if (session == null) {
            return NOT_STARTED + "null";
        }
        return session.id.isEmpty() ? NOT_STARTED + session.shown() : session.id;
    }

    /** For messages. */
    String shown() {
        String server = serverAddress == null || serverAddress.isEmpty() ? "" : serverAddress + ":" + port;
        if (name == null || name.isBlank()) {
            return server.isEmpty() ? "no server" : server;
        }
        return "\"" + name + "\"" + (server.isEmpty() ? "" : " at " + server);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + shown() + "]";
    }
}
