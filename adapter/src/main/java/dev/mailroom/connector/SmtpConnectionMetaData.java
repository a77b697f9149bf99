package dev.mailroom.connector;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What the server said of itself. SMTP tells neither a version nor a limit of connections. */
record SmtpConnectionMetaData(String serverName, String user) implements ManagedConnectionMetaData {
    @Override
    public String getEISProductName() {
        return serverName;
    }

    @Override
    public String getEISProductVersion() {
        return "";
    }

    /** Zero: no limit known (Connectors 2.1, section 6.5.6). */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    @Override
    public String getUserName() {
        return user;
    }
}
