package dev.mailroom.listening;

import dev.mailroom.configuration.NearestName;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.NamedMailboxes;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds the listeners, and what is wrong with the mailboxes that they name. Thread-safe. */
public class ListenerBeans implements Extension {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");

    /** By mailbox. Whichever archive a bean is in: a library does not see the beans of all. */
    private final Map<String, List<Bean<?>>> listeners = new ConcurrentSkipListMap<>();

    /** For the container. */
    public ListenerBeans() {
        // Nothing is known yet.
    }

    /** The mailboxes that have a listener, by name. */
    Set<String> mailboxes() {
        return Set.copyOf(listeners.keySet());
    }

    /** The listener of a mailbox that has one. */
    MailListener listener(String mailbox, BeanManager beans) {
        Bean<?> bean = listeners.get(mailbox).get(0);
        return (MailListener) beans.getReference(bean, MailListener.class, beans.createCreationalContext(bean));
    }

    /** Called by the container for each bean. */
    public void found(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (bean.getTypes().contains(MailListener.class)) {
            Optional<String> mailbox = mailbox(bean.getQualifiers());
            if (mailbox.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "MR0851 " + bean.getBeanClass().getName() + " is a MailListener"
                        + " and names no mailbox, so that it gets no mails: add @FromMailbox(\"<name>\")");
            }
            mailbox.ifPresent(name -> listeners.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>()).add(bean));
        }
    }

    /** What is wrong with their mailboxes. */
    List<String> problems(NamedMailboxes configured) {
        return listeners.entrySet().stream()
                .flatMap(one -> problem(one.getKey(), one.getValue(), configured).stream()).toList();
    }

    private static Optional<String> mailbox(Set<Annotation> qualifiers) {
        return qualifiers.stream().filter(FromMailbox.class::isInstance).map(FromMailbox.class::cast)
                .map(FromMailbox::value).findFirst();
    }

    private static Optional<String> problem(String name, List<Bean<?>> listeners, NamedMailboxes configured) {
        List<String> classes = listeners.stream().map(bean -> bean.getBeanClass().getName()).sorted().toList();
        if (configured.find(name).isEmpty()) {
            List<String> names = configured.all().stream().map(NamedMailbox::name).toList();
            return Optional.of(classes.get(0) + " listens to the mailbox \"" + name + "\", which is not configured:"
                    + " mailroom.mailbox." + name + ".server is missing" + NearestName.to(name, names,
                            Math.max(2, name.length() / 3)).map(near -> "; did you mean \"" + near + "\"?")
                            .orElse(""));
        }
        if (configured.bounces().containsKey(name)) {
            return Optional.of(classes.get(0) + " listens to the mailbox \"" + name + "\", which a session has for its"
                    + " delivery reports (mailroom.session.<name>.bounces): observe MailBounced, or use another"
                    + " mailbox");
        }
        return classes.size() == 1 ? Optional.empty() : Optional.of(String.join(" and ", classes)
                + " listen to the mailbox \"" + name + "\": a mailbox has one listener, which may tell others");
    }
}
