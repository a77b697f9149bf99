package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSessions;
import dev.mailroom.facade.option.EmailReadOption;
import dev.mailroom.facade.option.EmailSeekPart;
import dev.mailroom.reading.FetchedMail;
import dev.mailroom.reading.MailSeek;
import dev.mailroom.reading.MailSnapshot;
import dev.mailroom.receiving.ImapMailbox;
import dev.mailroom.receiving.MailFolder;
import dev.mailroom.receiving.MailSearch;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/** The functions that see a mailbox as a whole: all its mails, those with a text, its folders. */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
abstract class MailboxFunctions extends ReceivingFunctions {
    /** For the container. */
    MailboxFunctions() {
        // Everything is injected.
    }

    MailboxFunctions(CallingPrincipal principal, SmtpSessions sessions, ReceivingSessions mailboxes,
            CallerStates states) {
        super(principal, sessions, mailboxes, states);
    }

    @Override
    public List<Email> emailGetAll(String username, EmailReadOption... options) {
        return perform("EmailGetAll", List.<Email>of(), call -> {
            Set<EmailReadOption> wanted = EnumSet.noneOf(EmailReadOption.class);
            for (EmailReadOption option : Arguments.present("Options", options, "none")) {
                wanted.add(Arguments.present("Options", option, "ERT_HEADER, ERT_FULL, ERT_NOT_READ or"
                        + " ERT_ASYNCHRONOUS"));
            }
            ReceivingSession mailbox = receiving(call, username);
            boolean unread = wanted.contains(EmailReadOption.ERT_NOT_READ);
            if (unread && mailbox.settings().protocol() == MailProtocol.POP3) {
                throw Arguments.bad("the argument <Options> is ERT_NOT_READ, and \"" + mailbox.name() + "\" was opened"
                        + " with POP3, which does not know what was read; use IMAP, or remember"
                        + " Email.getServerIdentifier() of the mails that were read");
            }
            MailSnapshot mails = MailSnapshot.of(mailbox, entry -> !unread || !entry.seen());
            boolean full = wanted.contains(EmailReadOption.ERT_FULL);
            if (wanted.contains(EmailReadOption.ERT_ASYNCHRONOUS)) {
                return Answer.of(new MailsOnAccess(mails, full));
            }
            return Answer.of(emails(mails, 0, mails.size(), full).stream().filter(email -> !email.isOut()).toList());
        }).value();
    }

    /** Those of a range; one that is gone is out. */
    private static List<Email> emails(MailSnapshot mails, int from, int to, boolean full) throws SmtpException {
        List<Email> emails = new ArrayList<>(to - from);
        for (Optional<FetchedMail> header : mails.headers(from, to)) {
            Email email = new Email();
            email.readingEnded(header.isEmpty(), Optional.empty());
            header.ifPresent(mail -> email.received(mail, () -> mails.rest(mail.entry())));
            emails.add(email);
        }
        if (full) {
            for (Email email : emails) {
                readWhole(email);
            }
        }
        return emails;
    }

    /** A mail that is refused, for its size, is there with its header and says so; what ends the session ends all. */
    private static void readWhole(Email email) throws SmtpException {
        try {
            email.getSourceBytes();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SmtpException lost && !lost.failure().reusable()) {
                throw lost;
            }
            email.readingEnded(e.getCause() == null, Optional.ofNullable(e.getCause())
                    .map(why -> Errors.of("EmailGetAll", why)));
        }
    }

    /** A list whose mails are read when they are asked for, some ahead together. Thread-safe. */
    private static final class MailsOnAccess extends AbstractList<Email> implements RandomAccess {
        private static final int TOGETHER = 100;

        private final MailSnapshot mails;
        private final boolean full;
        private final Email[] read;

        MailsOnAccess(MailSnapshot mails, boolean full) {
            this.mails = mails;
            this.full = full;
            this.read = new Email[mails.size()];
        }

        @Override
        public synchronized Email get(int index) {
            if (read[index] == null) {
                int from = full ? index : index - index % TOGETHER;
                int to = full ? index + 1 : Math.min(read.length, from + TOGETHER);
                try {
                    List<Email> some = emails(mails, from, to, full);
                    for (int i = from; i < to; i++) {
                        read[i] = read[i] == null ? some.get(i - from) : read[i];
                    }
                } catch (SmtpException e) {
                    throw new IllegalStateException("the mail cannot be read: " + e.getMessage(), e);
                }
            }
            return read[index];
        }

        @Override
        public int size() {
            return read.length;
        }
    }

    @Override
    public boolean emailSeekFirst(String username, Email email, EmailSeekPart part, String text) {
        return into("EmailSeekFirst", email, call -> {
            Arguments.present("Part", part, "one of EmailSeekPart");
            ReceivingSession mailbox = receiving(call, username);
            MailSearch search = new MailSearch(part.where(), Arguments.present("Text", text, "the text to look for"));
            call.state().seeks().put(mailbox.id(), MailSeek.of(mailbox, search));
            return call.state().seeks().get(mailbox.id()).orElseThrow().next();
        });
    }

    @Override
    public boolean emailSeekNext(String username, Email email) {
        return into("EmailSeekNext", email, call -> {
            ReceivingSession mailbox = receiving(call, username);
            return call.state().seeks().get(mailbox.id()).orElseThrow(() -> Arguments.bad("nothing was looked for in"
                    + " \"" + mailbox.name() + "\" before; call emailSeekFirst")).next();
        });
    }

    @Override
    public List<MailFolder> folders(String username) {
        return perform("folders", List.<MailFolder>of(), call ->
                Answer.of(receiving(call, username).imap(ImapMailbox::folders))).value();
    }

    @Override
    public boolean openFolder(String username, String folder) {
        return inFolder("openFolder", username, folder, mailbox -> {
            mailbox.imap(imap -> {
                imap.open(folder);
                return true;
            });
            mailbox.position(0);
            return true;
        });
    }

    @Override
    public boolean createFolder(String username, String folder) {
        return inFolder("createFolder", username, folder, mailbox -> mailbox.imap(imap -> {
            imap.create(folder);
            return true;
        }));
    }

    @Override
    public boolean renameFolder(String username, String folder, String name) {
        return inFolder("renameFolder", username, folder, mailbox -> {
            Arguments.folder("Name", name);
            return mailbox.imap(imap -> {
                imap.rename(folder, name);
                return true;
            });
        });
    }

    @Override
    public boolean deleteFolder(String username, String folder) {
        return inFolder("deleteFolder", username, folder, mailbox -> mailbox.imap(imap -> {
            imap.delete(folder);
            return true;
        }));
    }

    @Override
    public boolean moveMessage(String username, int number, String folder) {
        return inFolder("moveMessage", username, folder,
                mailbox -> mailbox.imap(imap -> imap.move(number, folder)));
    }

    @Override
    public boolean copyMessage(String username, int number, String folder) {
        return inFolder("copyMessage", username, folder,
                mailbox -> mailbox.imap(imap -> imap.copy(number, folder)));
    }

    @Override
    public Set<String> flags(String username, int number) {
        return perform("flags", Set.<String>of(), call ->
                Answer.of(receiving(call, username).imap(imap -> imap.flags(number)).orElse(Set.of()))).value();
    }

    @Override
    public boolean addFlags(String username, int number, String... flags) {
        return flag("addFlags", username, number, true, flags);
    }

    @Override
    public boolean removeFlags(String username, int number, String... flags) {
        return flag("removeFlags", username, number, false, flags);
    }

    private boolean flag(String name, String username, int number, boolean on, String... flags) {
        return perform(name, false, call -> {
            Set<String> checked = Arguments.flags(flags);
            return Answer.of(receiving(call, username).imap(imap -> imap.flag(number, checked, on)));
        }).value();
    }

    @Override
    public boolean append(String username, String folder, Email email, String... flags) {
        return inFolder("append", username, folder, mailbox -> {
            Arguments.email(email, new EmailSendOption[0]);
            Set<String> checked = Arguments.flags(flags);
            if (email.getSourceBytes().length == 0) {
                build(email);
            }
            byte[] source = email.getSourceBytes();
            return mailbox.imap(imap -> {
                imap.append(folder, source, checked);
                return true;
            });
        });
    }

    /** Fills the source of an Email. */
    abstract void build(Email email) throws MailFunctionException;

    /** What is done with a mailbox. */
    private interface FolderAction {
        boolean on(ReceivingSession mailbox) throws SmtpException, MailFunctionException;
    }

    private boolean inFolder(String name, String username, String folder, FolderAction action) {
        return perform(name, false, call -> {
            Arguments.folder("Folder", folder);
            ReceivingSession mailbox = receiving(call, username);
            synchronized (mailbox) {
                return Answer.of(action.on(mailbox));
            }
        }).value();
    }
}
