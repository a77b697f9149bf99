package dev.mailroom.console.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Keeps an answer from a client that has hung up within its request: nobody would read it, and the server writes a
 * stack trace for each write to a connection that is gone.
 */
@WebFilter("/api/*")
public class BrokenOffFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String GONE = BrokenOffFilter.class.getName();

    /** The client of this request is gone. */
    static void gone(ServletRequest request) {
        request.setAttribute(GONE, true);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new AnswerToNobody(request, response));
    }

    /** An answer that goes nowhere once the client is gone. */
    private static final class AnswerToNobody extends HttpServletResponseWrapper {
        private final HttpServletRequest request;

        AnswerToNobody(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        private boolean isGone() {
            return request.getAttribute(GONE) != null;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return isGone() ? new Nowhere() : super.getOutputStream();
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!isGone()) {
                super.flushBuffer();
            }
        }
    }

    /** Writes nothing. */
    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int octet) {
            // Nobody is there.
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the request is not asynchronous");
        }
    }
}
