package dev.mailroom.stress;

import dev.mailroom.Delivery;
import dev.mailroom.testing.ReceivedMail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What callers were answered for each mail, compared with what the server has. */
final class AnswerCheck {
    private final Map<String, Delivery> answers = new ConcurrentHashMap<>();

    void answered(String mail, Delivery delivery) {
        if (answers.put(mail, delivery) != null) {
            throw new IllegalStateException(mail + " was answered twice");
        }
    }

    long count(Delivery delivery) {
        return answers.values().stream().filter(delivery::equals).count();
    }

    int size() {
        return answers.size();
    }

    /** Every breach of a promise; empty if all were kept. */
    List<String> breaches(List<ReceivedMail> accepted) {
        List<String> breaches = new ArrayList<>();
        Map<String, Integer> copies = new HashMap<>();
        for (ReceivedMail mail : accepted) {
            String text = mail.text().strip();
            copies.merge(text, 1, Integer::sum);
            String session = text.substring(0, text.indexOf('/'));
            if (!mail.user().equals(session) || !mail.reversePath().equals(session + "@example.org")) {
                breaches.add("mail " + text + " came over a connection of " + mail.user() + ", from "
                        + mail.reversePath());
            }
        }
        copies.forEach((mail, number) -> {
            Delivery answer = answers.get(mail);
            if (number > 1) {
                breaches.add(mail + ", answered " + answer + ", was accepted " + number + " times");
            }
            if (answer != Delivery.SENT && answer != Delivery.IN_DOUBT) {
                breaches.add(mail + ", answered " + answer + ", was accepted");
            }
        });
        answers.forEach((mail, answer) -> {
            if (answer == Delivery.SENT && !copies.containsKey(mail)) {
                breaches.add(mail + " was answered true and is lost");
            }
        });
        return breaches;
    }
}
