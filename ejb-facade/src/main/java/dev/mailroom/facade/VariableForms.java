package dev.mailroom.facade;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

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
}
