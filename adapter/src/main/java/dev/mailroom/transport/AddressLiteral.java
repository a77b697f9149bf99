package dev.mailroom.transport;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The address literal that stands for a host without a name (RFC 5321, section 4.1.3). Never asks the name service. */
final class AddressLiteral {
    private AddressLiteral() {
    }

    static String of(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[IPv6:" + plain + "]" : "[" + plain + "]";
    }
}
