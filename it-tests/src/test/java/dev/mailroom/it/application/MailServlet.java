package dev.mailroom.it.application;

import dev.mailroom.facade.MailFacade;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A servlet that mails; finds the facade as an EJB. */
@WebServlet("/servlet")
public class MailServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @EJB
    private transient MailFacade mail;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String program = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(new MailProgram(mail).run(program));
    }
}
