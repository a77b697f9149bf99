package dev.mailroom.it.inside;

import dev.mailroom.it.application.LoaderTrace;
import dev.mailroom.it.server.Application;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;

/** An application that comes and goes while the server stays. Its WAR lies in the class path of the host. */
public final class Guest {
    private final PayaraMicroRuntime runtime = PayaraMicro.getInstance().getRuntime();
    private final String name;

    /** The application with the context path of that name. */
    public Guest(String name) {
        this.name = name;
    }

    /** Whether it is there then; the server does not say. */
    public boolean deploy() {
        try (InputStream war = Guest.class.getResourceAsStream("/" + name + ".war")) {
            runtime.deploy(name, name, war);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (InputStream answer = new URL(address() + "/alive").openStream()) {
            return answer.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String address() {
        return "http://127.0.0.1:" + runtime.getLocalDescriptor().getHttpPorts().get(0) + "/" + name;
    }

    /** How to talk to it. */
    public Application application() {
        try {
            return new Application(new URL(address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class loader of its latest deployment. */
    public WeakReference<?> loader() {
        return (WeakReference<?>) System.getProperties().get(LoaderTrace.key(name));
    }

    /** Ends it. */
    public void undeploy() {
        runtime.undeploy(name);
    }
}
