package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.transport.StoreWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mails that arrive: which wait, reading them as they are, and IDLE (RFC 2177). */
final class ImapArrivals {
    private final ImapStore store;
    private final ImapReading reading;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final StoreWire wire;

    ImapArrivals(ImapStore store, ImapReading reading, ImapCommands commands, StoreDialogue dialogue, StoreWire wire) {
        this.store = store;
        this.reading = reading;
        this.commands = commands;
        this.dialogue = dialogue;
        this.wire = wire;
    }

    List<MessageEntry> pending(boolean unseen) throws SmtpException {
        // Mails that have come are known by it.
        store.count();
        return dialogue.run(Phase.LIST, () -> {
            List<Long> uids = new ArrayList<>();
            Status status = commands.send("UID SEARCH UNDELETED" + (unseen ? " UNSEEN" : ""),
                    store.folder().found(uids));
            if (status != Status.OK) {
                throw dialogue.refusal(Phase.LIST, "UID SEARCH", commands.said(), false);
            }
            return entries(uids);
        });
    }

    private List<MessageEntry> entries(List<Long> uids) throws SmtpException {
        Map<Long, ImapEntry> found = new HashMap<>();
        List<Long> known = uids.stream().distinct().filter(uid -> number(uid) != 0).toList();
        for (String group : ImapMarks.groups(known)) {
            store.fetch(group, found);
        }
        return known.stream().filter(found::containsKey)
                .map(uid -> found.get(uid).at(number(uid), store.folder().identifier(uid)))
                .filter(entry -> entry.number() != 0).sorted(Comparator.comparing(MessageEntry::number)).toList();
    }

    private int number(long uid) {
        int number = store.folder().number(store.folder().identifier(uid));
        return store.there(number) == 0 ? 0 : number;
    }

    Optional<byte[]> peek(int number) throws SmtpException {
        return dialogue.run(Phase.FETCH, () -> reading.peek(number));
    }

    boolean expunge() throws SmtpException {
        return store.can("UIDPLUS") && dialogue.run(Phase.DELETE, () -> store.marks().expungeHere(store.folder()));
    }

    boolean awaitNews(Duration longest) throws SmtpException {
        // What was told with the answer to another command is not told again within IDLE.
        if (store.can("IDLE") && store.folder().hasNews()) {
            return true;
        }
        if (!store.can("IDLE") || !dialogue.run(Phase.LIST, () -> commands.beginIdle(store.folder()::on))) {
            return false;
        }
        long end = System.nanoTime() + longest.toNanos();
        boolean news = store.folder().hasNews();
        while (!news && dialogue.run(Phase.LIST, () -> wire.awaitOctets(Duration.ofNanos(end - System.nanoTime())))) {
            news = dialogue.run(Phase.LIST, () -> commands.idleResponse(store.folder()::on));
        }
        // A channel is closed by what a thread that is interrupted does with it.
        boolean interrupted = Thread.interrupted();
        try {
            dialogue.run(Phase.LIST, () -> commands.endIdle(store.folder()::on));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }
}
