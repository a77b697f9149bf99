package dev.mailroom.console.rest;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Reads a request's body: bounded, in UTF-8 (RFC 8259, section 8.1), and a JSON object. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonDocumentReader implements MessageBodyReader<JsonDocument> {
    private static final Logger LOG = System.getLogger("dev.mailroom.console.rest");
    private static final int BLOCK = 64 * 1024;

    @Inject
    private ConsoleSettings settings;
    @Inject
    private RequestOctets octets;
    @Inject
    private HttpServletRequest request;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == JsonDocument.class;
    }

    @Override
    public JsonDocument readFrom(Class<JsonDocument> type, Type generic, Annotation[] annotations, MediaType media,
            MultivaluedMap<String, String> headers, InputStream body) {
        String charset = media.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8");
        if (!charset.equalsIgnoreCase("UTF-8")) {
            throw ProblemException.badInput("The request's charset must be UTF-8, the only one of JSON.");
        }
        try {
            return new JsonDocument(JsonReading.of(
                    read(body, length(headers.getFirst(HttpHeaders.CONTENT_LENGTH)), settings.maxRequest(),
                            octets::atLeast)));
        } catch (IOException e) {
            LOG.log(Level.INFO, "MR0605 a request ended before its end: its client went away, or was silent for "
                    + "too long; nothing was done");
            if (!isSilence(e)) {
                BrokenOffFilter.gone(request);
            }
            throw ProblemException.badInput("The request ended before its end.");
        }
    }

    /** Whether the client is still there, and may read an answer. */
    private static boolean isSilence(Throwable thrown) {
        return thrown instanceof TimeoutException || thrown instanceof SocketTimeoutException
                || thrown.getCause() != null && isSilence(thrown.getCause());
    }

    /** The length that the client announced; 0 = none. */
    private static long length(String said) {
        return said != null && said.matches("\\d{1,18}") ? Long.parseLong(said) : 0;
    }

    /**
     * Reads all of it.
     *
     * @param said the length if it is known
     * @param room is asked for memory before so many octets are held
     * @throws IOException when the request ends before its end
     */
    static byte[] read(InputStream body, long said, int most, LongConsumer room) throws IOException {
        try {
            return readWithin(body, said, most, room);
        } catch (ProblemException e) {
            discard(body, most);
            throw e;
        }
    }

    /** A client that is still sending would not see the answer: the server closes a connection with unread octets. */
    private static void discard(InputStream body, int most) {
        byte[] block = new byte[BLOCK];
        try {
            int n = body.read(block);
            for (long left = most; n >= 0 && left > 0; left -= n) {
                n = body.read(block);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away while it was refused", e);
        }
    }

    private static byte[] readWithin(InputStream body, long said, int most, LongConsumer room) throws IOException {
        if (said > most) {
            throw tooLong(most);
        }
        room.accept(said);
        ByteArrayOutputStream whole = new ByteArrayOutputStream((int) Math.max(said, BLOCK));
        byte[] block = new byte[BLOCK];
        for (int n = body.read(block); n >= 0; n = body.read(block)) {
            if (whole.size() + n > most) {
                throw tooLong(most);
            }
            room.accept(whole.size() + n);
            whole.write(block, 0, n);
        }
        return whole.toByteArray();
    }

    private static ProblemException tooLong(int most) {
        return new ProblemException(new Problem(413, "The request is longer than " + most
                + " bytes, the limit that mailroom.console.max-request sets."));
    }
}
