package dev.mailroom.connector;

import dev.mailroom.SmtpListener;

/** Nobody listens. An enum, because a connection factory must stay serializable (Connectors 2.1, section 6.5.1). */
enum Silence implements SmtpListener {
    INSTANCE
}
