package dev.mailroom.facade;

import dev.mailroom.facade.option.EmailReadOption;
import dev.mailroom.facade.option.EmailSeekPart;
import dev.mailroom.receiving.MailFolder;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Set;

/** The functions with a variable in the place of a session's name: each calls the form with the name. */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
abstract class VariableForms extends ShortForms {    @Override
    public int emailMessageCount(EmailReceivingSession session) {
        return emailMessageCount(EmailReceivingSession.key(session));
    }

    @Override
    public long emailMessageSize(EmailReceivingSession session, int number) {
        return emailMessageSize(EmailReceivingSession.key(session), number);
    }

    @Override
    public boolean emailReadMessage(EmailReceivingSession session, int number) {
        return emailReadMessage(EmailReceivingSession.key(session), number);
    }

    @Override
    public boolean emailReadMessage(EmailReceivingSession session, Email email, int number) {
        return emailReadMessage(EmailReceivingSession.key(session), email, number);
    }

    @Override
    public boolean emailReadMessageHeader(EmailReceivingSession session, int number) {
        return emailReadMessageHeader(EmailReceivingSession.key(session), number);
    }

    @Override
    public boolean emailReadMessageHeader(EmailReceivingSession session, Email email, int number) {
        return emailReadMessageHeader(EmailReceivingSession.key(session), email, number);
    }

    @Override
    public boolean emailReadFirst(EmailReceivingSession session) {
        return emailReadFirst(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadFirst(EmailReceivingSession session, Email email) {
        return emailReadFirst(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadNext(EmailReceivingSession session) {
        return emailReadNext(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadNext(EmailReceivingSession session, Email email) {
        return emailReadNext(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadPrevious(EmailReceivingSession session) {
        return emailReadPrevious(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadPrevious(EmailReceivingSession session, Email email) {
        return emailReadPrevious(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadLast(EmailReceivingSession session) {
        return emailReadLast(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadLast(EmailReceivingSession session, Email email) {
        return emailReadLast(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadFirstHeader(EmailReceivingSession session) {
        return emailReadFirstHeader(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadFirstHeader(EmailReceivingSession session, Email email) {
        return emailReadFirstHeader(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadNextHeader(EmailReceivingSession session) {
        return emailReadNextHeader(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadNextHeader(EmailReceivingSession session, Email email) {
        return emailReadNextHeader(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadPreviousHeader(EmailReceivingSession session) {
        return emailReadPreviousHeader(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadPreviousHeader(EmailReceivingSession session, Email email) {
        return emailReadPreviousHeader(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailReadLastHeader(EmailReceivingSession session) {
        return emailReadLastHeader(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailReadLastHeader(EmailReceivingSession session, Email email) {
        return emailReadLastHeader(EmailReceivingSession.key(session), email);
    }

    @Override
    public boolean emailDeleteMessage(EmailReceivingSession session) {
        return emailDeleteMessage(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailDeleteMessage(EmailReceivingSession session, int number) {
        return emailDeleteMessage(EmailReceivingSession.key(session), number);
    }

    @Override
    public List<Email> emailGetAll(EmailReceivingSession session, EmailReadOption... options) {
        return emailGetAll(EmailReceivingSession.key(session), options);
    }

    @Override
    public boolean emailSeekFirst(EmailReceivingSession session, EmailSeekPart part, String text) {
        return emailSeekFirst(EmailReceivingSession.key(session), part, text);
    }

    @Override
    public boolean emailSeekFirst(EmailReceivingSession session, Email email, EmailSeekPart part, String text) {
        return emailSeekFirst(EmailReceivingSession.key(session), email, part, text);
    }

    @Override
    public boolean emailSeekNext(EmailReceivingSession session) {
        return emailSeekNext(EmailReceivingSession.key(session));
    }

    @Override
    public boolean emailSeekNext(EmailReceivingSession session, Email email) {
        return emailSeekNext(EmailReceivingSession.key(session), email);
    }

    @Override
    public List<MailFolder> folders(EmailReceivingSession session) {
        return folders(EmailReceivingSession.key(session));
    }

    @Override
    public boolean openFolder(EmailReceivingSession session, String folder) {
        return openFolder(EmailReceivingSession.key(session), folder);
    }

    @Override
    public boolean createFolder(EmailReceivingSession session, String folder) {
        return createFolder(EmailReceivingSession.key(session), folder);
    }

    @Override
    public boolean renameFolder(EmailReceivingSession session, String folder, String name) {
        return renameFolder(EmailReceivingSession.key(session), folder, name);
    }

    @Override
    public boolean deleteFolder(EmailReceivingSession session, String folder) {
        return deleteFolder(EmailReceivingSession.key(session), folder);
    }

    @Override
    public boolean moveMessage(EmailReceivingSession session, int number, String folder) {
        return moveMessage(EmailReceivingSession.key(session), number, folder);
    }

    @Override
    public boolean copyMessage(EmailReceivingSession session, int number, String folder) {
        return copyMessage(EmailReceivingSession.key(session), number, folder);
    }

    @Override
    public Set<String> flags(EmailReceivingSession session, int number) {
        return flags(EmailReceivingSession.key(session), number);
    }

    @Override
    public boolean addFlags(EmailReceivingSession session, int number, String... flags) {
        return addFlags(EmailReceivingSession.key(session), number, flags);
    }

    @Override
    public boolean removeFlags(EmailReceivingSession session, int number, String... flags) {
        return removeFlags(EmailReceivingSession.key(session), number, flags);
    }

    @Override
    public boolean append(EmailReceivingSession session, String folder, Email email, String... flags) {
        return append(EmailReceivingSession.key(session), folder, email, flags);
    }
}
