package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Is made while the application starts; serves requests afterwards. */
@WebServlet(urlPatterns = "/request", loadOnStartup = 1)
public class StartServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient MailFacade mail;
    @Inject
    private transient Settings settings;

    @Override
    public void init() {
        settings.set(mail, "servlet's init", 19);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        settings.set(mail, "servlet request", 34);
    }
}
