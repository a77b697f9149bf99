package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The deployment descriptor tells administrators what the beans do, and names the classes that are there. */
class RaXmlTest {
    private static final Path FILE =
            Path.of(System.getProperty("basedir", "adapter"), "src/main/rar/META-INF/ra.xml");

    private record Property(String type, String value) {
    }

    private final Document document = parse();

    private static Document parse() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(FILE.toFile());
        } catch (Exception e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }

    @Test
    void theFactorysPropertiesAreThoseOfItsBean() throws Exception {
        assertEquals(ofBean(new SmtpManagedConnectionFactory()), described("connection-definition"));
    }

    @Test
    void theAdaptersPropertiesAreThoseOfItsBean() throws Exception {
        assertEquals(ofBean(new SmtpResourceAdapter()), described("resourceadapter"));
    }

    @Test
    void theActivationsPropertiesAreThoseOfItsBean() throws Exception {
        assertEquals(ofBean(new MailboxActivationSpec()), described("activationspec"));
    }

    @Test
    void anActivationThatCannotBeMeantIsRefusedWithWhatWasExpected() throws Exception {
        MailboxActivationSpec spec = new MailboxActivationSpec();
        spec.setMailbox("tickets");
        assertRefused(spec, "server is missing");
        spec.setServer("imap.example.org");
        assertRefused(spec, "expected one of password and passwordFile");
        spec.setPassword("hush");
        spec.setProtocol("pop2");
        assertRefused(spec, "protocol is pop2, expected one of [imap, pop3]");
        spec.setProtocol("pop3");
        spec.setDone("seen");
        assertRefused(spec, "expected delete");
        spec.setDone("delete");
        spec.validate();
        assertEquals("tickets at imap.example.org:110 POP3", spec.settings().settings().server().identity().toString());
    }

    private static void assertRefused(MailboxActivationSpec spec, String why) {
        String message = assertThrows(InvalidPropertyException.class, spec::validate).getMessage();
        assertTrue(message.contains("tickets") && message.contains(why) && !message.contains("hush"), message);
    }

    @Test
    void everyPropertyIsDescribed() {
        all("config-property").forEach(property -> assertFalse(text(property, "description").isEmpty(),
                text(property, "config-property-name")));
    }

    @Test
    void passwordsAreConfidential() {
        all("config-property").forEach(property -> assertEquals(
                text(property, "config-property-name").toLowerCase(Locale.ROOT).contains("password"),
                text(property, "config-property-confidential").equals("true"),
                text(property, "config-property-name")));
    }

    @Test
    void theDescriptionsOfChoicesNameEveryChoice() {
        for (Element property : all("config-property")) {
            Enum<?>[] choices = switch (text(property, "config-property-name")) {
                case "tls" -> TlsMode.values();
                case "trust" -> TrustMode.values();
                default -> new Enum<?>[0];
            };
            for (Enum<?> choice : choices) {
                assertTrue(text(property, "description").contains(choice.name().toLowerCase(Locale.ROOT)),
                        choice + " in " + text(property, "description"));
            }
        }
    }

    @Test
    void theClassesAreThere() {
        assertEquals(SmtpResourceAdapter.class.getName(), text(document.getDocumentElement(), "resourceadapter-class"));
        Element definition = all("connection-definition").get(0);
        assertEquals(SmtpManagedConnectionFactory.class.getName(), text(definition, "managedconnectionfactory-class"));
        assertEquals(SmtpConnectionFactory.class.getName(), text(definition, "connectionfactory-interface"));
        assertEquals(ConnectionFactory.class.getName(), text(definition, "connectionfactory-impl-class"));
        assertEquals(SmtpConnection.class.getName(), text(definition, "connection-interface"));
        assertEquals(SmtpConnectionHandle.class.getName(), text(definition, "connection-impl-class"));
    }

    @Test
    void aValueThatCannotBeMeantIsNamedWithWhatWasExpected() {
        SmtpManagedConnectionFactory factory = new SmtpManagedConnectionFactory();
        factory.setTls("ssl");
        String message = assertThrows(ResourceException.class, () -> factory.createManagedConnection(null, null))
                .getMessage();
        assertTrue(message.contains("tls is ssl, expected one of [none, starttls, implicit]"), message);
        SmtpResourceAdapter adapter = new SmtpResourceAdapter();
        adapter.setTrustStore("/nowhere/trust.p12");
        adapter.setTrustStorePassword("hush");
        String refusal = assertThrows(ResourceAdapterInternalException.class, () -> adapter.start(null)).getMessage();
        assertTrue(refusal.contains("trustStore") && refusal.contains("/nowhere/trust.p12"), refusal);
        assertFalse(refusal.contains("hush"), refusal);
    }

    /** Not those that the contracts of the specification have. */
    private static Map<String, Property> ofBean(Object bean) throws Exception {
        BeanInfo info = Introspector.getBeanInfo(bean.getClass());
        Map<String, Property> properties = new TreeMap<>();
        for (PropertyDescriptor property : info.getPropertyDescriptors()) {
            boolean ofContract = property.getName().equals("logWriter") || property.getName().equals("resourceAdapter");
            if (property.getWriteMethod() != null && !ofContract) {
                assertNotNull(property.getReadMethod(), property.getName());
                properties.put(property.getName(), new Property(property.getPropertyType().getName(),
                        String.valueOf(property.getReadMethod().invoke(bean))));
            }
        }
        return properties;
    }

    private Map<String, Property> described(String parent) {
        return all("config-property").stream()
                .filter(property -> property.getParentNode().getNodeName().equals(parent))
                .collect(Collectors.toMap(property -> text(property, "config-property-name"),
                        property -> new Property(text(property, "config-property-type"),
                                text(property, "config-property-value")),
                        (one, other) -> {
                            throw new IllegalStateException("described twice: " + one);
                        }, TreeMap::new));
    }

    private List<Element> all(String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
