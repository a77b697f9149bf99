package dev.mailroom.arrival;

import dev.mailroom.receiving.SetAsideMail;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers as long as the process lives; for one server alone. */
public final class MemoryDeliveries implements DeliveryStore {
    private final Map<Key, Note> notes = new ConcurrentHashMap<>();

    private record Key(String mailbox, String identifier) {
    }

    private record Note(SetAsideMail mail, boolean aside) {
    }

    @Override
    public Duration lease() {
        return Duration.ofDays(1);
    }

    @Override
    public boolean take(String mailbox) {
        return true;
    }

    @Override
    public void giveBack(String mailbox) {
        // Nobody else waits for it.
    }

    @Override
    public void giveAllBack() {
        // Nobody holds any.
    }

    @Override
    public int begin(String mailbox, String identifier) {
        return notes.compute(new Key(mailbox, identifier), (key, note) -> note == null
                ? new Note(new SetAsideMail(identifier, 1, ""), false)
                : new Note(new SetAsideMail(identifier, note.mail.deliveries() + 1, note.mail.error()), false))
                .mail.deliveries();
    }

    @Override
    public void failed(String mailbox, String identifier, String error) {
        notes.computeIfPresent(new Key(mailbox, identifier), (key, note) ->
                new Note(new SetAsideMail(identifier, note.mail.deliveries(), error), note.aside));
    }

    @Override
    public void setAside(String mailbox, SetAsideMail mail) {
        notes.put(new Key(mailbox, mail.identifier()), new Note(mail, true));
    }

    @Override
    public List<SetAsideMail> setAside(String mailbox) {
        return notes.entrySet().stream().filter(one -> one.getKey().mailbox.equals(mailbox) && one.getValue().aside)
                .map(one -> one.getValue().mail).toList();
    }

    @Override
    public boolean forget(String mailbox, String identifier) {
        return notes.remove(new Key(mailbox, identifier)) != null;
    }

    @Override
    public void keepOnly(String mailbox, Collection<String> identifiers) {
        notes.keySet().removeIf(key -> key.mailbox.equals(mailbox) && !identifiers.contains(key.identifier));
    }
}
