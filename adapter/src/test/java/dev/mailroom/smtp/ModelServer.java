package dev.mailroom.smtp;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A server and the network before it, in memory and on one thread: takes what is written, decides by chance what to
 * answer and when to break, hands out its octets in pieces of any size, and keeps the truth about who got what.
 */
final class ModelServer implements Wire {
    private enum Mode { COMMAND, CONTENT, CHUNK }

    /** A mail the server took responsibility for. */
    record Accepted(List<Integer> recipients, String content) {
    }

    final List<ModelReply> replies = new ArrayList<>();
    final Map<Integer, List<Accepted>> accepted = new HashMap<>();
    /** Mails whose content was written whole, whether or not the server still listened. */
    final Set<Integer> ended = new HashSet<>();
    final List<String> violations = new ArrayList<>();
    /** Numbers of mails it must never hear of. */
    final Set<Integer> unfit = new HashSet<>();
    /** Answered before the content was complete. */
    boolean early;

    private final Random random;
    private final double trouble;
    private final boolean groups;
    private final boolean window;
    private boolean lastOctet;
    private boolean surplus;
    private final boolean resetAfterChunk;
    /** Goes on with a mail whose sender it has refused, and owns up to it: it has no other trouble. */
    private final boolean sloppy;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    private int read;
    private boolean gone;
    private boolean silent;
    private boolean broken;
    private Mode mode = Mode.COMMAND;
    private int current = -1;
    private boolean open;
    private boolean chunkRefused;
    private boolean answeredEarly;
    private int chunkLeft;
    private boolean chunkLast;
    private List<Integer> recipients = new ArrayList<>();

    ModelServer(Random random, double trouble, boolean groups, boolean window) {
        this.random = random;
        this.groups = groups;
        this.window = window;
        this.resetAfterChunk = random.nextBoolean();
        this.sloppy = random.nextInt(10) == 0;
        this.trouble = sloppy ? 0 : trouble;
    }

    /** Whether anything but refusals can happen. */
    boolean troubled() {
        return trouble > 0;
    }

    /** Octets the client has got. */
    long read() {
        return read;
    }

    @Override
    public void limitSilence(Duration longest) {
        // It never waits.
    }

    @Override
    public void awaitFinalReply(boolean awaited) {
        // Time does not pass by itself.
    }

    @Override
    public void expectLine() {
        // Time does not pass here.
    }

    @Override
    public int waiting() throws IOException {
        if (broken) {
            throw new SocketException("closed");
        }
        // What was sent need not have arrived.
        return !surplus && random.nextInt(3) == 0 ? 0 : out.length() - read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (broken) {
            throw new SocketException("closed");
        }
        int there = out.length() - read;
        if (there == 0) {
            if (gone) {
                if (random.nextBoolean()) {
                    throw new SocketException("Connection reset");
                }
                return -1;
            }
            throw new SocketTimeoutException("no reply within 0 s");
        }
        int count = Math.min(Math.min(there, length), 1 + random.nextInt(random.nextBoolean() ? 5 : 500));
        for (int i = 0; i < count; i++) {
            into[offset + i] = (byte) out.charAt(read + i);
        }
        read += count;
        return count;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (!groups && read < out.length() && !early) {
            violations.add("wrote before it had read the reply");
        }
        boolean fails = random.nextDouble() < trouble / 10;
        int arrives = fails ? random.nextInt(length + 1) : length;
        for (int i = 0; i < length; i++) {
            // What does not arrive is still looked at: the client cannot know that it did not.
            gone |= i >= arrives;
            lastOctet = i == length - 1;
            take(from[offset + i]);
        }
        if (fails) {
            gone = true;
            broken = random.nextBoolean();
            throw new SocketException("Broken pipe");
        }
    }

    private void take(byte octet) {
        if (mode == Mode.CHUNK) {
            content.append((char) octet);
            if (--chunkLeft == 0) {
                chunkComplete();
            }
            return;
        }
        line.append((char) octet);
        int length = line.length();
        if (octet == '\n' && length > 1 && line.charAt(length - 2) == '\r') {
            String text = line.substring(0, length - 2);
            line.setLength(0);
            if (mode == Mode.CONTENT) {
                contentLine(text);
            } else {
                command(text);
            }
        }
    }

    private void command(String text) {
        String[] words = text.split("[ :<>]+");
        switch (words[0]) {
            case "RSET" -> {
                forget();
                answer(next(), AwaitedReply.RESET, 250, false);
            }
            case "MAIL" -> mail(Integer.parseInt(words[2].substring(1, words[2].indexOf('@'))));
            case "RCPT" -> recipient(words[2].charAt(1) - '0');
            case "DATA" -> data();
            case "BDAT" -> {
                mode = Mode.CHUNK;
                chunkLeft = Integer.parseInt(words[1]);
                chunkLast = words.length > 2;
                if (chunkLeft == 0) {
                    chunkComplete();
                }
            }
            default -> violations.add("no command: " + text);
        }
    }

    /** The mail that RSET clears the way for. */
    private int next() {
        int number = current + 1;
        while (unfit.contains(number)) {
            number++;
        }
        return number;
    }

    private void mail(int number) {
        boolean nested = open || chunkRefused;
        current = number;
        if (unfit.contains(number)) {
            violations.add("MAIL for a mail that is too large");
        }
        if (nested) {
            violations.add("MAIL within a mail transaction");
            answer(number, AwaitedReply.MAIL, 503, false);
            return;
        }
        open = answer(number, AwaitedReply.MAIL, choose(250, 0.1), false) == 250 || sloppy;
    }

    private void recipient(int index) {
        int code = answer(current, AwaitedReply.RECIPIENT,
                open ? choose(random.nextInt(5) == 0 ? 251 : 250, 0.25) : 503, false);
        if (open && (code == 250 || code == 251)) {
            recipients.add(index);
        }
    }

    private void data() {
        boolean sane = open && !recipients.isEmpty();
        // Some servers take content for nobody.
        int code = answer(current, AwaitedReply.DATA, sane ? choose(354, 0.1) : random.nextBoolean() ? 354 : 554,
                false);
        if (code == 354) {
            mode = Mode.CONTENT;
            content.setLength(0);
        }
    }

    private void contentLine(String text) {
        if (text.equals(".")) {
            mode = Mode.COMMAND;
            boolean lone = content.isEmpty();
            if (!lone) {
                ended.add(current);
            }
            boolean sane = open && !recipients.isEmpty();
            if (!answeredEarly) {
                finish(lone ? AwaitedReply.LONE_DOT : AwaitedReply.END, sane ? choose(250, 0.15) : 554, false);
            }
            forget();
            return;
        }
        content.append(text.startsWith(".") ? text.substring(1) : text).append("\r\n");
        if (!answeredEarly && content.length() > 5_000 && random.nextInt(3_000) == 0 && random.nextDouble() < trouble) {
            early = true;
            answeredEarly = true;
            answer(current, AwaitedReply.END, 552, false);
        }
    }

    private void chunkComplete() {
        mode = Mode.COMMAND;
        if (chunkLast) {
            ended.add(current);
        }
        boolean sane = open && !recipients.isEmpty() && !chunkRefused;
        AwaitedReply step = chunkLast ? AwaitedReply.END : AwaitedReply.CHUNK;
        int code = finish(step, sane ? choose(250, 0.15) : 503, true);
        chunkRefused |= code / 100 != 2;
        if (chunkLast) {
            boolean reset = chunkRefused && resetAfterChunk;
            forget();
            chunkRefused = reset;
        }
    }

    /** The end of the content, or of a chunk: here a server may accept and die before it says so. */
    private int finish(AwaitedReply step, int wanted, boolean chunk) {
        boolean acceptsSilently = wanted == 250 && random.nextDouble() < trouble / 10;
        if (acceptsSilently && step != AwaitedReply.CHUNK && !gone && !silent) {
            accept();
            gone = true;
            return 250;
        }
        boolean listening = !gone && !silent;
        int code = answer(current, step, wanted, chunk);
        boolean accepts = code / 100 == 2;
        if (listening && accepts && step != AwaitedReply.CHUNK) {
            accept();
        }
        return code;
    }

    private void accept() {
        if (!open || recipients.isEmpty() || chunkRefused) {
            return;
        }
        accepted.computeIfAbsent(current, key -> new ArrayList<>())
                .add(new Accepted(List.copyOf(recipients), content.toString()));
    }

    private void forget() {
        open = false;
        chunkRefused = false;
        answeredEarly = false;
        recipients = new ArrayList<>();
        content.setLength(0);
    }

    /** The good code, or with that probability a refusal. */
    private int choose(int good, double refusal) {
        if (random.nextDouble() >= refusal) {
            return good;
        }
        int[] codes = {550, 450, 451, 552, 501, 500, 502, 503, 554, 521, 521};
        return codes[random.nextInt(codes.length)];
    }

    /** Says it, unless chance will have something else; returns what was said, 0 = nothing that makes sense. */
    private int answer(int mail, AwaitedReply step, int wanted, boolean chunk) {
        if (gone || silent) {
            return 0;
        }
        int code = wanted;
        if (random.nextDouble() < trouble) {
            switch (random.nextInt(6)) {
                case 0 -> code = 421;
                case 1 -> gone = true;
                case 2 -> silent = true;
                case 3 -> code = 0;
                // Before the dot only a refusal: an acceptance there depends on when the client looks.
                case 4 -> code = answeredEarly ? wanted : 220;
                default -> code = 354;
            }
        }
        if (gone || silent) {
            if (random.nextBoolean()) {
                put("2");
            }
            return 0;
        }
        put(text(code));
        replies.add(new ModelReply(mail, step, code, chunk, out.length()));
        gone |= code == 421;
        if (!gone && step == AwaitedReply.END && lastOctet && !window && random.nextDouble() < trouble / 10) {
            // With several mails in flight nobody could tell it from a reply.
            surplus = true;
            put("250 Hello again\r\n");
        }
        return code;
    }

    private String text(int code) {
        return switch (random.nextInt(5)) {
            case 0 -> code + "\r\n";
            case 1 -> code + "-several\r\n" + code + "-lines\r\n" + code + " long\r\n";
            case 2 -> code + " 2.0.0 Fine\n";
            default -> code + " Well\r\n";
        };
    }

    private void put(String text) {
        out.append(text);
    }
}
