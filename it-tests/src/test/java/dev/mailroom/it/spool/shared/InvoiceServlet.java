package dev.mailroom.it.spool.shared;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** Writes invoices into the database that is the spool's too, and mails them, in one transaction. */
@WebServlet("/invoice")
public class InvoiceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient MailFacade mail;
    @Resource
    private transient UserTransaction transaction;
    @Resource(lookup = "java:app/jdbc/shared")
    private transient DataSource database;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        try {
            if (request.getParameter("to") != null) {
                write(request.getParameter("user"), request.getParameter("to"),
                        request.getParameter("end").equals("commit"));
            }
            response.getWriter().print(invoices());
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void write(String user, String to, boolean commit) throws Exception {
        execute("create table if not exists invoice (recipient varchar(100) primary key)");
        transaction.begin();
        execute("insert into invoice values ('" + to + "')");
        Email email = new Email();
        email.setSender("jack@example.org");
        email.getRecipient().add(to);
        email.setMessage("Two pails of water.");
        if (!mail.emailSendMessage(user, email)) {
            throw new IllegalStateException(mail.errorInfo());
        }
        if (commit) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
    }

    private void execute(String sql) throws Exception {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String invoices() throws Exception {
        var all = new StringJoiner(",");
        try (var connection = database.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select recipient from invoice order by recipient")) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all.toString();
    }
}
