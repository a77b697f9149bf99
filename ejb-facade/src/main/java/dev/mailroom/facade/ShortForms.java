package dev.mailroom.facade;

import static dev.mailroom.facade.EmailMode.EMAIL_ASYNCHRONOUS;
import static dev.mailroom.facade.EmailMode.EMAIL_SYNCHRONOUS;
import static dev.mailroom.facade.EmailOption.EMAIL_OPTION_DEFAULT;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.facade.option.EmailAddressLevel;
import dev.mailroom.facade.option.EmailAddressResult;
import dev.mailroom.facade.option.EmailSeekPart;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.file.Path;
import java.time.Duration;

/** The functions with arguments left out, as WLanguage allows: each calls the form that has them all. */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
abstract class ShortForms implements MailFacade {
    private static final int DEFAULT_PORT = 25;

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer) {
        return emailStartSMTPSession(username, null, smtpServer, DEFAULT_PORT);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String password, String smtpServer) {
        return emailStartSMTPSession(username, password, smtpServer, DEFAULT_PORT);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer, int port) {
        return emailStartSMTPSession(username, null, smtpServer, port);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String password, String smtpServer, int port) {
        return emailStartSMTPSession(username, password, smtpServer, port, EMAIL_SYNCHRONOUS);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer, int port, EmailMode mode) {
        return emailStartSMTPSession(username, null, smtpServer, port, mode);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, EmailMode mode) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode, EMAIL_OPTION_DEFAULT);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String smtpServer, int port, EmailMode mode, EmailOption option) {
        return emailStartSMTPSession(username, null, smtpServer, port, mode, option);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer, int port, boolean asynchronous) {
        return emailStartSMTPSession(username, null, smtpServer, port, asynchronous);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, boolean asynchronous) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode(asynchronous));
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String smtpServer, int port, boolean asynchronous, EmailOption option) {
        return emailStartSMTPSession(username, null, smtpServer, port, asynchronous, option);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, boolean asynchronous, EmailOption option) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode(asynchronous), option);
    }

    static EmailMode mode(boolean asynchronous) {
        return asynchronous ? EMAIL_ASYNCHRONOUS : EMAIL_SYNCHRONOUS;
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSendMessage(String username) {
        return emailSendMessage(username, email());
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSendMessage(String username, Email email) {
        return emailSendMessage(username, email, new EmailSendOption[0]);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSendMessage(EmailSMTPSession session) {
        return emailSendMessage(session, email());
    }

    @Override
    public boolean emailBuildSource() {
        return emailBuildSource(email());
    }

    @Override
    public boolean emailStartPOP3Session(String username, String password, String pop3Server) {
        return emailStartPOP3Session(username, password, pop3Server, MailProtocol.POP3.plainPort());
    }

    @Override
    public boolean emailStartPOP3Session(String username, String password, String pop3Server, int port) {
        return emailStartPOP3Session(username, password, pop3Server, port, EMAIL_OPTION_DEFAULT);
    }

    @Override
    public boolean emailStartSession(String username, String password, String pop3Server) {
        return emailStartSession(username, password, pop3Server, pop3Server);
    }

    @Override
    public boolean emailStartSession(String username, String password, String pop3Server, String smtpServer) {
        return emailStartSession(username, password, pop3Server, smtpServer, MailProtocol.POP3.plainPort());
    }

    @Override
    public boolean emailStartSession(
            String username, String password, String pop3Server, String smtpServer, int pop3Port) {
        return emailStartSession(username, password, pop3Server, smtpServer, pop3Port, DEFAULT_PORT);
    }

    @Override
    public boolean emailStartSession(
            String username, String password, String pop3Server, String smtpServer, int pop3Port, int smtpPort) {
        return emailStartSession(username, password, pop3Server, smtpServer, pop3Port, smtpPort, EMAIL_SYNCHRONOUS);
    }

    @Override
    public boolean emailStartIMAPSession(String username, String password, String imapServer) {
        return emailStartIMAPSession(username, password, imapServer, MailProtocol.IMAP.plainPort());
    }

    @Override
    public boolean emailStartIMAPSession(String username, String password, String imapServer, int port) {
        return emailStartIMAPSession(username, password, imapServer, port, EMAIL_OPTION_DEFAULT);
    }

    @Override
    public boolean emailReadMessage(String username, int number) {
        return emailReadMessage(username, email(), number);
    }

    @Override
    public boolean emailReadMessageHeader(String username, int number) {
        return emailReadMessageHeader(username, email(), number);
    }

    @Override
    public boolean emailReadFirst(String username) {
        return emailReadFirst(username, email());
    }

    @Override
    public boolean emailReadNext(String username) {
        return emailReadNext(username, email());
    }

    @Override
    public boolean emailReadPrevious(String username) {
        return emailReadPrevious(username, email());
    }

    @Override
    public boolean emailReadLast(String username) {
        return emailReadLast(username, email());
    }

    @Override
    public boolean emailReadFirstHeader(String username) {
        return emailReadFirstHeader(username, email());
    }

    @Override
    public boolean emailReadNextHeader(String username) {
        return emailReadNextHeader(username, email());
    }

    @Override
    public boolean emailReadPreviousHeader(String username) {
        return emailReadPreviousHeader(username, email());
    }

    @Override
    public boolean emailReadLastHeader(String username) {
        return emailReadLastHeader(username, email());
    }

    @Override
    public boolean emailSeekFirst(String username, EmailSeekPart part, String text) {
        return emailSeekFirst(username, email(), part, text);
    }

    @Override
    public boolean emailSeekNext(String username) {
        return emailSeekNext(username, email());
    }

    @Override
    public boolean emailImportHTML(String html, Path directory) {
        return emailImportHTML(email(), html, directory);
    }

    @Override
    public EmailAddressResult emailCheckAddress(String address) {
        return emailCheckAddress(address, EmailAddressLevel.EMAIL_VALIDATE_SYNTAX);
    }

    @Override
    public boolean emailImportSource() {
        return emailImportSource(email());
    }

    @Override
    public boolean emailSetTimeOut(int seconds) {
        return emailSetTimeOut(Duration.ofSeconds(seconds));
    }

    @Override
    public boolean errorOccurred() {
        return lastError().isPresent();
    }

    @Override
    public String errorInfo() {
        return errorInfo(ErrorInfoPart.ERR_MESSAGE);
    }

    @Override
    public String errorInfo(ErrorInfoPart part) {
        return lastError().map(error -> error.info(part == null ? ErrorInfoPart.ERR_MESSAGE : part)).orElse("");
    }
}
