package dev.mailroom.spool.jdbc;

import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.arrival.DeliveryStoreException;
import dev.mailroom.receiving.SetAsideMail;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps in the spool's database what is remembered of mailboxes and of mails on their way to listeners. */
final class JdbcDeliveries implements DeliveryStore {
    private static final int LONGEST_IDENTIFIER = 500;

    private final SpoolDatabase database;
    private final SpoolClock clock;
    private final String reader;
    private final Duration lease;

    /** Sets the parameters of a statement. */
    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }

    /**
     * Over tables that are up to date.
     *
     * @param reader names this server and this run of it
     */
    JdbcDeliveries(SpoolDatabase database, SpoolClock clock, String reader, Duration lease) {
        this.database = database;
        this.clock = clock;
        this.reader = reader;
        this.lease = lease;
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public boolean take(String mailbox) throws DeliveryStoreException {
        return extended(mailbox) || insertedLease(mailbox);
    }

    private boolean extended(String mailbox) throws DeliveryStoreException {
        return update("update mailroom_mailbox set reader = ?, lease_until = ?"
                + " where mailbox = ? and (reader = ? or lease_until < ?)", statement -> {
                    long now = clock.now();
                    statement.setString(1, reader);
                    statement.setLong(2, now + lease.toMillis());
                    statement.setString(3, mailbox);
                    statement.setString(4, reader);
                    statement.setLong(5, now);
                }) == 1;
    }

    private boolean insertedLease(String mailbox) throws DeliveryStoreException {
        return insert("insert into mailroom_mailbox (mailbox, reader, lease_until) values (?, ?, ?)", statement -> {
            statement.setString(1, mailbox);
            statement.setString(2, reader);
            statement.setLong(3, clock.now() + lease.toMillis());
        });
    }

    @Override
    public void giveBack(String mailbox) throws DeliveryStoreException {
        update("delete from mailroom_mailbox where mailbox = ? and reader = ?", statement -> {
            statement.setString(1, mailbox);
            statement.setString(2, reader);
        });
    }

    @Override
    public void giveAllBack() throws DeliveryStoreException {
        update("delete from mailroom_mailbox", statement -> { });
    }

    @Override
    public int begin(String mailbox, String identifier) throws DeliveryStoreException {
        if (!increased(mailbox, identifier) && !insert("insert into mailroom_delivery"
                + " (mailbox, identifier, deliveries, set_aside, error) values (?, ?, 1, false, '')", statement -> {
                    statement.setString(1, mailbox);
                    statement.setString(2, bounded(identifier));
                })) {
            increased(mailbox, identifier);
        }
        return deliveries(mailbox, identifier);
    }

    private boolean increased(String mailbox, String identifier) throws DeliveryStoreException {
        return update("update mailroom_delivery set deliveries = deliveries + 1, set_aside = false"
                + " where mailbox = ? and identifier = ?", statement -> {
                    statement.setString(1, mailbox);
                    statement.setString(2, bounded(identifier));
                }) == 1;
    }

    private int deliveries(String mailbox, String identifier) throws DeliveryStoreException {
        try {
            return database.read(connection -> {
                try (var select = connection.prepareStatement("select deliveries from mailroom_delivery"
                        + " where mailbox = ? and identifier = ?")) {
                    select.setString(1, mailbox);
                    select.setString(2, bounded(identifier));
                    try (var rows = select.executeQuery()) {
                        return rows.next() ? rows.getInt(1) : 1;
                    }
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public void failed(String mailbox, String identifier, String error) throws DeliveryStoreException {
        update("update mailroom_delivery set error = ? where mailbox = ? and identifier = ?", statement -> {
            statement.setString(1, ReplyText.bounded(error));
            statement.setString(2, mailbox);
            statement.setString(3, bounded(identifier));
        });
    }

    @Override
    public void setAside(String mailbox, SetAsideMail mail) throws DeliveryStoreException {
        if (!putAside(mailbox, mail) && !insert("insert into mailroom_delivery"
                + " (mailbox, identifier, deliveries, set_aside, error) values (?, ?, ?, true, ?)", statement -> {
                    statement.setString(1, mailbox);
                    statement.setString(2, bounded(mail.identifier()));
                    statement.setInt(3, mail.deliveries());
                    statement.setString(4, ReplyText.bounded(mail.error()));
                })) {
            putAside(mailbox, mail);
        }
    }

    private boolean putAside(String mailbox, SetAsideMail mail) throws DeliveryStoreException {
        return update("update mailroom_delivery set set_aside = true, deliveries = ?, error = ?"
                + " where mailbox = ? and identifier = ?", statement -> {
                    statement.setInt(1, mail.deliveries());
                    statement.setString(2, ReplyText.bounded(mail.error()));
                    statement.setString(3, mailbox);
                    statement.setString(4, bounded(mail.identifier()));
                }) == 1;
    }

    @Override
    public List<SetAsideMail> setAside(String mailbox) throws DeliveryStoreException {
        try {
            return database.read(connection -> {
                try (var select = connection.prepareStatement("select identifier, deliveries, error"
                        + " from mailroom_delivery where mailbox = ? and set_aside order by identifier")) {
                    select.setString(1, mailbox);
                    List<SetAsideMail> found = new ArrayList<>();
                    try (var rows = select.executeQuery()) {
                        while (rows.next()) {
                            found.add(new SetAsideMail(rows.getString(1), rows.getInt(2), rows.getString(3)));
                        }
                    }
                    return found;
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean forget(String mailbox, String identifier) throws DeliveryStoreException {
        return update("delete from mailroom_delivery where mailbox = ? and identifier = ?", statement -> {
            statement.setString(1, mailbox);
            statement.setString(2, bounded(identifier));
        }) > 0;
    }

    @Override
    public void keepOnly(String mailbox, Collection<String> identifiers) throws DeliveryStoreException {
        Set<String> kept = new HashSet<>();
        identifiers.forEach(identifier -> kept.add(bounded(identifier)));
        for (String known : known(mailbox)) {
            if (!kept.contains(known)) {
                forget(mailbox, known);
            }
        }
    }

    private List<String> known(String mailbox) throws DeliveryStoreException {
        try {
            return database.read(connection -> {
                try (var select = connection.prepareStatement(
                        "select identifier from mailroom_delivery where mailbox = ?")) {
                    select.setString(1, mailbox);
                    List<String> found = new ArrayList<>();
                    try (var rows = select.executeQuery()) {
                        while (rows.next()) {
                            found.add(rows.getString(1));
                        }
                    }
                    return found;
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    private static String bounded(String identifier) {
        return identifier.length() <= LONGEST_IDENTIFIER ? identifier : identifier.substring(0, LONGEST_IDENTIFIER);
    }

    private int update(String sql, Binding binding) throws DeliveryStoreException {
        try {
            return database.run(connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                    binding.on(statement);
                    return statement.executeUpdate();
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** False = another has inserted it. */
    private boolean insert(String sql, Binding binding) throws DeliveryStoreException {
        try {
            return database.run(connection -> {
                try (var statement = connection.prepareStatement(sql + database.dialect().onDuplicate())) {
                    binding.on(statement);
                    return statement.executeUpdate();
                }
            }) == 1;
        } catch (SQLException e) {
            if (Dialect.isDuplicate(e)) {
                return false;
            }
            throw failed(e);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static DeliveryStoreException failed(Exception cause) {
        return new DeliveryStoreException("the spool's database failed: " + cause.getMessage(), cause);
    }
}
