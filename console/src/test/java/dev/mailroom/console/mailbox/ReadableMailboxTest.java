package dev.mailroom.console.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.MailboxPorts;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableMailboxTest {
    private static final int KEPT = 3;
    private DevelopmentMailServer mailbox;

    private static ConsoleSettings settings(OptionalInt pop3, OptionalInt imap) {
        return new ConsoleSettings(Secret.none(), true, new MailboxPorts(0, pop3, imap), KEPT, 1_024, 1_024, false);
    }

    @BeforeEach
    void start() {
        mailbox = DevelopmentMailServer.start(settings(OptionalInt.of(0), OptionalInt.of(0)));
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    /** A dialogue of lines; the answers' first lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(int port) throws IOException {
            socket = new Socket(DevelopmentMailServer.HOST, port);
            socket.setSoTimeout(60_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            in.readLine();
        }

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return in.readLine();
        }

        String line() throws IOException {
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void deliver(String mail) throws IOException {
        try (Client smtp = new Client(mailbox.port())) {
            smtp.say("HELO x");
            smtp.say("MAIL FROM:<me@example.org>");
            smtp.say("RCPT TO:<you@example.org>");
            smtp.say("DATA");
            assertTrue(smtp.say(mail + "\r\n.").startsWith("250"));
            smtp.say("QUIT");
        }
    }

    private Client pop3() throws IOException {
        Client client = new Client(mailbox.ports().pop3().orElseThrow());
        client.say("USER anybody");
        assertTrue(client.say("PASS anything").startsWith("+OK"));
        return client;
    }

    private Store imap() throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(DevelopmentMailServer.HOST, mailbox.ports().imap().orElseThrow(), "somebody", "secret");
        return store;
    }

    private List<String> subjects() {
        return mailbox.newestFirst().map(mail -> MailView.of(mail).subject()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pop3", "imap"})
    void whatWasSentIsReadUnderAnyLogin(String protocol) throws Exception {
        deliver("Subject: Hello\r\n\r\nIt works.");
        MailboxPorts ports = mailbox.ports();
        Store store = Session.getInstance(new Properties()).getStore(protocol);
        store.connect(DevelopmentMailServer.HOST,
                (protocol.equals("pop3") ? ports.pop3() : ports.imap()).orElseThrow(), "you@example.org", "any");
        try (store; Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(1, inbox.getMessageCount());
            assertEquals("Hello", inbox.getMessage(1).getSubject());
            assertEquals("It works.", inbox.getMessage(1).getContent().toString().strip());
        }
    }

    @Test
    void aPop3SessionSeesTheSameMailsAsLongAsItLasts() throws Exception {
        deliver("Subject: one\r\n\r\n");
        try (Client early = pop3()) {
            for (int more = 0; more < KEPT; more++) {
                deliver("Subject: more\r\n\r\n");
            }
            assertTrue(early.say("STAT").startsWith("+OK 1 "));
            assertTrue(early.say("RETR 1").startsWith("+OK"));
            String line = early.line();
            while (!line.startsWith("Subject")) {
                line = early.line();
            }
            assertEquals("Subject: one", line);
        }
        try (Client late = pop3()) {
            assertTrue(late.say("STAT").startsWith("+OK " + KEPT + " "));
        }
    }

    @Test
    void pop3DeletesWithQuitAndNotWithout() throws Exception {
        deliver("Subject: one\r\n\r\n");
        deliver("Subject: two\r\n\r\n");
        try (Client lost = pop3()) {
            assertTrue(lost.say("DELE 1").startsWith("+OK"));
        }
        awaitPop3Mails(2);
        try (Client leaving = pop3()) {
            assertTrue(leaving.say("DELE 1").startsWith("+OK"));
            assertEquals(2, subjects().size());
            assertTrue(leaving.say("QUIT").startsWith("+OK"));
        }
        assertEquals(List.of("two"), subjects());
    }

    /** That a client has hung up is noticed a little later. */
    private void awaitPop3Mails(int mails) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Client client = pop3()) {
                if (client.say("STAT").startsWith("+OK " + mails + " ")) {
                    client.say("QUIT");
                    return;
                }
            }
            assertTrue(System.nanoTime() < deadline, "marks of a lost client stay");
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void whatAClientDoesIsSeenOnThePageAndTheOtherWayRound() throws Exception {
        deliver("Subject: one\r\n\r\n");
        deliver("Subject: two\r\n\r\n");
        try (Store store = imap(); Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_WRITE);
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.expunge();
            assertEquals(List.of("two"), subjects());
            inbox.appendMessages(new Message[] {new MimeMessage(Session.getInstance(new Properties()),
                    new ByteArrayInputStream("Subject: put\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))});
            assertEquals(List.of("put", "two"), subjects());
            mailbox.clear();
            awaitEmpty(inbox);
            assertThrows(MessagingException.class, () -> {
                if (!store.getFolder("Other").create(Folder.HOLDS_MESSAGES)) {
                    throw new MessagingException("refused");
                }
            });
        }
        assertEquals(List.of(), subjects());
    }

    /** The client asks its server once a second only, and counts what has gone until it is told to forget it. */
    private static void awaitEmpty(Folder inbox) throws MessagingException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (inbox.getMessageCount() > 0 && !inbox.getMessage(1).isExpunged()) {
            assertTrue(System.nanoTime() < deadline, "the client is not told");
            LockSupport.parkNanos(100_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: nonsense",
        "Content-Type: message/delivery-status",
        "Content-Type: multipart/mixed",
        "Content-Type: ;;;",
        "Content-Disposition: ;\r\nTo: <<<\r\nDate: never",
    })
    void aMailThatNobodyCanTakeApartIsKeptAndReadable(String header) throws Exception {
        deliver("Subject: odd\r\n" + header + "\r\n\r\nmarker \u00ff\u0000");
        assertTrue(mailbox.newestFirst().findFirst().orElseThrow().source().length > 0);
        assertTrue(new String(mailbox.newestFirst().findFirst().orElseThrow().source(), StandardCharsets.ISO_8859_1)
                .contains("marker"));
        try (Client client = pop3()) {
            assertTrue(client.say("STAT").startsWith("+OK 1 "));
            assertTrue(client.say("RETR 1").startsWith("+OK"));
        }
        try (Store store = imap(); Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            assertEquals(1, inbox.getMessageCount());
        }
    }

    @Test
    void whatIsOffDoesNotListenAndABusyPortLeavesTheRest() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName(DevelopmentMailServer.HOST));
                DevelopmentMailServer other = DevelopmentMailServer.start(
                        settings(OptionalInt.empty(), OptionalInt.of(busy.getLocalPort())))) {
            assertEquals(new MailboxPorts(other.port(), OptionalInt.empty(), OptionalInt.empty()), other.ports());
            new Socket(DevelopmentMailServer.HOST, other.port()).close();
        }
    }

    @Test
    void afterItIsClosedNothingListens() {
        MailboxPorts ports = mailbox.ports();
        mailbox.close();
        for (int port : List.of(ports.pop3().orElseThrow(), ports.imap().orElseThrow())) {
            assertThrows(IOException.class, () -> new Socket(DevelopmentMailServer.HOST, port).close());
        }
        assertFalse(ports.pop3().equals(ports.imap()));
    }
}
