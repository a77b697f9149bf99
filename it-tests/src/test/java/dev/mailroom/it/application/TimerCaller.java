package dev.mailroom.it.application;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** An EJB that mails when its timer goes off, which is at once. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class TimerCaller {
    private record Errand(String program, CompletableFuture<String> answer) {
    }

    private final Map<UUID, Errand> errands = new ConcurrentHashMap<>();

    @Inject
    private MailFacade mail;

    @Resource
    private TimerService timers;

    /** Runs the program on a thread of the timer service. */
    public Future<String> run(String program) {
        UUID id = UUID.randomUUID();
        CompletableFuture<String> answer = new CompletableFuture<>();
        errands.put(id, new Errand(program, answer));
        timers.createSingleActionTimer(0, new TimerConfig(id, false));
        return answer;
    }

    @Timeout
    void goOff(Timer timer) {
        Errand errand = errands.remove((UUID) timer.getInfo());
        try {
            errand.answer().complete(new MailProgram(mail).run(errand.program()));
        } catch (RuntimeException e) {
            errand.answer().completeExceptionally(e);
        }
    }
}
