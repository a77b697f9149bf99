package dev.mailroom.console.rest;

import dev.mailroom.SmtpException;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.receiving.ReceivingSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
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

    /**
     * One turn on the mailbox: as many round trips as its headers need, few for hundreds. Mails that are marked as
     * deleted make room for others.
     */
    JsonObject read(ReceivingSession mailbox) throws SmtpException {
        synchronized (mailbox) {
            int count = mailbox.count();
            SortedMap<Integer, JsonObject> mails = new TreeMap<>();
            int next = from;
            while (mails.size() < limit && next <= count) {
                int last = Math.min(count, next + limit - mails.size() - 1);
                mailbox.headers(IntStream.rangeClosed(next, last).boxed().toList(), (entry, header) -> mails.put(
                        entry.number(), ReceivedJson.summary(entry, MailParser.header(header))));
                next = last + 1;
            }
            return Json.createObjectBuilder().add("count", count)
                    .add("messages", Json.createArrayBuilder(mails.values())).build();
        }
    }
}
