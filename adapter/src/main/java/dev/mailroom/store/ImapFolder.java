package dev.mailroom.store;

import dev.mailroom.store.ImapCommands.Untagged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which mails an open folder has, by number, as the server's responses tell it (RFC 3501, sections 7.3 and 7.4). */
final class ImapFolder {
    private static final Pattern COUNTED = Pattern.compile("(?i)(\\d{1,9}) (EXISTS|EXPUNGE)\\b.*");
    private static final Pattern VALIDITY = Pattern.compile("(?i)OK \\[UIDVALIDITY (\\d{1,10})].*");
    private static final int MOST_MAILS = 10_000_000;
    /** Servers take lines of 8,192 octets (RFC 7162, section 4). */
    private static final int LONGEST_SET = 7500;

    /** The UIDs in the order of the numbers. */
    private final List<Long> uids = new ArrayList<>();
    private String validity = "";
    private int exists;
    private boolean news;

    /** Takes what concerns the folder; ignores all else. */
    void on(String response) {
        Matcher counted = COUNTED.matcher(response);
        Matcher valid = VALIDITY.matcher(response);
        if (counted.matches()) {
            int number = Integer.parseInt(counted.group(1));
            if (counted.group(2).toUpperCase(Locale.ROOT).equals("EXISTS")) {
                news |= number > exists;
                exists = number;
            } else if (number >= 1) {
                exists = Math.max(0, exists - 1);
                if (number <= uids.size()) {
                    uids.remove(number - 1);
                }
            }
        } else if (valid.matches()) {
            validity = valid.group(1);
        }
    }

    /** Hears of a search: takes the UIDs that it has found, and all that concerns the folder. */
    Untagged found(List<Long> into) {
        return response -> {
            if (response.toUpperCase(Locale.ROOT).startsWith("SEARCH")) {
                for (String word : response.substring("SEARCH".length()).strip().split(" +")) {
                    if (word.matches("\\d{1,10}")) {
                        into.add(Long.parseLong(word));
                    }
                }
            } else {
                on(response);
            }
        };
    }

    /** A look begins that finds all mails of which the server has told. */
    void look() {
        news = false;
    }

    /** Whether the server has told of more mails since the last look began. */
    boolean hasNews() {
        return news;
    }

    /** Whether there are mails whose UIDs are not known. */
    boolean grown() {
        return exists > uids.size();
    }

    /** The UID from which on to ask. */
    long next() {
        return uids.isEmpty() ? 1 : uids.get(uids.size() - 1) + 1;
    }

    /** The number of the mail that an identifier names; 0 = there is none. */
    int number(String identifier) {
        int colon = identifier.indexOf(':');
        if (colon < 0 || !identifier.substring(0, colon).equals(validity) || !identifier.matches("\\d*:\\d{1,10}")) {
            return 0;
        }
        return Math.max(0, index(Long.parseLong(identifier.substring(colon + 1))) + 1);
    }

    /** How many mails come up to the one that an identifier names, itself included where it is there. */
    int rank(String identifier) {
        int number = number(identifier);
        if (number > 0 || !identifier.matches(validity + ":\\d{1,10}")) {
            return number;
        }
        return -Collections.binarySearch(uids, Long.parseLong(identifier.substring(validity.length() + 1))) - 1;
    }

    /** UIDVALIDITY; empty = the server has not said it. */
    String validity() {
        return validity;
    }

    /** Adds what was found; UIDs ascend with the numbers. False = more than any mailbox has. */
    boolean add(Collection<Long> found) {
        long next = next();
        // A search for N:* finds the last mail even where its UID is below N.
        new TreeSet<>(found).tailSet(next).forEach(uids::add);
        return uids.size() <= MOST_MAILS;
    }

    int size() {
        return uids.size();
    }

    /** The UID of a number; 0 = there is no such mail. */
    long uid(int number) {
        return number >= 1 && number <= uids.size() ? uids.get(number - 1) : 0;
    }

    List<Long> uids() {
        return List.copyOf(uids);
    }

    /** These mails of the folder, ascending, as commands name them; neighbours as a range. */
    List<String> sets(Collection<Long> ascending) {
        List<String> sets = new ArrayList<>();
        StringBuilder set = new StringBuilder();
        long first = 0;
        long last = 0;
        for (long uid : ascending) {
            if (first != 0 && uid(index(last) + 2) == uid) {
                last = uid;
                continue;
            }
            range(sets, set, first, last);
            first = uid;
            last = uid;
        }
        range(sets, set, first, last);
        if (!set.isEmpty()) {
            sets.add(set.toString());
        }
        return sets;
    }

    private static void range(List<String> sets, StringBuilder set, long first, long last) {
        if (first != 0) {
            set.append(set.isEmpty() ? "" : ",").append(first == last ? "" + first : first + ":" + last);
        }
        if (set.length() > LONGEST_SET) {
            sets.add(set.toString());
            set.setLength(0);
        }
    }

    private int index(long uid) {
        return Collections.binarySearch(uids, uid);
    }

    /** What the server calls a mail as long as it exists. */
    String identifier(long uid) {
        return validity + ":" + uid;
    }
}
