package dev.mailroom.facade;

import static dev.mailroom.facade.option.EmailAddressLevel.EMAIL_VALIDATE_BY_SERVER;
import static dev.mailroom.facade.option.EmailAddressLevel.STRICT;
import static dev.mailroom.facade.option.EmailAddressResult.EMAIL_ADDRESS_ERROR;
import static dev.mailroom.facade.option.EmailAddressResult.EMAIL_ADDRESS_INCORRECT_SYNTAX;
import static dev.mailroom.facade.option.EmailAddressResult.EMAIL_ADDRESS_REFUSED;
import static dev.mailroom.facade.option.EmailAddressResult.EMAIL_ADDRESS_VALID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.MailError.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EmailCheckAddress. */
final class CheckAddressTest {
    private final MailFacade mail = new Bench().facade;

    @ParameterizedTest
    @ValueSource(strings = {"jack@example.org", "Jack <jack@example.org>", "\"a b\"@example.org",
        "j\u00fcrgen@example.org", "jack@stra\u00dfe.de", "jack@[127.0.0.1]", "jack@localhost", "o'hara+x@example.org"})
    void whatMailsAreComposedForIsValid(String address) {
        assertEquals(EMAIL_ADDRESS_VALID, mail.emailCheckAddress(address));
        assertFalse(mail.errorOccurred(), mail.errorInfo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "jack", "@example.org", "jack@", "a b@example.org", "jack@exa mple.org", "a@b@c",
        "a@example.org, b@example.org", "jack@example..org", "jack@-example.org", "jack@example.org\r\nRCPT TO:<x@y>",
        "jack@\ud83d", "a..b@example.org"})
    void whatNoMailCouldBeSentToIsNot(String address) {
        assertEquals(EMAIL_ADDRESS_INCORRECT_SYNTAX, mail.emailCheckAddress(address));
        assertEquals(Code.BAD_ARGUMENT, mail.lastError().orElseThrow().code());
        assertTrue(mail.errorInfo().startsWith("the argument <Address> "), mail.errorInfo());
        assertEquals(-1, mail.errorInfo().indexOf('\n'));
    }

    @Test
    void strictlyTheTopLevelDomainIsKnown() {
        assertEquals(EMAIL_ADDRESS_VALID, mail.emailCheckAddress("jack@mx.example.org", STRICT));
        assertEquals(EMAIL_ADDRESS_VALID, mail.emailCheckAddress("jack@example.CO.UK", STRICT));
        assertEquals(EMAIL_ADDRESS_REFUSED, mail.emailCheckAddress("jack@example.orgg", STRICT));
        assertTrue(mail.errorInfo().contains("example.orgg"), mail.errorInfo());
        assertEquals(EMAIL_ADDRESS_REFUSED, mail.emailCheckAddress("jack@localhost", STRICT));
        assertEquals(EMAIL_ADDRESS_REFUSED, mail.emailCheckAddress("jack@[127.0.0.1]", STRICT));
        assertEquals(EMAIL_ADDRESS_INCORRECT_SYNTAX, mail.emailCheckAddress("jack", STRICT));
    }

    @Test
    void noServerIsAsked() {
        assertEquals(EMAIL_ADDRESS_ERROR, mail.emailCheckAddress("jack@example.org", EMAIL_VALIDATE_BY_SERVER));
        assertEquals(Code.FORBIDDEN, mail.lastError().orElseThrow().code());
        assertEquals(EMAIL_ADDRESS_ERROR, mail.emailCheckAddress(null));
        assertTrue(mail.errorInfo().contains("<Address> is null"), mail.errorInfo());
        assertEquals(EMAIL_ADDRESS_ERROR, mail.emailCheckAddress("jack@example.org", null));
        assertTrue(mail.errorInfo().contains("<Level> is null"), mail.errorInfo());
    }
}
