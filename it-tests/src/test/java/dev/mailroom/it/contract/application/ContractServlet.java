package dev.mailroom.it.contract.application;

import dev.mailroom.facade.MailFacade;
import dev.mailroom.facade.SpoolAdministration;
import dev.mailroom.spool.SpoolException;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/** One thing a request: what it is stands in the parameter {@code do}, how it ended in the answer. */
@WebServlet("/contract")
public class ContractServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient MailFacade mail;
    @EJB
    private transient ManagedTransactions managed;
    @EJB
    private transient SpoolAdministration administration;
    @Inject
    private transient HeardOutcomes outcomes;
    @Resource
    private transient UserTransaction transaction;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        String user = request.getParameter("user");
        String subject = request.getParameter("subject");
        String port = request.getParameter("port");
        String password = request.getParameter("password");
        response.getWriter().print(switch (request.getParameter("do")) {
            case "start" -> Letters.start(mail, user, password, Integer.parseInt(port), false);
            case "start-tls" -> Letters.startTls(mail, user, password, Integer.parseInt(port));
            case "start-asynchronous" -> Letters.start(mail, user, password, Integer.parseInt(port), true);
            case "send" -> Letters.send(mail, user, subject);
            case "html" -> Letters.sendHtml(mail, user, subject);
            case "commit" -> inTransaction(() -> Letters.send(mail, user, subject), true);
            case "rollback" -> inTransaction(() -> Letters.send(mail, user, subject), false);
            case "managed-commit" -> managed.send(user, subject, true);
            case "managed-rollback" -> managed.send(user, subject, false);
            case "status" -> String.valueOf(mail.emailStatus(request.getParameter("id")));
            case "outcomes" -> outcomes.told();
            case "administration" -> administration();
            case "pools" -> pools();
            case "principal" -> request.getUserPrincipal() == null ? "" : request.getUserPrincipal().getName();
            case "threads" -> String.valueOf(threads());
            case "loaders" -> String.valueOf(LoaderTraces.left(request.getParameter("application")));
            default -> throw new IllegalArgumentException(request.getParameter("do"));
        });
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("mailroom")).count();
    }

    private String inTransaction(Supplier<String> work, boolean commit) {
        try {
            transaction.begin();
            String answer = work.get();
            if (commit) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return answer;
        } catch (Exception e) {
            return "false " + e;
        }
    }

    private String administration() {
        try {
            return "allowed " + administration.fill();
        } catch (EJBAccessException e) {
            return "refused";
        } catch (SpoolException e) {
            return "failed " + e;
        }
    }

    private static String pools() {
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("dev.mailroom:type=Pool,*"), null));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
