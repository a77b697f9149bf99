package dev.mailroom.console.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers the errors that the container finds before or outside of the API, with the same problems. */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer number && number >= 400 ? number : 404;
        response.setStatus(status);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(new Problem(status, detail(status)).toJson());
    }

    private static String detail(int status) {
        return switch (status) {
            case 401 -> "The console asks for its user and password (HTTP Basic). The password is the one in "
                    + "mailroom.console.password, else the one that the server showed when it started.";
            case 403 -> "This is not allowed.";
            case 404 -> "There is nothing here.";
            case 405 -> "This is not possible here.";
            case 429 -> "Too many wrong passwords came from this address; try again in a moment.";
            default -> "The request could not be answered; the server's log may tell more.";
        };
    }
}
