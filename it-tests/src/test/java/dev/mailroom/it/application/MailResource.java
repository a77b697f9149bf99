package dev.mailroom.it.application;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A REST resource that mails itself, and lets every other kind of caller mail. */
@Path("/")
@RequestScoped
public class MailResource {
    private static final int PATIENCE_SECONDS = 60;

    @Inject
    private MailFacade mail;

    @EJB
    private MailFacade ejb;

    @Inject
    private AsynchronousCaller asynchronous;

    @Inject
    private TimerCaller timer;

    @Resource
    private ManagedExecutorService executor;

    /** Within the request. */
    @POST
    @Path("request")
    public String request(String program) {
        return new MailProgram(mail).run(program);
    }

    /** Within the request, by the facade as an EJB. */
    @POST
    @Path("ejb")
    public String ejb(String program) {
        return new MailProgram(ejb).run(program);
    }

    /** In an asynchronous method of an EJB. */
    @POST
    @Path("asynchronous")
    public String asynchronous(String program) throws Exception {
        return result(asynchronous.run(program));
    }

    /** In the timeout method of an EJB timer. */
    @POST
    @Path("timer")
    public String timer(String program) throws Exception {
        return result(timer.run(program));
    }

    /** On a thread of the server's managed executor. */
    @POST
    @Path("managed")
    public String managed(String program) throws Exception {
        return result(executor.submit(() -> new MailProgram(mail).run(program)));
    }

    /** On a thread that the server knows nothing of. */
    @POST
    @Path("plain")
    public String plain(String program) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(new MailProgram(mail).run(program));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }, "plain");
        thread.setContextClassLoader(loader);
        thread.start();
        return result(answer);
    }

    private static String result(Future<String> answer) throws Exception {
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
