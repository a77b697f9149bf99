package dev.mailroom.store;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.transport.AuthLine;
import dev.mailroom.transport.StoreWire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands and responses (RFC 1939, section 3), their lines and lists bounded. */
final class Pop3Commands implements AuthLine {
    /** RFC 1939 allows 512 octets, RFC 2449 asks for no more; servers are known to say more. */
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_CAPABILITIES = 100;

    private final StoreWire wire;
    private String said = "";

    Pop3Commands(StoreWire wire) {
        this.wire = wire;
    }

    /** What the server said last, behind its indicator, as messages may show it. */
    String said() {
        return wire.shown(said);
    }

    /** The same as it came. */
    String raw() {
        return said;
    }

    /** Sends a command; whether the response is positive. */
    boolean send(String command) throws SmtpException {
        return send(command, command);
    }

    /** Sends a command that is logged as another. */
    boolean send(String command, String logged) throws SmtpException {
        if (wire.somethingCame()) {
            throw wire.protocol("it spoke without being asked");
        }
        wire.send(command, logged);
        return response();
    }

    /** Reads the answer to one of several commands; after whatever it throws the rest stays unread. */
    interface AnswerReader<X extends Exception> {
        /** Reads the answer to the command of that index, from 0. */
        void read(int index) throws SmtpException, X;
    }

    /**
     * Sends commands, and reads their answers in the same order.
     *
     * @param ahead whether a command may leave before the one in front of it was answered (RFC 2449, section 6.6)
     */
    <X extends Exception> void send(List<String> all, boolean ahead, AnswerReader<X> answer) throws SmtpException, X {
        if (wire.somethingCame()) {
            throw wire.protocol("it spoke without being asked");
        }
        int sent = 0;
        int onTheWay = 0;
        for (int i = 0; i < all.size(); i++) {
            if (sent == i || ahead && sent < all.size() && onTheWay < StoreWire.MOST_AHEAD / 2) {
                int from = sent;
                do {
                    onTheWay += all.get(sent++).length() + 2;
                } while (ahead && sent < all.size() && onTheWay + all.get(sent).length() + 2 <= StoreWire.MOST_AHEAD);
                wire.send(all.subList(from, sent));
            }
            answer.read(i);
            onTheWay -= all.get(i).length() + 2;
        }
    }

    /** Whether the next response is positive. */
    boolean response() throws SmtpException {
        String line = wire.line(LONGEST_LINE);
        boolean positive = line.startsWith("+OK");
        if (!positive && !line.startsWith("-ERR")) {
            throw wire.protocol("\"" + wire.shown(line) + "\" is no POP3 response");
        }
        said = line.substring(positive ? 3 : 4).strip();
        return positive;
    }

    /** The code of the last refusal in SMTP's terms: RFC 2449, section 8, and RFC 3206 mark what passes. */
    int refusalCode() {
        String code = said.toUpperCase(Locale.ROOT);
        return code.startsWith("[IN-USE]") || code.startsWith("[LOGIN-DELAY") || code.startsWith("[SYS/TEMP]")
                ? 454 : 535;
    }

    /** What the server can do, in capitals (RFC 2449); empty where it does not know the command. */
    List<String> capabilities() throws SmtpException {
        return send("CAPA") ? lines(MOST_CAPABILITIES).stream().map(line -> line.toUpperCase(Locale.ROOT)).toList()
                : List.of();
    }

    /** The lines of a list that follows, as many as it may have. */
    List<String> lines(int most) throws SmtpException {
        List<String> lines = new ArrayList<>();
        for (String line = wire.line(LONGEST_LINE); !line.equals("."); line = wire.line(LONGEST_LINE)) {
            if (lines.size() == most) {
                throw wire.protocol("its list has more than " + most + " lines");
            }
            lines.add(line);
        }
        return lines;
    }

    /**
     * Passes the mail that follows on, without its dots (RFC 1939, section 3).
     *
     * @param most octets that are passed on
     * @param longest octets that are read; of a mail that is longer the rest is unread
     * @return how many octets it has, more than {@code longest} where it is longer
     */
    long copy(OutputStream to, long most, long longest) throws SmtpException, IOException {
        long octets = 0;
        boolean lineStarts = true;
        while (octets <= longest) {
            if (lineStarts && wire.peek() == '.') {
                wire.octet();
                int next = wire.peek();
                if (next == '\r' || next == '\n') {
                    endLine();
                    return octets;
                }
            }
            int piece = wire.piece(to, most - octets);
            lineStarts = piece > 0;
            octets += Math.abs(piece);
        }
        return octets;
    }

    private void endLine() throws SmtpException {
        if (wire.octet() == '\r' && wire.octet() != '\n') {
            throw wire.protocol("a line of a mail is a dot and a CR");
        }
    }

    /** AUTH (RFC 5034): the same words as SMTP's, other answers. */
    @Override
    public SmtpReply exchange(String line, String logged) throws SmtpException {
        wire.send(line, logged);
        String answer = wire.line(8 * LONGEST_LINE);
        if (answer.startsWith("+ ") || answer.equals("+")) {
            said = answer.substring(1).strip();
            return SmtpReply.of(334, "");
        }
        boolean positive = answer.startsWith("+OK");
        said = answer.substring(Math.min(answer.length(), positive ? 3 : 4)).strip();
        if (!positive && !answer.startsWith("-ERR")) {
            throw wire.protocol("\"" + wire.shown(answer) + "\" is no POP3 response");
        }
        return SmtpReply.of(positive ? 235 : refusalCode(), said());
    }

    @Override
    public String challenge() {
        return said;
    }
}
