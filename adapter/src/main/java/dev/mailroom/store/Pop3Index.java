package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.transport.StoreWire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and identifiers, which stay the same while a mailbox is open (RFC 1939): none is asked for twice. */
final class Pop3Index {
    /** Up to so many mails all are asked for at once, rather than those that are near. */
    private static final int FEW = 1000;
    private static final int NEAR = 100;
    private static final Pattern LISTED = Pattern.compile("(\\d{1,9}) +(\\S{1,200})(?: .*)?");
    private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

    private final StoreWire wire;
    private final Pop3Commands commands;
    private final int count;
    private final boolean ahead;
    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, String> identifiers = new HashMap<>();
    private boolean identified = true;
    private String refused = "";

    /** @param ahead whether the server takes commands before it has answered */
    Pop3Index(StoreWire wire, Pop3Commands commands, int count, boolean ahead) {
        this.wire = wire;
        this.commands = commands;
        this.count = count;
        this.ahead = ahead;
    }

    boolean knows(int number) {
        return sizes.containsKey(number);
    }

    /** What is known of a mail whose size is. */
    MessageEntry entry(int number) {
        return new MessageEntry(number, identifiers.getOrDefault(number, ""), sizes.get(number), false,
                Optional.empty());
    }

    long size(int number) {
        return sizes.get(number);
    }

    /** What the server said when it refused to tell a size; empty = it did not. */
    String refused() {
        return refused;
    }

    /** Learns of a mail, and of those behind it that are there while that costs no more round trips. */
    void learn(int number, IntPredicate there) throws SmtpException {
        if (knows(number)) {
            return;
        }
        List<String> asked = new ArrayList<>();
        if (count <= FEW) {
            all().forEach(asked::add);
        } else {
            int last = ahead ? Math.min(count, number + NEAR - 1) : number;
            for (int near = number; near <= last; near++) {
                if (there.test(near) && !knows(near)) {
                    asked.add("LIST " + near);
                    if (identified) {
                        asked.add("UIDL " + near);
                    }
                }
            }
        }
        commands.send(asked, ahead, index -> answer(asked.get(index)));
    }

    /** The commands that tell everything. */
    List<String> all() {
        return identified ? List.of("UIDL", "LIST") : List.of("LIST");
    }

    /** Reads the answer to such a command; the phase is then that of listing. */
    void answer(String command) throws SmtpException {
        wire.phase(Phase.LIST);
        boolean list = command.startsWith("LIST");
        boolean positive = commands.response();
        if (list) {
            refused = positive ? "" : commands.said();
        }
        if (!positive && list) {
            return;
        } else if (!positive) {
            // UIDL is optional; where it is refused for one mail it may be had for another.
            identified = command.contains(" ");
        } else if (command.contains(" ")) {
            note(list, commands.raw());
        } else {
            for (String line : commands.lines(count)) {
                note(list, line);
            }
        }
    }

    private void note(boolean list, String line) throws SmtpException {
        Matcher listed = LISTED.matcher(line);
        if (!listed.matches() || Integer.parseInt(listed.group(1)) < 1 || Integer.parseInt(listed.group(1)) > count) {
            throw wire.protocol("its list of " + count + " mails has the line \"" + wire.shown(line) + "\"");
        }
        int number = Integer.parseInt(listed.group(1));
        if (list) {
            // There are servers that cannot tell a size and say -1: the octets are counted when they come.
            String size = listed.group(2);
            sizes.put(number, SIZE.matcher(size).matches() ? Long.parseLong(size) : 0);
        } else {
            identifiers.put(number, listed.group(2));
        }
    }
}
