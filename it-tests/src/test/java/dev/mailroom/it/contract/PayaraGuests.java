package dev.mailroom.it.contract;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** Payara Micro takes applications while it runs from within only: command, name and file, one a line. */
@WebServlet("/guests")
public class PayaraGuests extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> words = request.getReader().lines().toList();
        PayaraMicroRuntime server = PayaraMicro.getInstance().getRuntime();
        if (words.get(0).equals("deploy")) {
            server.deploy(words.get(1), words.get(1), new File(words.get(2)));
        } else {
            server.undeploy(words.get(1));
        }
    }
}
