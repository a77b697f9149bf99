package dev.mailroom.console.rest;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpException;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which mails of a mailbox a caller wants to see.
 *
 * @param from the number of the first
 * @param limit most mails, 1 to 1,000
 */
record MailListing(int from, int limit) {
    private static final int USUAL = 100;
    private static final int LONGEST = 1_000;
    /** What is behind it is not looked at. */
    private static final int LONGEST_HEADER = 256 * 1024;

    /** Each text may be empty. */
    static MailListing of(String from, String limit) {
        return new MailListing(number("from", from, 1, Integer.MAX_VALUE), number("limit", limit, USUAL, LONGEST));
    }

    private static int number(String name, String given, int usual, int most) {
        long wanted = given.isEmpty() ? usual : given.matches("\\d{1,10}") ? Long.parseLong(given) : 0;
        if (wanted < 1 || wanted > most) {
            throw ProblemException.badInput("Parameter \"" + name + "\" must be a number from 1 to " + most + ".");
        }
        return (int) wanted;
    }

    /** One turn on the mailbox: the list, and the header of each mail that is shown. */
    JsonObject read(ReceivingSession mailbox) throws SmtpException {
        synchronized (mailbox) {
            int count = mailbox.count();
            SortedMap<Integer, JsonObject> mails = new TreeMap<>();
            if (mailbox.settings().protocol() == MailProtocol.IMAP) {
                byRange(mailbox, count, mails);
            } else {
                byList(mailbox, mails);
            }
            return Json.createObjectBuilder().add("count", count)
                    .add("messages", Json.createArrayBuilder(mails.values())).build();
        }
    }

    /** One round trip for hundreds; mails that are marked as deleted make room for others. */
    private void byRange(ReceivingSession mailbox, int count, SortedMap<Integer, JsonObject> mails)
            throws SmtpException {
        int next = from;
        while (mails.size() < limit && next <= count) {
            int last = Math.min(count, next + limit - mails.size() - 1);
            mailbox.headers(IntStream.rangeClosed(next, last).boxed().toList(), (entry, header) -> mails.put(
                    entry.number(), ReceivedJson.summary(entry, MailParser.header(header))));
            next = last + 1;
        }
    }

    /** Two round trips for all of what POP3 tells of mails, and one for each header. */
    private void byList(ReceivingSession mailbox, SortedMap<Integer, JsonObject> mails) throws SmtpException {
        List<MessageEntry> wanted =
                mailbox.list().stream().filter(entry -> entry.number() >= from).limit(limit).toList();
        for (MessageEntry entry : wanted) {
            HeaderBeginning header = new HeaderBeginning();
            if (header(mailbox, entry.number(), header)) {
                mails.put(entry.number(), ReceivedJson.summary(entry, MailParser.header(header.octets.toByteArray())));
            }
        }
    }

    private static boolean header(ReceivingSession mailbox, int number, OutputStream to) throws SmtpException {
        try {
            return mailbox.header(number, to);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
    }

    /** Keeps the beginning of what is written to it. */
    private static final class HeaderBeginning extends OutputStream {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            if (octets.size() < LONGEST_HEADER) {
                octets.write(octet);
            }
        }

        @Override
        public void write(byte[] from, int start, int length) {
            octets.write(from, start, Math.min(length, LONGEST_HEADER - octets.size()));
        }
    }
}
