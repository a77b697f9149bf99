package dev.mailroom.benchmark.inside;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.mailroom.PoolRow;
import dev.mailroom.SmtpPool;
import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * An application that mails. Each request is one sender, on the thread and in the contexts that the server gave it, as
 * requests of real applications are.
 */
@WebServlet({"/open", "/send", "/shut", "/cpu"})
public class SenderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Inject
    private transient MailFacade mail;
    @Inject
    private transient SmtpPool pool;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String session = Target.USER + request.getParameter("sender");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(switch (request.getServletPath()) {
            case "/open" -> require(mail.emailStartSMTPSession(
                    session, Target.HOST, Integer.parseInt(request.getParameter("port"))));
            case "/send" -> send(session, Scenario.parse(request.getParameter("scenario")),
                    Integer.parseInt(request.getParameter("mails"))).line();
            case "/shut" -> {
                mail.emailCloseSession(session);
                pool.flush(PoolRow.TOTAL);
                yield require(!mail.errorOccurred());
            }
            default -> SYSTEM.getProcessCpuTime();
        });
    }

    private Share send(String session, Scenario scenario, int mails) throws IOException {
        List<String> recipients = BenchmarkMails.to(scenario);
        String text = BenchmarkMails.text(scenario);
        long allocated = allocated();
        long begin = System.nanoTime();
        for (int i = 0; i < mails; i++) {
            Email email = new Email();
            email.setSender(BenchmarkMails.FROM_NAMED);
            email.getRecipient().addAll(recipients);
            email.setSubject(BenchmarkMails.subject(i));
            email.setMessage(text);
            email.setPartialSend(scenario.partial());
            require(mail.emailSendMessage(session, email));
        }
        return new Share(begin, System.nanoTime(), allocated() - allocated);
    }

    private String require(boolean done) throws IOException {
        if (!done) {
            throw new IOException(mail.errorInfo());
        }
        return "done";
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
