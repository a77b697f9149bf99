package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.transport.SocketTransportFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes that fail, lie or attack: the phase is told, memory and time have an end. */
final class MailboxFaultsTest {
    private static final String MAIL = "Subject: one\r\n\r\ntext\r\n";

    private final SocketTransportFactory transports = Opened.transports();

    @AfterEach
    void close() {
        transports.close();
    }

    @ParameterizedTest
    @CsvSource({"true,greeting,GREETING", "true,CAPA,AUTH", "true,AUTH,AUTH", "true,STAT,SELECT",
        "false,greeting,GREETING", "false,CAPABILITY,AUTH", "false,AUTHENTICATE,AUTH", "false,SELECT,SELECT",
        "false,UID SEARCH,SELECT"})
    void whoIsCutOffWhileOpeningHearsThePhase(boolean pop3, String command, Phase phase) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, StoreScript.cut())) {
            Failure failure = Opened.refusal(transports, Opened.settings(pop3, server));
            assertEquals(phase, failure.phase(), failure.message());
            assertTrue(failure.isTransient());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,greeting,GREETING", "true,STAT,SELECT", "false,greeting,GREETING", "false,SELECT,SELECT"})
    void silenceHasAnEnd(boolean pop3, String command, Phase phase) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, StoreScript.silence())) {
            Failure failure = Opened.refusal(transports, Opened.impatient(Opened.settings(pop3, server)));
            assertEquals(phase, failure.phase(), failure.message());
            assertTrue(failure.message().contains("within 1 s"), failure.message());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,RETR,FETCH", "true,LIST,LIST", "false,UID FETCH,FETCH"})
    void aMailThatIsCutOffEndsTheConnection(boolean pop3, String command, Phase phase) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            server.on(command, StoreScript.sayAndCut(pop3 ? "+OK\r\nSubj" : "* 1 FETCH (BODY[] {900}\r\nSubj"));
            assertEquals(phase, fetchFailure(store).phase());
            assertFalse(store.usable());
            assertTrue(fetchFailure(store).message().contains("is closed; open the mailbox again"));
        }
    }

    private static Failure fetchFailure(MailStore store) {
        return assertThrows(SmtpException.class, () -> Opened.content(store, 1)).failure();
    }

    @ParameterizedTest
    @CsvSource({"true,greeting,+OK ,x", "true,CAPA,+OK\\r\\n,TOP\\r\\n", "true,STAT,+OK ,1",
        "false,greeting,* OK ,x"})
    void whatIsEndlessEndsTheOpening(boolean pop3, String command, String begin, String piece) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, StoreScript.sayForever(
                begin.replace("\\r\\n", "\r\n"), piece.replace("\\r\\n", "\r\n")))) {
            Failure failure = Opened.refusal(transports, Opened.settings(pop3, server));
            assertTrue(failure.message().contains("more than"), failure.message());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMailWithoutEndIsCutAtTheLimitWhateverSizeWasSaid(boolean pop3) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server).withMaxMessage(10_000));
            server.on(pop3 ? "RETR" : "UID FETCH 10", pop3 ? StoreScript.sayForever("+OK\r\n", "text\r\n")
                    : StoreScript.sayForever("* 1 FETCH (BODY[] {10002}\r\n", "text\r\n"));
            Failure failure = fetchFailure(store);
            assertTrue(failure.message().contains(pop3 ? "10000" : "10002"), failure.message());
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "9223372036854775807", "9999999999999999999"})
    void aLiteralThatIsAnnouncedTakesNoMemory(String octets) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            server.on("UID FETCH", StoreScript.say("* 1 FETCH (BODY[] {" + octets + "}\r\n"));
            assertTrue(fetchFailure(store).message().contains(octets), fetchFailure(store).message());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,STAT,+OK many", "true,STAT,+OK -1 2", "true,STAT,+OK 999999999 1", "true,STAT,* 1 EXISTS",
        "false,SELECT,* 5 EXISTS", "false,SELECT,other OK done", "false,SELECT,{tag} MAYBE done",
        "false,UID SEARCH,{tag} BAD done", "false,SELECT,{tag} NO no such folder"})
    void aLyingServerIsNotBelieved(boolean pop3, String command, String answer) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command,
                StoreScript.sayAndCut(answer + "\r\n"))) {
            assertEquals(Phase.SELECT, phaseOfOpening(pop3, server));
        }
    }

    private Phase phaseOfOpening(boolean pop3, ScriptedMailbox server) {
        Phase phase = Opened.refusal(transports, Opened.settings(pop3, server)).phase();
        return phase == Phase.LIST ? Phase.SELECT : phase;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 10\r\n7 20\r\n.", "0 1\r\n.", "x 1\r\n.", "1\r\n.", "-1 5\r\n.",
        "1 1\r\n1 1\r\n1 1\r\n."})
    void aListThatCannotBeIsAnError(String list) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL, MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(true, server));
            server.on("LIST", StoreScript.say("+OK\r\n" + list + "\r\n"));
            Failure failure = assertThrows(SmtpException.class, store::list).failure();
            assertEquals(Phase.LIST, failure.phase());
            assertFalse(store.usable());
        }
    }

    @Test
    void anErrorOfTheListSaysThatTheMailsWereListed() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(true, server));
            server.on("LIST", StoreScript.say("+OK\r\n7 20\r\n.\r\n"));
            String message = fetchFailure(store).message();
            assertTrue(message.contains("does not keep to the protocol after listing the mails"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "99999999999999999999"})
    void aMailWhoseSizeCannotBeIsReadWithinTheLimit(String size) throws Exception {
        String large = MAIL + "text\r\n".repeat(20);
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL, MAIL, large)) {
            MailStore store = Opened.open(transports, Opened.settings(true, server).withMaxMessage(100));
            server.on("LIST", StoreScript.say("+OK\r\n1 24\r\n2 " + size + "\r\n3 " + size + "\r\n.\r\n"));
            assertEquals(List.of(24L, 0L, 0L), store.list().stream().map(MessageEntry::size).toList());
            assertEquals(MAIL, Opened.content(store, 2));
            Failure failure = assertThrows(SmtpException.class, () -> Opened.content(store, 3)).failure();
            assertTrue(failure.message().contains("goes on beyond the 100 octets"), failure.message());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,STLS,110", "false,STARTTLS,143"})
    void whoWantsTlsOnAPlainPortIsToldWhatWorksThere(boolean pop3, String upgrade, int port) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL)) {
            ReceivingSettings settings = Opened.settings(pop3, server);
            Failure failure = Opened.refusal(transports,
                    settings.withServer(settings.server().withTls(TlsMode.IMPLICIT)));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("it does not answer with TLS") && failure.message().contains(
                    "; use " + upgrade + " (emailOptionSecuredTLS, usually port " + port + ")"), failure.message());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesBehindTheConsentToTlsAreAnAttack(boolean pop3) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(pop3 ? "STLS" : "STARTTLS",
                StoreScript.say(pop3 ? "+OK\r\n+OK injected\r\n" : "{tag} OK\r\n* OK injected\r\n"))) {
            Failure failure = Opened.refusal(transports, upgrading(pop3, server));
            assertEquals(Phase.TLS, failure.phase());
            assertFalse(failure.isTransient());
            assertTrue(failure.message().contains("injected"), failure.message());
        }
    }

    private static ReceivingSettings upgrading(boolean pop3, ScriptedMailbox server) {
        ReceivingSettings settings = Opened.settings(pop3, server);
        return settings.withServer(settings.server().withTls(TlsMode.STARTTLS));
    }

    @ParameterizedTest
    @CsvSource({"true,TOP UIDL", "false,IMAP4rev1 AUTH=PLAIN"})
    void noPasswordTravelsWhereTlsWasStripped(boolean pop3, String offered) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).offering(offered)) {
            Failure failure = Opened.refusal(transports, upgrading(pop3, server));
            assertEquals(Phase.TLS, failure.phase());
            assertTrue(failure.message().contains("does not offer " + (pop3 ? "STLS" : "STARTTLS")),
                    failure.message());
            assertFalse(server.lines().stream().anyMatch(line -> line.contains("AUTH ") || line.contains("PASS")));
        }
    }

    @Test
    void aPreauthenticatedGreetingIsNoWayAroundTls() {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL).on("greeting",
                StoreScript.say("* PREAUTH welcome\r\n"))) {
            assertEquals(Phase.TLS, Opened.refusal(transports, upgrading(false, server)).phase());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,-ERR [SYS/TEMP] later,true", "true,-ERR go away,false", "false,* BYE overloaded,true"})
    void aGreetingThatRefusesIsTold(boolean pop3, String greeting, boolean passes) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on("greeting",
                StoreScript.sayAndCut(greeting + "\r\n"))) {
            Failure failure = Opened.refusal(transports, Opened.settings(pop3, server));
            assertEquals(Phase.GREETING, failure.phase());
            assertEquals(passes, failure.isTransient());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,AUTH,-ERR [IN-USE] locked", "false,AUTHENTICATE,{tag} NO [UNAVAILABLE] later"})
    void aMailboxThatIsBusyMayBeTriedAgain(boolean pop3, String command, String answer) {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, StoreScript.say(answer + "\r\n"))) {
            Failure failure = Opened.refusal(transports, Opened.settings(pop3, server));
            assertEquals(Phase.AUTH, failure.phase());
            assertTrue(failure.isTransient());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,QUIT,-ERR some deleted messages not removed", "true,QUIT,", "false,UID EXPUNGE,{tag} NO",
        "false,UID EXPUNGE,"})
    void deletionsThatAreNotConfirmedAreAnError(boolean pop3, String command, String answer) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, answer == null ? StoreScript.cut()
                : StoreScript.sayAndCut(answer + "\r\n"))) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            store.delete(1);
            Failure failure = assertThrows(SmtpException.class, store::end).failure();
            assertEquals(Phase.QUIT, failure.phase());
            assertTrue(failure.message().contains("has not confirmed that 1 mail of \"bob\""), failure.message());
            assertFalse(store.usable());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,QUIT", "false,LOGOUT"})
    void aGoodbyeWithoutAnswerIsNoErrorWhereNothingDependsOnIt(boolean pop3, String command) throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.of(pop3, MAIL).on(command, StoreScript.cut())) {
            MailStore store = Opened.open(transports, Opened.settings(pop3, server));
            store.end();
            assertFalse(store.usable());
        }
    }

    @Test
    void aRefusedCommandLeavesTheConnectionAsItWas() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL).on("DELE", StoreScript.say("-ERR not now\r\n"))) {
            MailStore store = Opened.open(transports, Opened.settings(true, server));
            Failure failure = assertThrows(SmtpException.class, () -> store.delete(1)).failure();
            assertEquals(Phase.DELETE, failure.phase());
            assertTrue(failure.message().contains("refused DELE 1") && failure.message().contains("not now"));
            assertEquals(MAIL, Opened.content(store, 1));
        }
    }

    @Test
    void aMailThatVanishedMeanwhileIsNotThere() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL)) {
            MailStore store = Opened.open(transports, Opened.settings(false, server));
            server.on("UID FETCH", StoreScript.say("* 1 EXPUNGE\r\n{tag} OK done\r\n"));
            assertEquals(null, Opened.content(store, 1));
            assertEquals(0, store.count());
        }
    }

    @Test
    void aShortMailMayComeAsAString() throws Exception {
        try (ScriptedMailbox server = ScriptedMailbox.imap(MAIL).on("UID FETCH 10",
                StoreScript.say("* 1 FETCH (BODY[HEADER] \"A: \\\"b\\\"\" UID 10)\r\n{tag} OK\r\n"))) {
            assertEquals("A: \"b\"", Opened.header(Opened.open(transports, Opened.settings(false, server)), 1));
        }
    }

    @Test
    void noMailboxOpensWithoutAPassword() {
        try (ScriptedMailbox server = ScriptedMailbox.pop3(MAIL)) {
            ReceivingSettings settings = Opened.settings(true, server);
            Failure failure = Opened.refusal(transports, settings.withServer(settings.server()
                    .withSecret(dev.mailroom.Secret.none())));
            assertEquals(Phase.AUTH, failure.phase());
        }
    }

    @Test
    void foldersAreWrittenAsImapWritesThem() {
        assertEquals("\"Entw&APw-rfe\"", FolderName.quoted("Entw\u00fcrfe"));
        assertEquals("\"R&-D \\\"x\\\"\"", FolderName.quoted("R&D \"x\""));
        assertEquals("\"&2D3eAA-\"", FolderName.quoted("\ud83d\ude00"));
    }
}
