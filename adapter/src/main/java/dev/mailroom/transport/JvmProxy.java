package dev.mailroom.transport;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

/**
 * The proxy that the JVM's system properties set for sockets ({@code socksProxyHost} and its companions), which
 * channels ignore. A session's own comes first.
 */
final class JvmProxy {
    private JvmProxy() {
    }

    /**
     * @throws SmtpException when the properties cannot be understood: connecting without the proxy might break a rule
     * of the network
     */
    static ProxySettings of(SmtpSettings settings) throws SmtpException {
        if (settings.proxy().kind() != ProxySettings.Protocol.NONE) {
            return settings.proxy();
        }
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return ProxySettings.NONE;
        }
        String host = settings.host().indexOf(':') >= 0 ? "[" + settings.host() + "]" : settings.host();
        try {
            return first(selector.select(URI.create("socket://" + host + ":" + settings.port())));
        } catch (RuntimeException e) {
            String message = "whether a connection to " + settings.host() + " needs a proxy cannot be told, as the "
                    + "JVM's ProxySelector does not take that name (" + e.getMessage() + "); set this session's proxy, "
                    + "or another name of the server";
            throw new SmtpException(Failure.before(Phase.CONNECT, message, settings).asLasting(), e);
        }
    }

    private static ProxySettings first(List<Proxy> proxies) {
        for (Proxy proxy : proxies) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return ProxySettings.NONE;
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return new ProxySettings(ProxySettings.Protocol.HTTP, address.getHostString(), address.getPort(), "",
                        Secret.none());
            }
            if (proxy.address() instanceof InetSocketAddress address) {
                String user = System.getProperty("java.net.socks.username", "");
                String password = System.getProperty("java.net.socks.password", "");
                return new ProxySettings(ProxySettings.Protocol.SOCKS5, address.getHostString(), address.getPort(),
                        user, password.isEmpty() ? Secret.none() : Secret.password(password));
            }
        }
        return ProxySettings.NONE;
    }
}
