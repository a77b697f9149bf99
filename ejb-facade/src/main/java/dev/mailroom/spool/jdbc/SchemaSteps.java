package dev.mailroom.spool.jdbc;

import java.util.List;

/**
 * The tables, as a list of steps from one version to the next. A step may be run again after it was interrupted, since
 * not every database rolls definitions back. A released step is never changed: a later change is a new step.
 */
final class SchemaSteps {
    private static final String FIRST = """
            create table if not exists mailroom_queue (
                queue_key varchar(600) primary key,
                caller varchar(255) not null,
                session_name varchar(255) not null,
                named boolean not null,
                parked boolean not null,
                failures integer not null,
                wait_until bigint not null,
                error varchar(4000) not null,
                sealed ${bytes} not null);
            create table if not exists mailroom_mail (
                id bigint generated always as identity primary key,
                queue_key varchar(600) not null,
                owner varchar(255) not null,
                idempotency_key varchar(255),
                message_id varchar(998) not null,
                state varchar(8) not null
                    check (state in ('PENDING', 'SENDING', 'SENT', 'FAILED', 'IN_DOUBT')),
                due_at bigint not null,
                keep_until bigint not null,
                accepted_at bigint not null,
                attempts integer not null,
                lease_owner varchar(64) not null,
                envelope varchar not null,
                size bigint not null,
                eight_bit boolean not null,
                reply varchar(4000) not null,
                error varchar(4000) not null,
                unique (owner, idempotency_key));
            create index if not exists mailroom_mail_due on mailroom_mail (state, queue_key, due_at, id, size);
            create index if not exists mailroom_mail_keep on mailroom_mail (state, keep_until);
            create table if not exists mailroom_content (
                mail_id bigint not null,
                part integer not null,
                bytes ${bytes} not null,
                primary key (mail_id, part));
            create table if not exists mailroom_recipient (
                mail_id bigint not null,
                address varchar(512) not null,
                state varchar(8) not null,
                reply varchar(4000) not null,
                primary key (mail_id, address));
            """;

    /** A column for each meaning, and the words of today; {@code lease_until} is set while a mail is SENDING. */
    private static final String SECOND = """
            ${caller};
            ${lease};
            alter table mailroom_mail add column if not exists lease_until bigint;
            alter table mailroom_mail add column if not exists finished_at bigint;
            update mailroom_mail set lease_until = due_at where state = 'SENDING' and lease_until is null;
            update mailroom_mail set finished_at = due_at
                where state in ('SENT', 'FAILED', 'IN_DOUBT') and finished_at is null;
            """;

    /**
     * Indexes of the rows that they are for: a search by identifier never uses them, whatever the statistics say, and a
     * finished mail is not in those of the waiting ones. H2 knows no such indexes and keeps the first two.
     */
    private static final String PARTIAL = """
            drop index if exists mailroom_mail_due;
            drop index if exists mailroom_mail_keep;
            create index if not exists mailroom_mail_waiting on mailroom_mail (queue_key, due_at, id, size, keep_until)
                where state = 'PENDING';
            create index if not exists mailroom_mail_leased on mailroom_mail (lease_until, queue_key, size)
                where state = 'SENDING';
            create index if not exists mailroom_mail_sent on mailroom_mail (keep_until) where state = 'SENT';
            create index if not exists mailroom_mail_failed on mailroom_mail (state, id, keep_until)
                where state in ('FAILED', 'IN_DOUBT');
            alter table mailroom_mail drop constraint if exists mailroom_mail_owner_idempotency_key_key;
            create unique index if not exists mailroom_mail_idempotency on mailroom_mail (caller, idempotency_key)
                where idempotency_key is not null;
            """;

    /** What a mail is known by, and the outcomes that the application has not acknowledged yet. */
    private static final String THIRD = """
            alter table mailroom_mail add column if not exists content_digest varchar(64);
            alter table mailroom_mail add column if not exists reference varchar(255);
            create table if not exists mailroom_outcome (
                mail_id bigint primary key,
                tell_at bigint not null,
                failures integer not null,
                error varchar(4000) not null);
            create index if not exists mailroom_outcome_due on mailroom_outcome (tell_at);
            """;

    /** How often a mail was in doubt: it is sent again only so often, and alone. */
    private static final String FOURTH = """
            alter table mailroom_mail add column if not exists doubts integer default 0 not null;
            """;

    /**
     * A column for each meaning: until when a mail may wait, and until when it is remembered; each is set only while it
     * means something. And what put a mail in doubt.
     */
    private static final String FIFTH = """
            alter table mailroom_mail add column if not exists give_up_at bigint;
            alter table mailroom_mail add column if not exists incident varchar(64);
            alter table mailroom_mail alter column keep_until drop not null;
            update mailroom_mail set give_up_at = keep_until where state in ('PENDING', 'SENDING')
                and give_up_at is null;
            update mailroom_mail set keep_until = null where state in ('PENDING', 'SENDING');
            """;

    /** The database's clock and what has to be added to it, since it was set to another time. */
    private static final String SIXTH = """
            create table if not exists mailroom_clock (
                id integer primary key,
                shift bigint not null,
                seen bigint not null,
                seen_by varchar(64) not null);
            """;

    /** Who reads which mailbox, and mails on their way to listeners. */
    private static final String SEVENTH = """
            create table if not exists mailroom_mailbox (
                mailbox varchar(600) primary key,
                reader varchar(64) not null,
                lease_until bigint not null);
            create table if not exists mailroom_delivery (
                mailbox varchar(600) not null,
                identifier varchar(500) not null,
                deliveries integer not null,
                set_aside boolean not null,
                error varchar(4000) not null,
                primary key (mailbox, identifier));
            """;

    /** When a mail is to be sent at the earliest, and until when it is of use. */
    private static final String EIGHTH = """
            alter table mailroom_mail add column if not exists scheduled_at bigint;
            alter table mailroom_mail add column if not exists expires_at bigint;
            """;

    private static final String H2_EXPIRY = """
            create index if not exists mailroom_mail_expiry on mailroom_mail (state, give_up_at, keep_until);
            drop index if exists mailroom_mail_keep;
            """;

    private static final String PARTIAL_EXPIRY = """
            drop index if exists mailroom_mail_waiting;
            create index if not exists mailroom_mail_waiting on mailroom_mail (queue_key, due_at, id, size, give_up_at)
                where state = 'PENDING';
            """;

    private SchemaSteps() {
    }

    /** All steps, the first makes the first version. */
    static List<String> of(Dialect dialect) {
        String words = SECOND
                .replace("${caller}", dialect.renameColumn("mailroom_mail", "owner", "caller"))
                .replace("${lease}", dialect.renameColumn("mailroom_mail", "lease_owner", "lease"));
        return List.of(FIRST.replace("${bytes}", dialect.bytesType()),
                dialect == Dialect.H2 ? words : words + PARTIAL, THIRD, FOURTH,
                FIFTH + (dialect == Dialect.H2 ? H2_EXPIRY : PARTIAL_EXPIRY), SIXTH, SEVENTH, EIGHTH);
    }
}
